"""An uploaded list of organisations to send to, as it was read: its columns, a line for each row.

A row that is wrong is told by itself and stops no other: the rows that are right can be taken, and
the others corrected and uploaded again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email

from agreements.groups.columns import CODE, CONTACT, EMAIL, TITLE, Columns
from agreements.groups.known import Known, why_not
from agreements.models import Issue
from agreements.terms import Slot
from documents.spreadsheets import ROW, rows_from
from house.refusals import Refused
from house.text import tidy_address
from parties.models import Organisation
from parties.services.lists import MOST_TOLD, Row, at_most, text_of

LONGEST_BLANK: Final = 1_000


@dataclass(frozen=True)
class ReceiverLine:
    """One organisation that gets it. Names are for reading; what counts are the ids."""

    row: int
    organisation: int
    name: str
    commissioner: int
    commissioner_name: str
    contact_name: str = ""
    contact_email: str = ""
    contact_title: str = ""
    blanks: Mapping[str, str] = field(default_factory=dict)

    @property
    def contact(self) -> str:
        return ", ".join(filter(None, (self.contact_name, self.contact_email)))


@dataclass(frozen=True)
class ReceiverList:
    """`wrong` has a sentence for each row that cannot be taken; `unread` are unknown headings."""

    lines: tuple[ReceiverLine, ...]
    wrong: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Plain values, to be kept on the page until somebody says that they are right."""
        return asdict(self)

    @property
    def wrong_shown(self) -> Sequence[str]:
        return self.wrong[:MOST_TOLD]

    @property
    def wrong_more(self) -> int:
        return max(0, len(self.wrong) - MOST_TOLD)


def from_data(data: dict[str, Any]) -> ReceiverList:
    lines = tuple(ReceiverLine(**each) for each in data["lines"])
    columns = tuple((heading, called) for heading, called in data["columns"])
    return ReceiverList(lines, tuple(data["wrong"]), columns, tuple(data["unread"]))


def read_receivers(file: UploadedFile, issue: Issue, sender: Organisation) -> ReceiverList:
    """Reads the file and writes nothing. Raises Refused where it is no list of organisations."""
    columns = Columns(issue)
    rows = rows_from(file, columns.known)
    if rows[0].keys().isdisjoint(columns.name) and rows[0].keys().isdisjoint(CODE):
        raise Refused(
            "None of the first rows has a column “Organisation” or “ODS code”. Add one, and upload "
            "the file again."
        )
    reading = _Reading(columns, rows, sender)
    for row in rows:
        reading.read(row)
    read = columns.named(rows[0])
    unread = tuple(each for each in rows[0] if each not in read and each != ROW)
    return ReceiverList(tuple(reading.lines), tuple(reading.wrong), tuple(read.items()), unread)


class _Reading:
    """The rows one by one: what is right becomes a line, what is not a sentence."""

    def __init__(self, columns: Columns, rows: list[Row], sender: Organisation) -> None:
        self.columns, self.sender = columns, sender
        self.known = Known(_named_in(rows, columns))
        self.lines: list[ReceiverLine] = []
        self.wrong: list[str] = []
        self.first: dict[int, int] = {}

    def read(self, row: Row) -> None:
        try:
            line = self._line(row)
            before = self.first.setdefault(line.organisation, line.row)
            if before != line.row:
                raise Refused(f"{line.name} stands in row {before} already.")
            self.lines.append(line)
        except Refused as refusal:
            self.wrong.append(f"Row {row[ROW]}: {refusal.sentence}")

    def _line(self, row: Row) -> ReceiverLine:
        receiver = self._receiver(row)
        commissioner = self._commissioner(row)
        if receiver == commissioner:
            raise Refused(f"{receiver.name} cannot be its own commissioner.")
        return ReceiverLine(
            row=int(row[ROW]),
            organisation=receiver.pk,
            name=receiver.name,
            commissioner=commissioner.pk,
            commissioner_name=commissioner.name,
            **_contact(row),
            blanks=self._blanks(row),
        )

    def _receiver(self, row: Row) -> Organisation:
        code, name = text_of(row, CODE), text_of(row, self.columns.name)
        if not code and not name:
            raise Refused("the organisation is missing.")
        by_code = self.known.by_code(code) if code else None
        found = by_code or self.known.one(name)
        if by_code and name and not self.known.is_called(by_code, name):
            raise Refused(f"{code} is the code of {by_code.name}, not of “{name}”.")
        return _fit(found, self.columns.receiver)

    def _commissioner(self, row: Row) -> Organisation:
        said = text_of(row, self.columns.commissioners)
        found = self.known.one(said) if said else self.sender
        return _fit(found, self.columns.commissioner, said=bool(said))

    def _blanks(self, row: Row) -> dict[str, str]:
        found = {key: text_of(row, column) for key, column in self.columns.blanks.items()}
        for key, value in found.items():
            if len(value) > LONGEST_BLANK:
                label = self.columns.labels[key]
                raise Refused(f"“{label}” is longer than {LONGEST_BLANK} characters.")
        return {key: value for key, value in found.items() if value}


def _fit(organisation: Organisation, slot: Slot, *, said: bool = True) -> Organisation:
    if problem := why_not(organisation, slot):
        more = "" if said else " Name the commissioner in a column of its own."
        raise Refused(f"{problem}{more}")
    return organisation


def _contact(row: Row) -> dict[str, str]:
    name, email = text_of(row, CONTACT), tidy_address(text_of(row, EMAIL)).lower()
    title = text_of(row, TITLE)
    if email and not name:
        raise Refused("an e-mail address needs the name of whose it is, in a column “Contact”.")
    if email:
        _check_address(email)
    return {
        "contact_name": at_most(name, 120, what="name of the contact") if name else "",
        "contact_email": email,
        "contact_title": at_most(title, 120, what="job title") if title else "",
    }


def _check_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(f"“{email}” is not an e-mail address.") from None


def _named_in(rows: Iterable[Row], columns: Columns) -> set[str]:
    """All that rows call organisations, by name or by code."""
    of = (CODE, columns.name, columns.commissioners)
    return {said for row in rows for column in of if (said := text_of(row, column))}
