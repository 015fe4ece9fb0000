"""Who came to a meeting. Nobody writes or takes out the people of those whom they do not meet under
an agreement of their own: they do not even read them (record 0055)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from house.tracked import create_all
from meetings.models import Attendee, Meeting
from meetings.queries.sides import agreements_at, agreements_with, organisations_of
from meetings.services.actions import Agreed
from parties.acting import Acting
from parties.models import Organisation, Person


@dataclass(frozen=True)
class Account:
    """What somebody writes down of a meeting. `others` came without being on record as people."""

    notes: str = ""
    came: Sequence[tuple[Organisation, Person]] = ()
    others: Sequence[str] = ()
    agreed: Sequence[Agreed] = field(default=())


def who_came_differs(by: Acting, meeting: Meeting, account: Account) -> bool:
    """Whether the account names others than the record, as far as its writer knows of them."""
    rows = _within(by, meeting)
    people = {person.pk for _, person in account.came}
    return {row.person_id for row in rows if row.person_id} != people or {
        row.name for row in rows if row.name
    } != set(account.others)


def write_who_came(by: Acting, meeting: Meeting, account: Account) -> None:
    """Makes the list of who came equal to this one, as far as its writer knows of it.

    A person who stands twice, as for two organisations, came once.
    """
    people: dict[int, tuple[Organisation, Person]] = {}
    for organisation, person in account.came:
        people.setdefault(person.pk, (organisation, person))
    names, rows = list(dict.fromkeys(account.others)), _within(by, meeting)
    gone = [row for row in rows if row.person_id not in people and row.name not in names]
    for row in gone:
        row.delete()
    there = {row.person_id or row.name for row in meeting.attendees.all()}
    new = [
        Attendee(meeting=meeting, organisation=organisation, person=person)
        for pk, (organisation, person) in people.items()
        if pk not in there
    ]
    new += [Attendee(meeting=meeting, name=name) for name in names if name not in there]
    create_all(new)


def _within(by: Acting, meeting: Meeting) -> list[Attendee]:
    """Those on record whom the writer knows of: of the parties whom they meet, and by name."""
    own = agreements_with(agreements_at(meeting), by.organisation_id)
    known = {None, *(each.pk for each in organisations_of(own))}
    return [row for row in meeting.attendees.all() if row.organisation_id in known]
