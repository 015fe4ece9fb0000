"""The picture of an agreement's year on its page, and the table beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement
from deadlines.models import Deadline
from deadlines.services.setting import For, meet_deadline
from house import clock
from parties.models import User
from tests.cast import Cast, person_of
from tests.conftest import ClientOf
from tests.deadlines.bell import Bells
from tests.deadlines.ringing import deadline_set
from tests.one_room import only
from tests.reading import words
from tests.stages import drafted, in_force

pytestmark = pytest.mark.django_db
START = datetime(2026, 2, 3, 12, tzinfo=UTC)
TODAY = datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _bells() -> Iterator[None]:
    with only(Bells(), "deadline_kinds"):
        yield


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    with clock.at(START):
        return in_force(cast).agreement


def bell(agreement: Agreement, key: str, on: date, *holders: For, **more: Any) -> Deadline:
    return deadline_set(
        kind="bell", subject_key=key, due_on=on, holders=holders, clause_key="meet",
        references=[agreement.reference], working="Twice in each year.", **more,
    )  # fmt: skip


def page(client_of: ClientOf, user: User, agreement: Agreement, at: datetime = TODAY) -> str:
    with clock.at(at):
        return words(client_of(user), agreement)


def test_picture_and_table_have_the_same_dates(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    both = [For(cast.area_team), For(cast.ccg)]
    with clock.at(START):
        bell(agreement, "1", date(2026, 5, 4), *both)
        bell(agreement, "2", date(2026, 9, 4), *both)
        bell(agreement, "3", date(2026, 8, 28), For(cast.area_team, person=person_of(cast.manager)))
    with clock.at(datetime(2026, 5, 1, tzinfo=UTC)):
        meet_deadline(kind="bell", subject_key="1")
    shown = page(client_of, cast.viewer, agreement)
    assert "The MoU year, 3 February 2026 to 3 February 2027" in shown
    for row in (
        "1. 3 Feb 2026 What Date of sign-off Who Both parties",
        "2. 4 May 2026 Done Done on 1 May 2026 What Ring 1 Twice in each year. Who Both parties",
        "3. 28 Aug 2026 Late 4 days ago What Ring 3 Twice in each year. Who Maud Manager, Northern",
        "4. 4 Sep 2026 In 3 working days What Ring 2 Twice in each year. Who Both parties Clause",
        "2.1 Meetings",
        "5. 3 Feb 2027 What In force at least until 12 months after the date of sign-off.",
    ):
        assert row in shown
    with clock.at(TODAY):
        at = f"/agreements/{agreement.reference}/"
        markup = client_of(cast.viewer).get(at).content.decode()
    wide = markup.split("portal-year__svg--wide")[1].split("figcaption")[0]
    marks = re.findall(r'portal-year__mark--(\w+)" x="([\d.]+)%"', wide)
    assert [state for state, _ in marks] == ["fixed", "done", "late", "due", "fixed"]
    places = [float(place) for _, place in marks]
    assert (places[0], places[-1]) == (0, 100)
    assert places == sorted(places)
    assert 'aria-label="5 dates, 1 late. The table below has each of them."' in markup


def test_what_is_late_and_what_comes_soon_is_next(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    with clock.at(START):
        bell(agreement, "1", date(2026, 8, 28), For(cast.area_team), For(cast.ccg))
        bell(agreement, "2", date(2026, 12, 24), For(cast.area_team), For(cast.ccg))
    shown = page(client_of, cast.viewer, agreement).split("What is next")[1]
    assert "Ring 1 Late 28 August 2026, 4 days ago. Waiting for both parties" in shown
    assert "24 December 2026" not in shown.split("The MoU year")[0]


def test_what_is_late_from_an_earlier_year_stays_in_the_picture(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    with clock.at(START):
        bell(agreement, "1", date(2026, 8, 28), For(cast.area_team))
    shown = page(client_of, cast.viewer, agreement, TODAY + timedelta(days=365))
    assert "The MoU year, 3 February 2027 to 3 February 2028" in shown
    assert "1. 28 Aug 2026 Late 12 months ago" in shown


def test_who_does_not_hold_a_date_does_not_see_it(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    with clock.at(START):
        bell(agreement, "1", date(2026, 9, 4), For(cast.area_team))
    assert "4 Sep 2026" in page(client_of, cast.viewer, agreement)
    assert "4 Sep 2026" not in page(client_of, cast.other_manager, agreement)


def test_a_draft_has_no_year_yet(cast: Cast, client_of: ClientOf) -> None:
    assert "The MoU year" not in words(client_of(cast.viewer), drafted(cast))


def test_more_dates_ask_no_more_queries(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    client, counts = client_of(cast.viewer), []
    for more in (2, 30):
        for number in range(more):
            holder = For(cast.area_team, person=person_of(cast.manager))
            on = date(2026, 3, 1) + timedelta(days=9 * number)
            bell(agreement, f"{more}.{number}", on, holder, For(cast.ccg))
        with clock.at(TODAY):
            words(client, agreement)
            with CaptureQueriesContext(connection) as queries:
                words(client, agreement)
        counts.append(len(queries))
    assert counts[0] == counts[1]
