"""An uploaded list of people, as it was read: its columns, and a line for each row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email

from documents.spreadsheets import ROW, rows_from
from house.refusals import Refused
from house.text import tidy_address
from parties.models import Role
from parties.services.lists import (
    ColumnOf,
    Row,
    WrongRows,
    at_most,
    must_have,
    one_of,
    read_all,
    text_of,
)

NAME: Final[ColumnOf] = (
    "name", "full name", "person", "contact name", "staff name", "employee name", "display name",
)  # fmt: skip
FIRST: Final[ColumnOf] = ("first name", "forename", "given name")
LAST: Final[ColumnOf] = ("last name", "surname", "family name")
EMAIL: Final[ColumnOf] = (
    "e-mail", "email", "e-mail address", "email address", "mail", "work email", "work e-mail",
)  # fmt: skip
# "Title" last: beside a job title it is Dr or Mrs.
POST: Final[ColumnOf] = ("post", "post title", "job title", "job", "position", "job role", "title")
ROLES: Final[ColumnOf] = ("roles", "role", "portal roles", "portal role")
KNOWN: Final = {heading for each in (NAME, FIRST, LAST, EMAIL, POST, ROLES) for heading in each}


@dataclass(frozen=True)
class PersonLine:
    row: int
    name: str
    email: str
    title: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class PeopleList:
    """`columns`: what each heading was read as; `unread` are the headings that nothing reads."""

    lines: tuple[PersonLine, ...]
    columns: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Plain values, to be kept on the page until somebody says that they are right."""
        return asdict(self)


def from_data(data: dict[str, Any]) -> PeopleList:
    lines = (PersonLine(**(each | {"roles": tuple(each["roles"])})) for each in data["lines"])
    return PeopleList(tuple(lines), tuple(map(tuple, data["columns"])), tuple(data["unread"]))


def read_people(file: UploadedFile) -> PeopleList:
    """Reads the file and writes nothing. Raises WrongRows when a row is wrong, Refused else."""
    rows = rows_from(file, KNOWN)
    names: tuple[ColumnOf, ...] = (FIRST, LAST) if _has(rows[0], FIRST, LAST) else (NAME,)
    must_have(rows, ((NAME,) if _has(rows[0], NAME) else names) + (EMAIL, POST))
    lines = read_all(rows, _line)
    _must_log_in_apart(lines)
    read = dict(_columns(rows[0]))
    unread = tuple(each for each in rows[0] if each not in read and each != ROW)
    return PeopleList(tuple(lines), tuple(read.items()), unread)


def _has(row: Row, *columns: ColumnOf) -> bool:
    return not any(row.keys().isdisjoint(column) for column in columns)


def _columns(row: Row) -> Iterable[tuple[str, str]]:
    """Heading -> what it is read as. Of several for one thing the first that is filled counts."""
    named = [(NAME, "Name"), (FIRST, "First name"), (LAST, "Last name"), (EMAIL, "E-mail"),
             (POST, "Post"), (ROLES, "Roles")]  # fmt: skip
    for column, called in named:
        if column in (FIRST, LAST) and _has(row, NAME):
            continue
        yield from ((heading, called) for heading in column if heading in row)


def _line(row: Row) -> PersonLine:
    email = tidy_address(text_of(row, EMAIL)).lower()
    roles = {
        one_of(text.strip(), Role.choices, what="a role")
        for text in re.split(r"[,;/\n]", text_of(row, ROLES))
        if text.strip()
    }
    if roles and not email:
        raise Refused("somebody with a role needs an e-mail address: the invitation goes there.")
    if email:
        _must_be_address(email)
    name = text_of(row, NAME) or f"{text_of(row, FIRST)} {text_of(row, LAST)}"
    return PersonLine(
        row=int(row[ROW]),
        name=at_most(name, 120, what="name"),
        email=email,
        title=at_most(text_of(row, POST), 120, what="post"),
        roles=tuple(sorted(roles)),
    )


def _must_be_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(f"“{email}” is not an e-mail address.") from None


def _must_log_in_apart(lines: Iterable[PersonLine]) -> None:
    """Two people may share a mailbox, but not a log-in."""
    first: dict[str, PersonLine] = {}
    wrong = []
    for line in (each for each in lines if each.roles):
        known = first.setdefault(line.email, line)
        if known.name.casefold() != line.name.casefold():
            wrong.append(
                f"Row {line.row}: {known.name} in row {known.row} has a role with this address "
                "too. Whoever logs in needs an address of their own."
            )
    if wrong:
        raise WrongRows(wrong)
