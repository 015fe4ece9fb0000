"""The page that says what became of each reminder of an agreement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement
from deadlines.services.preferring import prefer
from deadlines.services.setting import For, meet_deadline, set_deadline
from deadlines.sweep import sweep_reminders
from house import clock
from parties.models import User
from tests.cast import Cast, person_of
from tests.conftest import ClientOf
from tests.deadlines.bell import Bells
from tests.deadlines.ringing import on
from tests.one_room import only
from tests.reading import words_at
from tests.stages import drafted

pytestmark = pytest.mark.django_db
START = datetime(2026, 2, 3, 12, tzinfo=UTC)
DUE = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _bells() -> Iterator[None]:
    with only(Bells(), "deadline_kinds"):
        yield


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """A draft: nothing is due of itself."""
    return drafted(cast)


def bell(agreement: Agreement, *holders: For, key: str = "1", **more: Any) -> None:
    of: dict[str, Any] = {"kind": "bell", "due_on": DUE, "schedule": ["days:-28", "days:0"]} | more
    set_deadline(subject_key=key, holders=holders, references=[agreement.reference], **of)


def swept(day: date, hour: int = 9) -> None:
    with on(day, hour):
        sweep_reminders()


def page(client_of: ClientOf, user: User, agreement: Agreement) -> str:
    return words_at(client_of(user), f"/agreements/{agreement.reference}/reminders/")


def manager(cast: Cast) -> For:
    return For(cast.area_team, person=person_of(cast.manager))


def other_manager(cast: Cast) -> For:
    return For(cast.ccg, person=person_of(cast.other_manager))


def test_both_sides_read_to_how_many_of_each_it_went_and_when(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    with clock.at(START):
        bell(agreement, manager(cast), For(cast.area_team, person=person_of(cast.colleague)),
             other_manager(cast))  # fmt: skip
    swept(DUE - timedelta(days=28))
    for user in (cast.viewer, cast.other_viewer):
        shown = page(client_of, user, agreement)
        assert "2 reminders: 1 sent, 1 still to come." in shown
        assert (
            "28 days before Planned for 4 August 2026 9:00 am BST What became of it Sent at 9:01 "
            "am BST on 4 August 2026, to 2 people of Northern Moors Area Team and 1 person of "
            "Eastmoor CCG."
        ) in shown
        assert "On the day Planned for 1 September 2026 9:00 am BST" in shown
        assert "Not yet due." in shown


def test_it_says_why_nobody_was_told(cast: Cast, client_of: ClientOf, agreement: Agreement) -> None:
    with clock.at(START):
        bell(agreement, manager(cast), schedule=["days:-28", "days:-7", "days:0"])
        bell(agreement, For(cast.area_team, role="secretary"), key="2", schedule=["days:0"])
        bell(agreement, manager(cast), key="3", kind="chime", schedule=["days:0"])
    with on(DUE - timedelta(days=3)):
        bell(agreement, manager(cast), key="4")
        meet_deadline(kind="bell", subject_key="4")
    prefer(person=person_of(cast.manager), one_digest_a_day=False, switched_off=["chime"])
    swept(DUE, 18)
    shown = page(client_of, cast.manager, agreement)
    for said in (
        "Told with another reminder, so that nobody got two alike.",
        "Sent at 6:01 pm BST on 1 September 2026, to 1 person of Northern Moors Area Team. Late",
        "There was nobody to tell.",
        "Whoever would have got it had switched it off.",
        "Done since 29 August 2026.",
        "Not needed any more.",
    ):
        assert said in shown


def test_a_moved_date_keeps_what_was_sent_before(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    with clock.at(START):
        bell(agreement, manager(cast))
    swept(DUE - timedelta(days=28))
    with on(DUE - timedelta(days=20)):
        bell(agreement, manager(cast), due_on=DUE + timedelta(days=90))
    shown = page(client_of, cast.manager, agreement)
    assert "Bells, due 30 November 2026" in shown
    assert "28 days before Before the date was changed" in shown


def test_only_who_holds_a_date_reads_of_it_and_nothing_of_third_parties(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    with clock.at(START):
        bell(agreement, manager(cast), For(cast.third_ccg, person=person_of(cast.third_manager)))
    swept(DUE - timedelta(days=28))
    shown = page(client_of, cast.manager, agreement)
    assert "to 1 person of Northern Moors Area Team." in shown
    assert "Westmoor" not in shown
    assert "concerns your organisation yet" in page(client_of, cast.other_manager, agreement)
    at = f"/agreements/{agreement.reference}/reminders/"
    for user in (cast.stranger, cast.third_manager):
        assert client_of(user).get(at).status_code == 404


def test_more_reminders_ask_no_more_queries(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    client, counts = client_of(cast.viewer), []
    at = f"/agreements/{agreement.reference}/reminders/"
    for more in (2, 15):
        for number in range(more):
            bell(agreement, manager(cast), other_manager(cast), key=f"{more}.{number}")
        swept(DUE)
        words_at(client, at)
        with CaptureQueriesContext(connection) as queries:
            words_at(client, at)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_goes_on_another_day_says_why(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    with clock.at(START):
        # A Sunday, a bank holiday, and a Saturday.
        bell(agreement, manager(cast), schedule=["days:-30", "days:-1", "days:+4"])
    shown = page(client_of, cast.manager, agreement)
    assert "30 days before, on the nearest working day Planned for 31 July 2026" in shown
    assert "1 day before, on the nearest working day Planned for 28 August 2026" in shown
    assert "4 days after, on the nearest working day Planned for 7 September 2026" in shown
