"""A room of the tests' own, with one kind of deadline: a bell that rings for its holders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.db import connection

from deadlines.kinds import DeadlineKind, ReadOfMany, Recipient, of_person, of_role, of_team
from deadlines.lines import Line
from deadlines.models import Deadline, Holder, Reminder
from house.room import Room
from mail.kinds import Message
from nhsuk.dates import day
from parties.models import Role


class Bells(Room):
    name = "bells"

    def __init__(self) -> None:
        # What the next call for recipients raises, if anything.
        self.broken: Exception | None = None
        # For whose recipients the database is asked what it does not know.
        self.unknown_to_database = ""
        # Among which nothing can be read ahead.
        self.unreadable = ""
        # Whose e-mails cannot be made; and whether a bell says the same whenever it rings.
        self.wordless = ""
        self.says_the_same = False

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [
            DeadlineKind(
                "bell", "Bells", self.recipients, self.compose, lines, reads_people=self.read_people
            ),
            DeadlineKind("chime", "Chimes", self.recipients, compose, lines, required=False),
            DeadlineKind("alarm", "Alarms", self.recipients, compose, lines, urgent=True),
        ]

    def recipients(self, deadline: Deadline, reminder: Reminder) -> Iterable[Recipient]:
        if self.broken:
            raise self.broken
        if deadline.subject_key == self.unknown_to_database:
            connection.cursor().execute("SELECT nothing FROM nowhere")
        return of_holders(deadline)

    def compose(self, deadline: Deadline, reminder: Reminder, recipient: Recipient) -> Message:
        if deadline.subject_key == self.wordless:
            raise ZeroDivisionError("no words")
        made = compose(deadline, reminder, recipient)
        return replace(made, subject="It rings") if self.says_the_same else made

    def read_people(self, reminders: Sequence[Reminder]) -> ReadOfMany:
        if self.unreadable in {reminder.deadline.subject_key for reminder in reminders}:
            raise LookupError(self.unreadable)
        return list, ()


def of_holders(deadline: Deadline, why: str = "") -> list[Recipient]:
    """The recipients of every holder that acts, each address once. `why` says it for a person."""
    holders = deadline.holders.filter(watches=False).select_related(
        "organisation", "person", "team"
    )
    found = (each for holder in holders for each in _of(holder, why))
    return list({recipient.address: recipient for recipient in found}.values())


def _of(holder: Holder, why: str) -> Iterator[Recipient]:
    organisation = holder.organisation
    if holder.person:
        found = of_person(holder.person, organisation, why or f"it is yours, for {organisation}.")
        if found:
            yield found
    elif holder.team:
        yield of_team(holder.team)
    else:
        yield from of_role(organisation, holder.role or Role.MANAGER)


def compose(deadline: Deadline, reminder: Reminder, recipient: Recipient) -> Message:
    return Message(
        subject=f"Bell {deadline.subject_key}: {reminder.offset}",
        paragraphs=(f"Bell {deadline.subject_key} rings on {day(deadline.due_on) or 'no day'}.",),
        why=recipient.why,
        button_text="Hear it",
        button_url="http://127.0.0.1:8000/bells/",
    )


def lines(deadlines: Sequence[Deadline]) -> list[Line | None]:
    return [
        Line(f"Ring {each.subject_key}", "/bells/", "Ring", naming="nobody", about="Bells")
        for each in deadlines
    ]
