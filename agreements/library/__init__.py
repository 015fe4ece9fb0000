"""The templates that come with the portal, as data: one TOML file each."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from agreements.terms import Blank, Frozen, Key, Label, Slot, Terms

_FOLDER = Path(__file__).resolve().parent


class LibraryClause(Frozen):
    key: str
    kind: str
    heading: Label
    body: str = ""
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
    read = (tomllib.loads(file.read_text()) for file in sorted(_FOLDER.glob("*.toml")))
    templates = (LibraryTemplate.model_validate(data) for data in read)
    return {template.key: template for template in templates}
