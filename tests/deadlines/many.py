"""Many bells that ring soon, made in few statements: for tests of senders, not of setting.

They are due to the minute: what such a test sends goes at any hour of any day.
"""

from __future__ import annotations

from datetime import timedelta

from deadlines.models import Deadline, Holder, Reminder
from house import clock
from house.clock import london_day
from house.tracked import create_all
from parties.models import Person
from tests.cast import Cast


def ringing_now(cast: Cast, number: int, *, first: int = 0, over: float = 0) -> set[str]:
    """That many deadlines, each with a reminder and a person of its own. Their addresses.

    They are due, or fall due one after the other within so many seconds.
    """
    now, numbers = clock.now(), range(first, first + number)
    rang = now if over else now - timedelta(minutes=1)
    rings = [rang + timedelta(seconds=over * n / number) for n in range(number)]
    people = create_all([Person(name=f"Bell {n}", email=f"bell{n}@moors.example") for n in numbers])
    deadlines = Deadline.objects.bulk_create(
        Deadline(kind="bell", subject_key=f"bell:{n}", due_on=london_day(at), due_at=at, since=rang)
        for n, at in zip(numbers, rings, strict=True)
    )
    Holder.objects.bulk_create(
        Holder(deadline=deadline, organisation=cast.area_team, person=person)
        for deadline, person in zip(deadlines, people, strict=True)
    )
    Reminder.objects.bulk_create(
        Reminder(deadline=each, generation=1, offset="hours:0", send_at=at, next_try=at)
        for each, at in zip(deadlines, rings, strict=True)
    )
    return {person.email for person in people}
