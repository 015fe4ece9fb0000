"""Key contacts of a side that many share, as they are typed: one on each line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from agreements.register.rules import called_so
from agreements.terms import ContactRole, Slot
from house.text import tidy_line
from nhsuk import forms
from nhsuk.words import EMAIL_FORMAT

MOST_LINES: Final = 100
LONGEST: Final = 120
HOW: Final = (
    "One on each line, with semicolons between: the organisation; the name; the e-mail address; "
    "the job title. Whoever is left out is named by their own organisation later."
)


class Typed(NamedTuple):
    """One line: for which organisation, and who."""

    organisation: str
    name: str
    email: str = ""
    job_title: str = ""

    @property
    def person(self) -> dict[str, str]:
        return {"name": self.name, "email": self.email, "job_title": self.job_title}


class PeopleField(forms.TextField):
    """Who holds one contact role for those that share a side; gives the lines as they are meant."""

    def __init__(self, slot: Slot, role: ContactRole) -> None:
        super().__init__(label=role.label, help_text=HOW, rows=4, max_length=20_000, required=False)
        self.those = slot.all_of_them

    def clean(self, value: Any) -> list[Typed]:
        lines = [line for each in str(super().clean(value)).splitlines() if (line := each.strip())]
        if len(lines) > MOST_LINES:
            raise ValidationError(f"Enter {MOST_LINES} lines or fewer. Here are {len(lines)}")
        return [_read(line) for line in lines]

    def by_organisation(
        self, typed: Iterable[Typed], names: Mapping[str, Collection[str]]
    ) -> dict[str, Typed]:
        """By the values of the organisations that take the side; `names` are all that they are or
        were called. Raises ValidationError for another one, and for one that is there twice."""
        found: dict[str, Typed] = {}
        for each in typed:
            meant = called_so(each.organisation, names)
            if len(meant) != 1:
                called = f"“{each.organisation}”"
                raise ValidationError(f"Which of {self.those} is {called}? Type its whole name")
            if (key := meant.pop()) in found:
                raise ValidationError(f"“{each.organisation}” is there twice. Keep one line")
            found[key] = each
        return found


def _read(line: str) -> Typed:
    parts = [tidy_line(part) for part in re.split(r"[;\t]", line)]
    if not 2 <= len(parts) <= len(Typed._fields) or not all(parts[:2]):
        raise ValidationError(f"“{line[:80]}” needs an organisation, a semicolon and a name")
    if any(len(part) > LONGEST for part in parts[1:]):
        raise ValidationError(f"“{line[:80]}” has a part of more than {LONGEST} characters")
    typed = Typed(*parts)
    if typed.email:
        _check_address(typed)
    return typed


def _check_address(typed: Typed) -> None:
    try:
        validate_email(typed.email)
    except ValidationError as error:
        raise ValidationError(f"“{typed.email}”: {EMAIL_FORMAT}") from error
