"""A clause that no room watches is reviewed by hand, and that lapses (X01, record 0083)."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from agreements.by_hand.services import say_by_hand, take_back
from agreements.models import Agreement, ByHand
from house.refusals import NotYours, Refused
from nhsuk.forms import date_boxes
from parties.models import User
from tests.agreements.costs import queries_of
from tests.agreements.reviewed import on, reviewed
from tests.agreements.varied import varied, vary
from tests.cast import Cast, acting
from tests.communications.desk import bilateral
from tests.conftest import ClientOf
from tests.once import made_once
from tests.reading import words

pytestmark = pytest.mark.django_db
SIGNED, LOOKED, REVIEWED = date(2026, 2, 3), date(2026, 5, 3), date(2026, 6, 1)
KEY, OTHER_KEY = "improvement-plans", "drafts-before-approval"
FOUND = "All plans are on file."


def agreement_on_the_day(cast: Cast) -> None:
    with on(SIGNED):
        bilateral(cast)


made, cast = made_once(agreement_on_the_day)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return Agreement.objects.get()


def look(by: User, agreement: Agreement, day: date = LOOKED, *keys: str) -> list[ByHand]:
    with on(max(day, LOOKED)):
        return say_by_hand(
            by=acting(by), agreement=agreement, clauses=keys or (KEY,), reviewed_on=day,
            found=FOUND,
        )  # fmt: skip


def kept(client_of: ClientOf, user: User, agreement: Agreement, day: date = REVIEWED) -> str:
    with on(day):
        return words(client_of(user), agreement, "kept/")


def test_it_stands_apart_from_what_the_portal_watches_and_says_whose_it_is(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    before = kept(client_of, cast.viewer, agreement)
    look(cast.manager, agreement, LOOKED, KEY, OTHER_KEY)
    look(cast.other_manager, agreement)
    page = kept(client_of, cast.other_viewer, agreement)
    [watched] = re.findall(r"Of 42 duties the portal watches \d+\.", before)
    assert f"{watched} 2 others were reviewed by hand." in page
    ours = "3 May 2026 by Maud Manager, Northern Moors Area Team."
    theirs = "3 May 2026 by Olga Other, Eastmoor CCG."
    listed = page.split("Reviewed by hand (2)")[1]
    assert f"By hand Reviewed on {theirs} Reviewed on {ours}" in listed
    assert f"Reviewed by hand on {ours}{FOUND}" in listed
    assert before.count("Kept (") == page.count("Kept (")


def test_it_lapses_with_the_next_review(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    look(cast.manager, agreement)
    with on(REVIEWED):
        reviewed(cast.other_manager, agreement, REVIEWED, REVIEWED + timedelta(days=365))
    page = kept(client_of, cast.viewer, agreement)
    said = "Maud Manager, Northern Moors Area Team; lapsed with the review of 1 June 2026."
    assert f"LapsedReviewed by hand on 3 May 2026 by {said}" in page
    assert "Reviewed by hand (" not in page
    with pytest.raises(Refused, match="lapsed with the review of 1 June 2026"), on(REVIEWED):
        look(cast.manager, agreement, LOOKED + timedelta(days=1))
    look(cast.manager, agreement, REVIEWED)
    assert "Reviewed by hand (1)" in kept(client_of, cast.viewer, agreement)


def test_it_lapses_with_other_words_of_its_clause_alone(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    look(cast.manager, agreement, LOOKED, KEY, OTHER_KEY)
    with on(REVIEWED):
        varied(cast, agreement, "Each plan is on file for a year.", KEY)
    page = kept(client_of, cast.viewer, Agreement.objects.get())
    assert "lapsed with other words of the clause from 1 June 2026." in page
    assert page.count("; lapsed") == 1
    assert "Reviewed by hand (1)" in page


def test_a_text_on_its_way_changes_nothing(cast: Cast, agreement: Agreement) -> None:
    with on(LOOKED):
        vary(cast, agreement)
    assert look(cast.manager, Agreement.objects.get())[0].version == agreement.in_force_version


@pytest.mark.parametrize(
    ("day", "said"),
    [(REVIEWED, "future"), (SIGNED - timedelta(days=1), "runs from 3 February 2026")],
)
def test_a_day_that_cannot_be_is_refused_and_what_was_typed_is_there(
    cast: Cast, client_of: ClientOf, agreement: Agreement, day: date, said: str
) -> None:
    with on(LOOKED):
        page = client_of(cast.manager).post(
            f"/agreements/{agreement.reference}/by-hand/",
            {"clauses": [KEY], "found": FOUND, **date_boxes("reviewed_on", day)},
        )  # fmt: skip
    text = page.content.decode()
    assert said in text
    assert FOUND in text
    assert not ByHand.objects.exists()


def test_what_the_portal_watches_is_not_reviewed_by_hand(cast: Cast, agreement: Agreement) -> None:
    for key in ("meetings", "no-such-clause"):
        with pytest.raises(Refused, match="watched by the portal"):
            look(cast.manager, agreement, LOOKED, KEY, key)


def test_its_own_party_alone_takes_it_back_and_it_stays_readable(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    [mine] = look(cast.manager, agreement)
    at = f"/agreements/{agreement.reference}/by-hand/{mine.pk}/take-back/"
    assert client_of(cast.other_manager).get(at).status_code == 404
    with pytest.raises(NotYours):
        take_back(by=acting(cast.other_manager), look=mine, because="Not so.")
    with on(REVIEWED):
        client_of(cast.colleague).post(at, {"because": "It was another MoU."})
    page = kept(client_of, cast.other_viewer, agreement)
    assert "Taken back on 1 June 2026 by Colin Colleague: It was another MoU." in page
    assert "Reviewed by hand (" not in page
    with pytest.raises(Refused, match="already"):
        take_back(by=acting(cast.manager), look=mine, because="Again.")


@pytest.mark.sqlite
def test_nobody_changes_or_deletes_it(cast: Cast, agreement: Agreement) -> None:
    [mine] = look(cast.manager, agreement)
    rows = ByHand.objects.filter(pk=mine.pk)
    for act in (lambda: rows.update(found="Other."), rows.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_more_of_it_asks_no_more_queries(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    client, counts = client_of(cast.viewer), []
    for day in (LOOKED, LOOKED + timedelta(days=1), LOOKED + timedelta(days=2)):
        look(cast.manager, agreement, day, KEY, OTHER_KEY)
        look(cast.other_manager, agreement, day)
        counts.append(queries_of(client, agreement, "kept/"))
    assert len(set(counts)) == 1
    assert counts[0] <= 20


def test_nothing_is_said_of_an_agreement_that_is_over(cast: Cast, agreement: Agreement) -> None:
    agreement.state = Agreement.State.ENDED
    agreement.save()
    with pytest.raises(Refused, match="in force"):
        look(cast.manager, agreement)
