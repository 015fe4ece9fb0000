from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import or_

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.contacts.services.naming import name_contact
from agreements.core.states import agreement_tag
from agreements.models import Agreement
from agreements.register.services import register_signed, say_of_copy
from agreements.room import AgreementsRoom
from agreements.signing.services.paper import record_paper
from agreements.signing.services.signing import say_not_ready
from agreements.templates.room import TemplatesRoom
from agreements.terms import ContactRole
from agreements.versions.services.versions import freeze
from documents.storage import store
from house import clock
from house.answers import Todo
from mou_portal.home_page import HomePage
from parties.acting import Acting
from parties.holdings import holdings_of
from parties.models import Person, User
from tests.cast import Cast, acting
from tests.pdf import a_pdf
from tests.stages import (
    approve,
    ask,
    asked,
    draft_of,
    drafted,
    frozen,
    in_force,
    sent,
    template,
)

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
ROOM = AgreementsRoom()


STEPS = {"approval_awaited", "signature_awaited", "version_to_send", "signature_to_ask",
         "scan_to_confirm", "copy_to_check"}  # fmt: skip


def mine(user: User) -> list[str]:
    return [todo.sentence for todo in HomePage(acting(user)).mine if todo.kind in STEPS]


def of_others(user: User) -> list[tuple[str, str]]:
    others = HomePage(acting(user)).others
    return [(todo.sentence, todo.waits_for) for todo in others if todo.kind in STEPS]


def test_a_draft_asks_nothing_of_anybody(cast: Cast) -> None:
    drafted(cast)
    assert mine(cast.manager) == of_others(cast.manager) == []


def test_each_manager_records_the_decision_of_their_own(cast: Cast) -> None:
    version = sent(cast)
    ours = "Record what the Director decided about version 0.1 of the MoU with Eastmoor CCG"
    theirs = "Record what the Governing Body decided about version 0.1 of the MoU with "
    assert mine(cast.manager) == [ours]
    assert mine(cast.other_manager) == [f"{theirs}Northern Moors Area Team"]
    assert (f"{theirs}Eastmoor CCG", "Olga Other, Eastmoor CCG") in of_others(cast.manager)
    assert mine(cast.viewer) == mine(cast.stranger) == []
    approve(cast.manager, version)
    assert mine(cast.manager) == [
        "Ask the Director to sign version 0.1 of the MoU with Eastmoor CCG"
    ]


def test_the_manager_of_either_party_sends_a_frozen_version_out(cast: Cast) -> None:
    frozen(cast)
    start = "Start the approval of version 0.1 of the MoU with"
    assert mine(cast.manager) == [f"{start} Eastmoor CCG"]
    assert mine(cast.other_manager) == [f"{start} Northern Moors Area Team"]
    assert [who for _, who in of_others(cast.viewer)] == [
        "Maud Manager, Northern Moors Area Team or Olga Other, Eastmoor CCG"
    ]


def test_a_version_that_was_sent_when_it_was_frozen_waits_for_decisions_alone(cast: Cast) -> None:
    draft = draft_of(drafted(cast))
    freeze(by=acting(cast.manager), version=draft, summary="For approval", send=True)
    decide = "Record what the Director decided about version 0.1 of the MoU with Eastmoor CCG"
    assert mine(cast.manager) == [decide]


def test_a_signature_waits_for_the_person_asked(cast: Cast) -> None:
    _, theirs = asked(cast)
    assert mine(cast.signatory) == ["Sign version 0.1 of the MoU with Eastmoor CCG"]
    assert mine(cast.manager) == []
    assert [who for _, who in of_others(cast.signatory)] == ["Orla Officer, Eastmoor CCG"]
    say_not_ready(by=acting(cast.other_signatory), request=theirs, because="Later.")
    assert len(mine(cast.other_signatory)) == 1


def test_a_scan_waits_for_somebody_else(cast: Cast) -> None:
    ours, _ = asked(cast)
    record_paper(
        by=acting(cast.colleague), request=ours, scan=a_pdf(), signed_by="Sid Signatory",
        signed_on=clock.today(),
    )  # fmt: skip
    scan = "Confirm the scan of the signature of Sid Signatory under version 0.1"
    for user in (cast.manager, cast.other_colleague, cast.other_signatory):
        assert any(sentence.startswith(scan) for sentence in mine(user)), user
    assert not any(sentence.startswith(scan) for sentence in mine(cast.colleague))


def test_a_registered_copy_waits_for_the_other_party(cast: Cast) -> None:
    agreement = register_signed(
        by=acting(cast.manager), template_version=template(cast.area_team), title="Signed",
        organisations={"area_team": cast.area_team, "ccg": cast.ccg},
        file=store(a_pdf(), name="mou.pdf", content_type="application/pdf"),
        signed_on=clock.today(), review_on=clock.today() + timedelta(days=365),
    )  # fmt: skip
    sentence = "Check the registered copy of the MoU with Northern Moors Area Team"
    assert mine(cast.other_colleague) == [sentence]
    assert [who for _, who in of_others(cast.manager)] == [
        "Oscar Othersby or MoU manager, Eastmoor CCG"
    ]
    copy, by = agreement.registered_copy, acting(cast.other_colleague)
    say_of_copy(by=by, copy=copy, agrees=True)
    assert mine(cast.other_colleague) == []
    # Who changes their mind is asked again.
    say_of_copy(by=by, copy=copy, agrees=False, because="Page 3.")
    assert mine(cast.other_colleague) == [sentence]


