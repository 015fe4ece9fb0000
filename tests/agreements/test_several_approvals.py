"""A party that approves by several routes: side by side, and one after the other (A02)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from agreements.core.due import key_of
from agreements.core.states import ApprovalStanding, standings
from agreements.drafting.services.editing import edit_clause
from agreements.models import Agreement, Approval, Version
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.signed_copy import as_html, file_of
from agreements.terms import ApprovalRoute
from agreements.versions.services.approving import record_approval
from agreements.versions.services.confirming import record_confirmation
from agreements.versions.services.versions import recall
from deadlines.models import Deadline
from deadlines.sweep import sweep_reminders
from house import clock
from house.refusals import Refused
from tests.agreements.reviewed import on
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.on_terms import drafted_on
from tests.reading import words_at, words_of
from tests.stages import CHANGES, ask, clause, give, sent
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ROUTES = (
    ApprovalRoute(slot="area_team", route="none"),
    ApprovalRoute(slot="ccg", key="finance", route="body", name="Finance Committee"),
    ApprovalRoute(slot="ccg", key="quality", route="body", name="Quality Committee"),
    ApprovalRoute(slot="ccg", key="board", route="body", name="Governing Body", step=2),
)


def out(cast: Cast) -> Version:
    return sent(cast, drafted_on(cast, approval_routes=ROUTES))


def decide(cast: Cast, version: Version, route: str, decision: str = "approved") -> Approval:
    return record_approval(
        by=acting(cast.other_manager), version=version, route=route, decision=decision,
        decided_on=clock.today(), minute_reference=f"{route} 7",
        changes_asked=CHANGES if decision == "subject_to_changes" else "",
    )  # fmt: skip


def stands(version: Version) -> ApprovalStanding:
    party = version.agreement.parties.get(slot="ccg")
    return standings(version, [party], Approval.objects.filter(version=version))[0]


def awaited(version: Version) -> Deadline:
    return Deadline.objects.get(
        kind="approval_awaited", subject_key=key_of(version), occurrence="ccg"
    )


def test_it_is_given_once_every_route_has_approved(cast: Cast) -> None:
    version = out(cast)
    assert stands(version).route.name == "Finance Committee and Quality Committee"
    decide(cast, version, "finance")
    assert stands(version).route.name == "Quality Committee"
    decide(cast, version, "quality")
    assert stands(version).route.name == "Governing Body"
    assert not stands(version).is_given
    assert awaited(version).state == "open"
    decide(cast, version, "board")
    assert stands(version).is_given
    assert awaited(version).state == "met"
    kept = Approval.objects.order_by("pk").values_list("route_key", "decider")
    assert next(iter(kept)) == ("finance", "Finance Committee")


def test_the_second_step_is_asked_for_after_the_first_and_reminded_from_then_on(
    cast: Cast, mailbox: Mailbox
) -> None:
    version = out(cast)
    assert "Finance Committee and Quality Committee" in str(awaited(version).line)
    assert "Governing Body" not in str(awaited(version).line)
    with clock.at(clock.now() + timedelta(days=20)):
        decide(cast, version, "finance")
        decide(cast, version, "quality")
        assert "Governing Body" in str(awaited(version).line)
        assert awaited(version).since == Approval.objects.latest("pk").recorded_at
    later = clock.today() + timedelta(days=48)
    with on(later + timedelta(days=-later.weekday() % 7)):
        sweep_reminders()
        mails = [mail for mail in mailbox.to(cast.other_manager.email) if "Approve" in mail.subject]
    assert "awaited the approval of your Governing Body" in " ".join(str(mails[-1].body).split())


def test_a_rejection_by_one_route_is_ended_by_that_route_alone(cast: Cast) -> None:
    version = out(cast)
    decide(cast, version, "finance", "rejected")
    decide(cast, version, "quality")
    rejection = stands(version).rejection
    assert rejection
    assert rejection.decider == "Finance Committee"
    decide(cast, version, "finance")
    assert stands(version).rejection is None


def test_the_page_asks_whose_decision_it_is(cast: Cast, client_of: ClientOf) -> None:
    version = out(cast)
    client = client_of(cast.other_manager)
    at = f"/agreements/{version.agreement.reference}/versions/{version.seq}/"
    typed = fields_of(client.get(f"{at}decision/").content.decode())
    assert typed["route"] == "finance"
    today = clock.today()
    typed |= {"route": "quality", "decision": "approved", "decided_by": "Chris Chair",
              "decided_as": "Lay member", "decided_on-day": str(today.day),
              "decided_on-month": str(today.month), "decided_on-year": str(today.year)}  # fmt: skip
    said = words_of(client.post(f"{at}decision/", typed, follow=True))
    assert "The approval by the Quality Committee is recorded." in said
    assert "Next: the Finance Committee." in said
    for words in (said, words_at(client, f"/agreements/{version.agreement.reference}/people/")):
        for name in ("Finance Committee", "Quality Committee", "Governing Body"):
            assert name in words
    with pytest.raises(Refused, match="nobody of that name"):
        decide(cast, version, "cabinet")


def test_the_table_of_the_document_has_a_row_for_each(cast: Cast, client_of: ClientOf) -> None:
    version = out(cast)
    record_approval(
        by=acting(cast.other_manager), version=version, route="finance", decision="approved",
        decided_on=clock.today(), decided_by="Chris Chair", decided_as="Lay member",
    )  # fmt: skip
    document = AgreementDocument(Version.objects.get(pk=version.pk), at=clock.now())
    html = " ".join(as_html(document).split())
    assert "<td>Finance Committee<br>Chris Chair, Lay member</td><td>Approved</td>" in html
    assert "<td>Governing Body</td><td>Not decided yet</td>" in html
    assert '<th scope="col">Version</th>' in html
    sentences = dict(document.terms_in_words())["Who approves"]
    assert sentences[-1].endswith(
        "its Governing Body approves the text in step 2, once step 1 is approved."
    )
    asked = ask(cast.other_manager, version, cast.other_signatory, because="It is urgent.")
    page = words_at(
        client_of(cast.other_signatory),
        f"/agreements/{version.agreement.reference}/sign/{asked.pk}/",
    )
    assert "not decided yet by its Governing Body" in page


def test_changes_asked_by_one_route_are_confirmed_for_it_and_the_others_decide_anew(
    cast: Cast,
) -> None:
    version = out(cast)
    decide(cast, version, "quality")
    left = decide(cast, version, "finance", "subject_to_changes")
    agreement = version.agreement
    recall(by=acting(cast.other_manager), version=version, because="What they asked for.")
    text = clause(agreement, "meet")
    edit_clause(by=acting(cast.manager), clause=text, edit_no=text.edit_no, body="As asked.")
    again = sent(cast, Agreement.objects.get(pk=agreement.pk))
    decide(cast, again, "quality")
    said: dict[str, Any] = {"confirmed_by": "Chris Chair", "confirmed_on": clock.today()}
    word = record_confirmation(
        by=acting(cast.other_manager), version=again, rests_on=left, agrees=True,
        note="By e-mail.", **said,
    )  # fmt: skip
    assert (word.route_key, word.decider) == ("finance", "Finance Committee")
    assert stands(again).route.name == "Governing Body"


def test_the_signed_copy_says_each_decision(cast: Cast) -> None:
    version = out(cast)
    for route in ("finance", "quality", "board"):
        decide(cast, version, route)
    for by, who in ((cast.manager, cast.signatory), (cast.other_manager, cast.other_signatory)):
        give(who, ask(by, version, who))
    signed = Version.objects.get(pk=version.pk)
    found = file_of(AgreementDocument(signed, at=clock.now()))
    assert [each.decider for each in found.approvals] == [
        "Finance Committee", "Quality Committee", "Governing Body",
    ]  # fmt: skip
