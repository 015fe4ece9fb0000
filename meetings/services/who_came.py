from __future__ import annotations

from collections.abc import Sequence

from house.tracked import create_all
from meetings.models import Attendee, Meeting
from parties.models import Organisation, Person


def write_who_came(
    meeting: Meeting, came: Sequence[tuple[Organisation, Person]], others: Sequence[str]
) -> bool:
    """Makes the list of who came equal to this one. Returns whether it changed.

    A person who stands twice, as for two organisations, came once.
    """
    people: dict[int, tuple[Organisation, Person]] = {}
    for organisation, person in came:
        people.setdefault(person.pk, (organisation, person))
    names = list(dict.fromkeys(others))
    rows = list(meeting.attendees.all())
    gone = [row for row in rows if row.person_id not in people and row.name not in names]
    for row in gone:
        row.delete()
    there = {row.person_id or row.name for row in rows} - {r.person_id or r.name for r in gone}
    new = [
        Attendee(meeting=meeting, organisation=organisation, person=person)
        for pk, (organisation, person) in people.items()
        if pk not in there
    ]
    new += [Attendee(meeting=meeting, name=name) for name in names if name not in there]
    create_all(new)
    return bool(gone or new)
