"""An upper room with what it answers to the home page, and one kind of deadline: a chore."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from deadlines.kinds import DeadlineKind
from deadlines.lines import Line
from deadlines.models import Deadline
from deadlines.services.setting import For
from house import clock
from house.answers import AgreementRow, Todo
from house.asked_together import Asking
from house.room import Room
from mail.kinds import Message
from parties.acting import Acting
from tests.deadlines.bell import of_holders
from tests.deadlines.ringing import deadline_set


class Answers(Room):
    name = "answers of this test"

    def __init__(self) -> None:
        self.todos: list[Todo] = []
        self.rows: list[AgreementRow] = []

    def asking_todo(self, acting: Acting) -> Asking[list[Todo]]:
        return self.todos
        yield

    def my_agreements(self, acting: Acting) -> list[AgreementRow]:
        return self.rows

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [
            DeadlineKind(
                "chore",
                "Chore",
                lambda due, _: of_holders(due),
                compose,
                lines_of_chores,
                together="Do chores",
            )
        ]


def lines_of_chores(deadlines: Sequence[Deadline]) -> Iterator[Line | None]:
    for due in deadlines:
        line = Line(
            f"Do {due.subject_key}", "/organisations/", "Open", naming="nobody",
            about="MoU with Eastmoor CCG",
        )  # fmt: skip
        yield None if due.subject_key == "the secret thing" else line


def compose(*_: Any) -> Message:
    return Message("A chore", ("It is due.",), "you do it.", "Do it", "http://127.0.0.1:8000/")


def todo(sentence: str, due_on: date | None = None, waits_for: str = "") -> Todo:
    about, url = "MoU with Eastmoor CCG", "/organisations/"
    late = due_on is not None and due_on < clock.today()
    return Todo(sentence, about, url, "Open", waits_for, not waits_for, due_on, is_late=late)


def chore(key: str, due: date | datetime | None, *holders: For, **more: Any) -> Deadline:
    at = due if isinstance(due, datetime) else None
    return deadline_set(
        kind="chore", subject_key=key, due_at=at, due_on=due if at is None else None,
        holders=holders, **more,
    )  # fmt: skip