def reviews_in(todos: list[Todo]) -> list[Todo]:
    """The room of meetings has its own lines there."""
    return [todo for todo in todos if todo.sentence.startswith("Review")]


def test_a_review_is_there_sixty_days_ahead_and_when_it_is_past(cast: Cast) -> None:
    with clock.at(datetime(2026, 2, 3, tzinfo=UTC)):
        in_force(cast)
    for days, there in ((300, False), (310, True), (500, True)):
        with clock.at(datetime(2026, 2, 3, tzinfo=UTC) + timedelta(days=days)):
            reviews = reviews_in(HomePage(acting(cast.manager)).mine)
        assert [each.due_on for each in reviews] == [date(2027, 2, 3)] * there
    with clock.at(datetime(2027, 2, 3, tzinfo=UTC)):
        [todo] = reviews_in(HomePage(acting(cast.viewer)).others)
    assert todo.sentence == "Review the MoU with Eastmoor CCG"
    assert todo.waits_for == ("Maud Manager, Northern Moors Area Team or Olga Other, Eastmoor CCG")


def test_the_home_page_shows_it_with_a_button(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    page = client_of(cast.manager).get("/").content.decode()
    assert "Record what the Director decided about version 0.1" in page
    assert f"/agreements/{version.agreement.reference}/versions/1/decision/" in page
    assert "Working together, with Eastmoor CCG" in page
    assert "Version 0.1 is out for approval" in page


def test_nobody_without_an_organisation_is_asked_for_anything(cast: Cast) -> None:
    drafted(cast)
    nobody = Acting(user=cast.nobody)
    assert ROOM.my_agreements(nobody) == ROOM.navigation(nobody) == []
    assert _shared_with(nobody) == set()


def test_templates_are_offered_to_who_may_use_them(cast: Cast) -> None:
    def in_footer(user: User) -> list[str]:
        return [entry.text for entry in TemplatesRoom().navigation(acting(user))]

    assert in_footer(cast.manager) == in_footer(cast.colleague) == ["Templates"]
    assert in_footer(cast.viewer) == []


def test_people_are_shared_with_whom_one_has_an_agreement(cast: Cast) -> None:
    ours, theirs = asked(cast)
    signatories = {ours.person_id, theirs.person_id}
    assert _shared_with(acting(cast.viewer)) == signatories
    assert _shared_with(acting(cast.other_viewer)) == signatories
    assert _shared_with(acting(cast.stranger)) == set()
    seen = Person.objects.visible_to(acting(cast.viewer))
    assert cast.other_signatory.person in seen
    assert cast.other_manager.person not in seen


def test_what_somebody_holds_is_named_for_handing_over(cast: Cast) -> None:
    agreement = drafted(cast)
    version, sides = draft_of(agreement), ("area_team", "ccg")
    role = ContactRole(key="quality_lead", label="Quality lead", slots=sides)
    version.terms = version.typed_terms.model_copy(update={"contact_roles": (role,)}).model_dump()
    version.save()
    party, person = agreement.parties.get(slot="area_team"), cast.signatory.person
    assert person
    name_contact(
        by=acting(cast.manager), party=party, role="quality_lead", person=cast.manager.person,
        deputy=person,
    )  # fmt: skip
    sent_out = sent(cast, agreement)
    approve(cast.manager, sent_out)
    ask(cast.manager, sent_out, cast.signatory)
    assert {holding.text for holding in holdings_of(person, cast.area_team).named} >= {
        f"Deputy: Quality lead of {agreement.reference}",
        f"Asked to sign version 0.1 of {agreement.reference}",
    }
    # Another organisation learns nothing of what they hold here.
    assert holdings_of(person, cast.ccg).named == []


def test_more_agreements_ask_no_more_queries(cast: Cast, client_of: ClientOf) -> None:
    source, counts = template(cast.area_team), []
    client = client_of(cast.manager)
    for more in (2, 6):
        for _ in range(more):
            sent(cast, drafted(cast, source=source))
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/?all=1").content.decode()
        counts.append(len(queries))
        assert page.count("Record what the Director decided") == sum((2, 6)[: len(counts)])
    assert counts[0] == counts[1]
    assert counts[0] <= 30


def test_a_state_says_what_the_rooms_make_of_it() -> None:
    decided = Agreement.TAKING_ACTS | Agreement.WITH_DUTIES | Agreement.OVER
    assert set(Agreement.State) - decided == {Agreement.State.BEING_PREPARED}
    assert not Agreement.OVER & (Agreement.TAKING_ACTS | Agreement.WITH_DUTIES)
    assert all(agreement_tag(state).text for state in Agreement.State)


def _shared_with(who: Acting) -> set[int]:
    shared = reduce(or_, ROOM.people_shared_with(who))
    return set(Person.objects.filter(shared).values_list("pk", flat=True))
