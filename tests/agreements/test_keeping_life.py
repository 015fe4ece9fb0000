"""Whether reviews and key contacts are kept: the answer follows from what there is to see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.contacts.services.confirming import confirm_all
from agreements.contacts.services.naming import end_contact
from agreements.models import Agreement, ContactConfirmation, KeyContact, Review, ReviewAnswer
from agreements.page.life import Life
from agreements.reviews.services import say_of_review
from house.answers import Keeping
from tests.agreements.contacted import ASKED_BY, SIGNED, with_contacts
from tests.agreements.reviewed import DUE, on, reviewed
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.one_room import keepings
from tests.reading import all_words
from tests.stages import in_force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]
DAY = timedelta(days=1)


def answer(cast: Cast, agreement: Agreement, key: str, day: date) -> Keeping:
    agreement = Agreement.objects.get(pk=agreement.pk)
    with on(day):
        return keepings([agreement], acting(cast.viewer))[agreement.pk][key]


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return with_contacts(cast)


def test_a_review_is_due_then_missed_then_kept(cast: Cast, agreement: Agreement) -> None:
    def state(day: date) -> str:
        return answer(cast, agreement, "review", day).state

    states = [state(DUE + DAY * number) for number in (-31, -30, 0, 1)]
    assert states == ["nothing_yet", "due", "due", "missed"]
    assert "That ends nothing." in answer(cast, agreement, "review", DUE + DAY).sentence
    with on(DUE + DAY):
        review = reviewed(cast.manager, agreement, DUE, date(2028, 2, 3))
    kept = answer(cast, agreement, "review", DUE + DAY)
    assert (kept.state, kept.evidence[0].url) == ("kept", "/agreements/MOU-0001/kept/#review")
    assert "not yet confirmed by Eastmoor CCG" in kept.sentence
    with on(DUE + DAY):
        say_of_review(
            by=acting(cast.other_manager), review=review, agrees=False, because="Not held."
        )
    assert state(DUE + DAY) == "due"
    with on(DUE + DAY):
        say_of_review(by=acting(cast.other_manager), review=review, agrees=True)
    sentence = answer(cast, agreement, "review", DUE + DAY).sentence
    assert sentence == "Held on 3 February 2027. The next is due on 3 February 2028."


def test_without_its_record_a_review_is_not_kept(cast: Cast, agreement: Agreement) -> None:
    with on(DUE + DAY):
        reviewed(cast.manager, agreement, DUE, date(2028, 2, 3))
    assert answer(cast, agreement, "review", DUE + DAY).state == "kept"
    ReviewAnswer.objects.all().delete()
    Review.objects.all().delete()
    assert answer(cast, agreement, "review", DUE + DAY).state == "nothing_yet"


def test_contacts_are_kept_while_held_and_confirmed(cast: Cast, agreement: Agreement) -> None:
    def state(day: date) -> str:
        return answer(cast, agreement, "key_contacts", day).state

    assert [state(ASKED_BY + DAY * number) for number in (-15, -14, 0, 1)] == [
        "kept", "due", "due", "missed",
    ]  # fmt: skip
    late = answer(cast, agreement, "key_contacts", ASKED_BY + DAY)
    assert late.sentence == (
        "2 contacts, in 7 roles, not confirmed; the first was due on 3 August 2026."
    )
    with on(ASKED_BY + DAY):
        for slot, user in (("area_team", cast.manager), ("ccg", cast.other_manager)):
            confirm_all(by=acting(user), party=agreement.parties.get(slot=slot))
    kept = answer(cast, agreement, "key_contacts", ASKED_BY + DAY)
    assert kept.state == "kept"
    assert [each.text for each in kept.evidence] == [
        "Northern Moors Area Team, 4 August 2026", "Eastmoor CCG, 4 August 2026",
    ]  # fmt: skip
    ContactConfirmation.objects.all().delete()
    assert state(ASKED_BY + DAY) == "missed"


def test_a_vacancy_is_missed_and_says_whose(cast: Cast, agreement: Agreement) -> None:
    party = agreement.parties.get(slot="ccg")
    with on(SIGNED + DAY):
        end_contact(by=acting(cast.other_manager), party=party, role="lead_clinician")
    # While vacancies of what was registered are chased, they are due.
    assert answer(cast, agreement, "key_contacts", SIGNED + 55 * DAY).state == "due"
    found = answer(cast, agreement, "key_contacts", SIGNED + 56 * DAY)
    assert (found.state, found.sentence) == ("missed", "Eastmoor CCG has no lead clinician.")
    contact = KeyContact.objects.get(role="responsible_officer")
    contact.ends_on = SIGNED + 80 * DAY
    contact.save()
    both = answer(cast, agreement, "key_contacts", SIGNED + 56 * DAY)
    assert both.state == "missed"
    assert both.sentence == (
        "Northern Moors Area Team has no responsible officer from 25 April 2026. "
        "Eastmoor CCG has no lead clinician."
    )


def test_vacant_roles_of_one_party_are_one_sentence(cast: Cast, agreement: Agreement) -> None:
    party = agreement.parties.get(slot="ccg")
    with on(SIGNED + DAY):
        for role in ("lead_clinician", "primary_liaison"):
            end_contact(by=acting(cast.other_manager), party=party, role=role)
    found = answer(cast, agreement, "key_contacts", SIGNED + DAY)
    assert found.sentence == "Eastmoor CCG has no primary liaison or lead clinician."


def test_who_was_named_is_not_said_to_have_confirmed(cast: Cast, agreement: Agreement) -> None:
    found = answer(cast, agreement, "key_contacts", SIGNED + DAY)
    assert not ContactConfirmation.objects.exists()
    assert found.sentence == (
        "Every required role is held, and each contact was named or confirmed in the last 6 months."
    )


def test_terms_without_roles_ask_for_nothing(cast: Cast) -> None:
    with on(SIGNED):
        bare = in_force(cast).agreement
    found = answer(cast, bare, "key_contacts", SIGNED)
    assert (found.state, found.sentence) == ("nothing_yet", "The terms name no contact roles.")


def test_the_page_shows_both(cast: Cast, client_of: ClientOf, agreement: Agreement) -> None:
    with on(DUE + DAY):
        shown = all_words(client_of(cast.other_viewer), agreement)
    assert "The date of review Missed The review was due on 3 February 2027" in shown
    assert "2 contacts, in 7 roles, not confirmed; the first was due on 3 August 2026." in shown


def test_who_may_not_act_is_not_led_to_the_page_they_are_on(
    cast: Cast, agreement: Agreement
) -> None:
    with on(DUE - DAY):
        ways = {
            user: {entry.way.text for entry in Life(agreement, acting(user)).next if entry.way}
            for user in (cast.manager, cast.viewer)
        }
    assert ways == {cast.manager: {"Confirm", "Open the review"}, cast.viewer: set()}


def test_more_agreements_ask_no_more_queries(cast: Cast) -> None:
    who, counts = acting(cast.viewer), []
    for more in (2, 4):
        for number in range(more):
            made = with_contacts(cast, more * 10 + number)
            with on(DUE):
                reviewed(cast.manager, made, DUE, date(2028, 2, 3))
        found = list(Agreement.objects.all())
        with on(DUE), CaptureQueriesContext(connection) as queries:
            keepings(found, who)
        counts.append(len(queries))
    assert counts[0] == counts[1]
