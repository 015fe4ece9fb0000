"""A room of the tests' own, with one kind of deadline: a bell that rings for its holders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from deadlines.kinds import DeadlineKind, Recipient
from deadlines.models import Deadline, Reminder
from deadlines.recipients import of_holders
from house.room import Room, Todo
from mail.kinds import Message
from nhsuk.dates import day
from parties.acting import Acting


class Bells(Room):
    name = "bells"

    def __init__(self) -> None:
        # What the next call for recipients raises, if anything.
        self.broken: Exception | None = None

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [
            DeadlineKind("bell", "Bells", self.recipients, compose, todos),
            DeadlineKind("chime", "Chimes", self.recipients, compose, todos, required=False),
            DeadlineKind("alarm", "Alarms", self.recipients, compose, todos, urgent=True),
        ]

    def recipients(self, deadline: Deadline, reminder: Reminder) -> Iterable[Recipient]:
        if self.broken:
            raise self.broken
        return of_holders(deadline)


def compose(deadline: Deadline, reminder: Reminder, recipient: Recipient) -> Message:
    return Message(
        subject=f"Bell {deadline.subject_key}: {reminder.offset}",
        paragraphs=(f"Bell {deadline.subject_key} rings on {day(deadline.due_on) or 'no day'}.",),
        why=recipient.why,
        button_text="Hear it",
        button_url="http://127.0.0.1:8000/bells/",
    )


def todos(deadlines: Sequence[Deadline], acting: Acting) -> Mapping[int, Todo]:
    return {
        each.pk: Todo(f"Ring {each.subject_key}", "Bells", "/bells/", "Ring", due_on=each.due_on)
        for each in deadlines
    }
