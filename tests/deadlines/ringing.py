"""Setting bells, and letting time pass."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from deadlines.models import Deadline, Reminder
from deadlines.services.setting import For, set_deadline
from deadlines.sweep import sweep_reminders
from house import clock
from house.clock import LONDON
from parties.models import User
from tests.cast import Cast, person_of

DUE = date(2027, 3, 1)
# A weekend with the days beside it, and a day long before.
EARLY, FRIDAY, MONDAY = date(2027, 5, 3), date(2027, 6, 11), date(2027, 6, 14)
SATURDAY, SUNDAY = FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2)
SCHEDULE = ["days:-30", "days:-7", "days:0", "days:+7"]


def london(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), LONDON)


def bell(cast: Cast, due_on: date | None = DUE, who: User | None = None, **more: Any) -> Deadline:
    """A bell for Maud Manager of the Area Team, unless somebody else is said."""
    of = {"kind": "bell", "subject_key": "bell:1", "schedule": SCHEDULE} | more
    holder = For(cast.area_team, person=person_of(who or cast.manager))
    return deadline_set(due_on=due_on, holders=[holder], **of)


def deadline_set(**said: Any) -> Deadline:
    """Sets a deadline and gives it."""
    set_deadline(**said)
    names = ("kind", "subject_key", "occurrence")
    return Deadline.objects.get(**{name: said.get(name, "") for name in names})


@contextmanager
def on(day: date, hour: int = 9, minute: int = 1) -> Iterator[None]:
    """The clock stands at this London time, a minute past nine if nothing is said."""
    with clock.at(london(day, hour, minute)):
        yield


def swept(day: date, hour: int = 9, minute: int = 1) -> int:
    with on(day, hour, minute):
        return sweep_reminders()


def states(deadline: Deadline) -> dict[str, str]:
    """Offset -> state, of the present generation."""
    found = Reminder.objects.filter(
        deadline=deadline, generation=Deadline.objects.get(pk=deadline.pk).generation
    )
    return dict(found.values_list("offset", "state"))
