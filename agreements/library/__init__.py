"""The templates that come with the portal, as data: one TOML file each, and what they quote."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

from agreements.terms import Blank, Frozen, Key, Label, Slot, Terms

_FOLDER = Path(__file__).resolve().parent


class Annex(Frozen):
    """Words of somebody else, quoted as they were published (D19).

    Nobody edits one: a later wording is an annex of its own, and what was signed with the earlier
    one keeps it.
    """

    key: str
    heading: Label
    body: str
    source: Label
    published: Label
    licence: Label

    @property
    def in_text(self) -> dict[str, str]:
        """Heading and body of the clause that quotes it, with where the words come from."""
        credit = f"Source: {self.source}, {self.published}. {self.licence}."
        return {"heading": self.heading, "body": f"{self.body}\n\n{credit}"}


class LibraryClause(Frozen):
    key: str
    kind: str
    heading: Label
    body: str = ""
    status: Literal["defined", "to_be_defined"] = "defined"
    # IDs of the duty register that the clause carries: for docs/templates and its test.
    duties: tuple[str, ...] = ()
    bindings: tuple[str, ...] = ()
    owed_by: tuple[Key, ...] = ()


class LibraryTemplate(Frozen):
    key: str
    name: Label
    description: str
    kind: str
    slots: tuple[Slot, ...]
    blanks: tuple[Blank, ...] = ()
    terms: Terms
    clauses: tuple[LibraryClause, ...]


@cache
def library() -> dict[str, LibraryTemplate]:
    """The templates by key. Raises pydantic's ValidationError for a file that is not right."""
    templates = (LibraryTemplate.model_validate(_with_annexes(data)) for data in _read(_FOLDER))
    return {template.key: template for template in templates}


@cache
def annexes() -> dict[str, Annex]:
    """What a text may quote, by key."""
    found = (Annex.model_validate(data) for data in _read(_FOLDER / "annexes"))
    return {annex.key: annex for annex in found}


def _read(folder: Path) -> Iterator[dict[str, Any]]:
    return (tomllib.loads(file.read_text()) for file in sorted(folder.glob("*.toml")))


def _with_annexes(data: dict[str, Any]) -> dict[str, Any]:
    """A clause that names an annex has its words."""
    clauses = [
        clause | annexes()[clause.pop("annex")].in_text if "annex" in clause else clause
        for clause in data["clauses"]
    ]
    return data | {"clauses": clauses}
