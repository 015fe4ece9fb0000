"""Many bells that ring now, made in few statements: for tests of senders, not of setting.

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


def ringing_now(cast: Cast, number: int) -> set[str]:
    """That many deadlines, each with a due reminder and a person of its own. Their addresses."""
    rang = clock.now() - timedelta(minutes=1)
    people = create_all(
        [Person(name=f"Bell {n}", email=f"bell{n}@moors.example") for n in range(number)]
    )
    deadlines = Deadline.objects.bulk_create(
        Deadline(
            kind="bell", subject_key=f"bell:{n}", due_on=london_day(rang), due_at=rang, since=rang
        )
        for n in range(number)
    )
    Holder.objects.bulk_create(
        Holder(deadline=deadline, organisation=cast.area_team, person=person)
        for deadline, person in zip(deadlines, people, strict=True)
    )
    Reminder.objects.bulk_create(
        Reminder(deadline=each, generation=1, offset="hours:0", send_at=rang, next_try=rang)
        for each in deadlines
    )
    return {person.email for person in people}
