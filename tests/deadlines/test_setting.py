from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deadlines.models import Deadline, Holder, Reminder
from deadlines.services.setting import (
    For,
    cancel_deadline,
    cancel_deadlines,
    meet_deadline,
    set_deadline,
    set_together,
)
from tests.cast import Cast, acting
from tests.deadlines.ringing import DUE, SCHEDULE, bell, on, states, swept

pytestmark = pytest.mark.django_db
EARLY = date(2027, 1, 1)
PENDING = Reminder.State.PENDING


def test_setting_the_same_again_changes_nothing(cast: Cast) -> None:
    with on(EARLY):
        first, again = bell(cast), bell(cast)
    assert (first.pk, again.generation) == (again.pk, 1)
    assert Reminder.objects.count() == len(SCHEDULE)


def test_a_moved_date_arms_its_reminders_again_even_back_to_where_it_was(cast: Cast) -> None:
    with on(EARLY):
        deadline = bell(cast)
    assert swept(DUE - timedelta(days=7))
    with on(DUE - timedelta(days=6)):
        bell(cast, DUE + timedelta(days=60))
        back = bell(cast)
    assert back.generation == 3
    assert states(deadline)["days:0"] == PENDING
    assert swept(DUE) == 1


def test_reminders_of_an_earlier_generation_are_not_sent(cast: Cast) -> None:
    with on(EARLY):
        bell(cast)
        bell(cast, DUE + timedelta(days=365))
    assert swept(DUE) == 0


def test_who_is_told_late_of_a_deadline_gets_one_reminder_at_once(cast: Cast) -> None:
    with on(DUE - timedelta(days=5)):
        deadline = bell(cast)
    assert states(deadline) == {
        "days:-30": "skipped",
        "days:-7": "pending",
        "days:0": "pending",
        "days:+7": "pending",
    }
    assert swept(DUE - timedelta(days=5), 9, 2) == 1


def test_without_catching_up_what_passed_is_skipped(cast: Cast) -> None:
    with on(DUE - timedelta(days=5)):
        deadline = bell(cast, catch_up=False)
    assert states(deadline)["days:-7"] == "skipped"


@pytest.mark.parametrize("close", [meet_deadline, cancel_deadline])
def test_what_is_closed_reminds_nobody_and_can_be_opened_again(close, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    with on(EARLY):
        bell(cast)
        assert close(kind="bell", subject_key="bell:1")
        assert not close(kind="bell", subject_key="bell:1")
    assert swept(DUE) == 0
    with on(DUE):
        opened = bell(cast, DUE + timedelta(days=8))
    assert (opened.generation, opened.is_open) == (2, True)
    assert swept(DUE + timedelta(days=8)) == 1


def test_only_those_who_hold_a_deadline_see_it(cast: Cast) -> None:
    with on(EARLY):
        bell(cast)
    seen = {
        name: Deadline.objects.visible_to(acting(who)).count()
        for name, who in (("own", cast.viewer), ("other", cast.other_manager))
    }
    assert seen == {"own": 1, "other": 0}


def test_the_holders_rows_repeat_the_deadline(cast: Cast) -> None:
    with on(EARLY):
        bell(cast)
        bell(cast, DUE + timedelta(days=1))
    (holder,) = Holder.objects.all()
    assert (holder.due_on, holder.is_open) == (DUE + timedelta(days=1), True)
    meet_deadline(kind="bell", subject_key="bell:1")
    holder.refresh_from_db()
    assert not holder.is_open


def _set(cast: Cast, *keys: str, due_on: date = DUE) -> int:
    """Sets these together. Returns how many statements it took."""
    with CaptureQueriesContext(connection) as asked, set_together():
        for key in keys:
            set_deadline(
                kind="bell",
                subject_key=key,
                due_on=due_on,
                schedule=SCHEDULE,
                holders=[For(cast.area_team), For(cast.ccg)],
                references=["MOU-0001"],
            )
        assert not Deadline.objects.filter(due_on=due_on, subject_key__in=keys).exists()
    return len(asked)


def test_what_is_set_together_is_written_together(cast: Cast) -> None:
    cast.ccg, cast.area_team  # noqa: B018 - made before anything is counted
    with on(EARLY):
        assert _set(cast, "a") == _set(cast, "b", "c", "d")
        assert _set(cast, "d", "e", due_on=DUE + timedelta(days=1)) < 2 * _set(cast, "f")
    generations = Deadline.objects.order_by("subject_key").values_list("generation", flat=True)
    assert list(generations) == [1, 1, 1, 2, 1, 1]
    assert Holder.objects.count() == 12
    assert Reminder.objects.filter(state=PENDING).count() == 6 * len(SCHEDULE)


def test_what_is_cancelled_together_is_closed_together(cast: Cast) -> None:
    def cancelled(*keys: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert cancel_deadlines([("bell", key, "") for key in keys])
        return len(asked)

    with on(EARLY):
        _set(cast, "a", "b", "c", "d")
        assert cancelled("a") == cancelled("b", "c")
        assert not cancel_deadlines([("bell", "b", "")])
    assert list(Deadline.objects.still_open().values_list("subject_key", flat=True)) == ["d"]
    assert Holder.objects.filter(is_open=True).count() == 2
    assert Reminder.objects.filter(state=PENDING).count() == len(SCHEDULE)


def test_what_is_met_in_the_meantime_is_not_set(cast: Cast) -> None:
    with on(EARLY):
        deadline = bell(cast)
        with set_together():
            set_deadline(kind="bell", subject_key="bell:1", due_on=DUE + timedelta(days=9))
            assert meet_deadline(kind="bell", subject_key="bell:1")
    deadline.refresh_from_db()
    assert (deadline.state, deadline.due_on) == ("met", DUE)


def test_what_fails_sets_nothing(cast: Cast) -> None:
    def fails() -> None:
        with set_together():
            set_deadline(kind="bell", subject_key="bell:1", due_on=DUE)
            raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert not Deadline.objects.exists()
    with on(EARLY):
        assert bell(cast).due_on == DUE
