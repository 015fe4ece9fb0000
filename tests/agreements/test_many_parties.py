"""Of ten parties: who is told of what, and whose word on a shared fact counts (record 0048)."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import page
import pytest

from agreements.contacts.services.naming import name_contact
from agreements.models import Agreement, Review
from agreements.reviews.services import Outcome, record_review, say_of_review
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.signed_copy import as_html
from agreements.versions.services.versions import send_for_approval
from deadlines.models import Deadline
from documents.conformance import prepare_for_seal
from documents.rendering import render
from house import clock
from house.refusals import NotYours
from mail.kinds import compose
from mail.models import Delivery
from nhsuk.dates import day
from nhsuk.forms import date_boxes
from parties.models import User
from tests.cast import PASSWORD, Cast, acting, person_of
from tests.conftest import ClientOf
from tests.federations import drafted, manager_of, people_of, sides, signed, template
from tests.pdf import printed
from tests.reading import words_at, words_of
from tests.setting_up import begin
from tests.stages import approve, ask, draft_of, frozen, give
from tests.two_of_ten import of_ten, somebody
from tests.typed import fields_of

pytestmark = pytest.mark.django_db


def told(kind: str) -> Counter[str]:
    """How many e-mails of a kind each address was sent."""
    return Counter(Delivery.objects.filter(kind=kind).values_list("address", flat=True))


def test_a_signature_is_told_to_its_own_side_and_the_author(cast: Cast) -> None:
    agreement = drafted(cast)
    version = frozen(cast, agreement, by=cast.other_manager)
    people = people_of(agreement)
    manager, signatory = people["federation-4"]
    approve(manager, version)
    assert set(told("decision_recorded")) == {cast.other_manager.email}
    approve(cast.other_manager, version)
    for of_other, _ in list(people.values())[:3]:
        approve(of_other, version)
    give(signatory, ask(manager, version, signatory, because="Agreed."))
    assert set(told("signature_given")) == {cast.other_manager.email, manager.email}
    [letter] = Delivery.objects.filter(kind="signature_given", address=manager.email)
    assert "1 of 10 signatures is given by now." in text_of(letter)


def test_the_page_says_whom_a_decision_and_a_signature_were_told_to(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = drafted(cast)
    version = frozen(cast, agreement, by=cast.other_manager)
    manager, signatory = people_of(agreement)["federation-4"]
    told_now = "We told the MoU manager of Eastmoor CCG. The other parties hear when all have"
    at = f"/agreements/{agreement.reference}/versions/{version.seq}/decision/"
    client = client_of(manager)
    said = fields_of(client.get(at).content.decode()) | {"decision": "approved"}
    said |= date_boxes("decided_on", clock.today())
    assert told_now in words_of(client.post(at, said, follow=True))
    asked = ask(manager, version, signatory)
    at, client = f"/agreements/{agreement.reference}/sign/{asked.pk}/", client_of(signatory)
    assert signatory.person
    typed = {"typed_name": signatory.person.name, "agree": "on", "password": PASSWORD}
    signed_page = client.post(at, fields_of(client.get(at).content.decode()) | typed, follow=True)
    assert told_now in words_of(signed_page)


def test_no_page_of_ten_in_force_speaks_of_two(cast: Cast, client_of: ClientOf) -> None:
    at = f"/agreements/{of_ten(cast).reference}"
    said = [words_at(client_of(cast.other_manager), f"{at}/review/")]
    said += [words_at(client_of(somebody("Si Birch")), f"{at}/{page}/")
             for page in ("kept", "disagreements")]  # fmt: skip
    of_two = ("either party", "both parties", "other party", "other side")
    assert [text for text in said if any(words in text.lower() for words in of_two)] == []
    assert "Any party may. The others are told, and asked to confirm it." in said[0]


def test_no_form_of_ten_parties_speaks_of_two(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.other_manager)
    at = f"/agreements/{agreement.reference}"
    pages = ("stop/", "text/clauses/plan/", "contacts/ccg/mou_manager/")
    said = [words_at(client, f"{at}/{page}") for page in pages]
    frozen(cast, agreement, by=cast.other_manager)
    said += [words_at(client, f"{at}/versions/1/{page}/") for page in ("decision", "signature")]
    drafted_once, federation = agreement.happenings.first(), agreement.sides[1]
    assert drafted_once
    context = {"happening": drafted_once.pk, "party": federation.pk, "person": None}
    said.append(" ".join(compose("agreement_drafted", context).paragraphs))
    said.append(words_at(client_of(cast.other_manager), "/agreements/new/"))
    assert [text for text in said if "both parties" in text.lower() or "other party" in text] == []
    assert "All parties work in the same draft." in said[5]


def test_a_new_agreement_of_ten_asks_for_the_own_contacts_alone(
    cast: Cast, client_of: ClientOf
) -> None:
    client, taken = client_of(cast.other_manager), sides(cast)
    at = begin(client, template(cast.ccg))
    shared = [each.pk for key, each in taken.items() if key != "ccg"]
    said = {"title": "Ten", "ccg": cast.ccg.pk, "federation": shared}
    assert client.post(f"{at}parties/", said).status_code == 302
    shown = words_at(client, f"{at}check/")
    assert "0 of 1 role named" in shown
    assert "The Federations name their own key contacts once the agreement is made." in shown
    assert "and tell the other parties. All parties can then change the draft." in shown
    # Whoever is added can work for the own organisation alone.
    assert fields_of(client.get(f"{at}contacts/").content.decode())["new-slot"] == "ccg"


def text_of(delivery: Delivery) -> str:
    return " ".join(compose(delivery.kind, delivery.context).paragraphs)


def test_the_subject_says_whose_decision_it_is(cast: Cast) -> None:
    """The author gets nine of them, which else were all alike."""
    agreement = drafted(cast)
    version, people = frozen(cast, agreement, by=cast.other_manager), people_of(agreement)
    for key in ("federation-2", "federation-4"):
        approve(people[key][0], version)
    today = day(clock.today())
    assert [subject.partition(":")[0] for subject in subjects("decision_recorded")] == [
        f"Decision of Birch Federation on version 0.1 recorded on {today}",
        f"Decision of Elm Federation on version 0.1 recorded on {today}",
    ]


def test_the_subject_says_whose_key_contacts_changed(cast: Cast) -> None:
    agreement = drafted(cast)
    party = next(each for each in agreement.sides if each.key == "federation-1")
    manager, signatory = people_of(agreement)[party.key]
    name_contact(by=acting(manager), party=party, role="lead", person=person_of(signatory))
    told_of = set(subjects("contacts_changed"))
    assert told_of
    assert all(each.startswith("Key contacts of Ash Federation changed on") for each in told_of)


def subjects(kind: str) -> list[str]:
    found = Delivery.objects.filter(kind=kind).order_by("pk")
    return [compose(each.kind, each.context).subject for each in found]


def test_a_rejection_is_told_to_all(cast: Cast) -> None:
    agreement = drafted(cast)
    version = frozen(cast, agreement, by=cast.other_manager)
    people = people_of(agreement)
    approve(people["federation-1"][0], version, "rejected")
    others = {manager.email for key, (manager, _) in people.items() if key != "federation-1"}
    assert set(told("decision_recorded")) == others | {cast.other_manager.email}


def test_all_ten_signed_costs_each_no_more_than_its_own_letters(cast: Cast) -> None:
    signed(cast)
    author = cast.other_manager.email
    by_person = told("signature_given") + told("decision_recorded")
    assert all(count == 1 for address, count in by_person.items() if address != author)
    assert set(told("in_force").values()) == {1}


# --- Whose word counts


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return signed(cast).agreement


def reviewed(by: User, agreement: Agreement) -> Review:
    today = clock.today()
    said = Outcome(today, "continue", today + timedelta(days=365))
    return record_review(by=acting(by), agreement=agreement, number=1, said=said)


def asked() -> set[str]:
    waiting = Deadline.objects.still_open().filter(kind="review_to_confirm")
    return {each.occurrence for each in waiting}


def test_who_shares_the_side_does_not_confirm_the_other_side_does(
    cast: Cast, agreement: Agreement, client_of: ClientOf
) -> None:
    review = reviewed(manager_of(agreement, "federation-1"), agreement)
    assert asked() == {"ccg"}
    second = manager_of(agreement, "federation-2")
    with pytest.raises(NotYours, match="your own side"):
        say_of_review(by=acting(second), review=review, agrees=True)
    url = f"/agreements/{agreement.reference}/reviews/{review.pk}/answer/"
    assert client_of(second).get(url).status_code == 403
    say_of_review(by=acting(cast.other_manager), review=review, agrees=True)
    assert asked() == set()


def test_one_word_of_the_nine_is_enough(
    cast: Cast, agreement: Agreement, client_of: ClientOf
) -> None:
    review = reviewed(cast.other_manager, agreement)
    assert asked() == {f"federation-{n}" for n in range(1, 10)}
    kept = f"/agreements/{agreement.reference}/kept/"
    shown = words_at(client_of(cast.other_manager), kept)
    assert "Not yet confirmed by any of 9 other parties." in shown
    third = manager_of(agreement, "federation-3")
    say_of_review(by=acting(third), review=review, agrees=True)
    assert asked() == set()
    shown = words_at(client_of(cast.other_manager), kept)
    assert "Not yet confirmed" not in shown


# --- Pages


def test_many_parties_are_counted_and_listed_on_request(
    cast: Cast, agreement: Agreement, client_of: ClientOf
) -> None:
    client, at = client_of(cast.other_manager), f"/agreements/{agreement.reference}/"
    assert "Working together, between Eastmoor CCG and 9 others" in words_at(
        client, f"{at}versions/1/"
    )
    people = client.get(f"{at}people/").content.decode()
    assert "9 other parties, 9 with a vacant role" in people
    assert "Approvals: 10 approved. Signatures: 10 signed." in people
    for place in ("", "people/"):
        assert "10 parties have roles that nobody holds." in words_at(client, f"{at}{place}")


def test_what_many_others_have_to_do_is_one_step(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast)
    version = frozen(cast, agreement, by=cast.other_manager)
    send_for_approval(by=acting(cast.other_manager), version=version)
    shown = words_at(client_of(cast.other_manager), f"/agreements/{agreement.reference}/")
    assert shown.count("Record what the Chair decided about version 0.1") == 1
    assert "9 parties" in shown
    assert "Record what the Governing Body decided about version 0.1" in shown


def test_a_draft_says_in_one_line_what_many_others_lack(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast)
    shown = words_at(client_of(cast.other_manager), f"/agreements/{agreement.reference}/text/")
    assert "Eastmoor CCG has no MoU manager." in shown
    assert "9 parties have roles that nobody holds." in shown


def test_a_print_of_many_parties_has_tables_in_place_of_frames(cast: Cast) -> None:
    version = signed(cast)
    html = as_html(AgreementDocument(version, at=clock.now()))
    assert html.count('class="signature"') == 0
    assert html.count("I am authorised to sign for") == 10
    assert "10 parties, as the tables under “Approvals” and “Signatures” list them" in html


def test_a_print_of_48_parties_is_valid(cast: Cast, tmp_path: Path) -> None:
    version = draft_of(drafted(cast, 47))
    pdf = render(as_html(AgreementDocument(version, at=clock.now())))
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(prepare_for_seal(pdf, field_description="The portal's seal"))
    for profile in ("3a", "ua1"):
        result = page.validate_pdf(copy, profile=profile)
        assert result.is_compliant, [(f.rule_id, f.message) for f in result.failures]
    words = printed(copy.read_bytes())
    assert all(f"{party.name}" in words for party in version.agreement.sides)
