"""Under which headings people write what, in a list of organisations to send to."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Final

from agreements.models import Issue
from parties.services.lists import ColumnOf, Row

NAME: Final[ColumnOf] = (
    "organisation", "organisation name", "practice", "practice name", "gp practice", "surgery",
    "federation", "name",
)  # fmt: skip
CODE: Final[ColumnOf] = (
    "ods code", "ods", "practice code", "organisation code", "org code", "code",
)  # fmt: skip
COMMISSIONER: Final[ColumnOf] = (
    "commissioner", "commissioner name", "commissioner code", "commissioned by",
    "clinical commissioning group", "ccg", "icb",
)  # fmt: skip
CONTACT: Final[ColumnOf] = (
    "contact", "contact name", "lead", "lead name", "practice manager", "key contact", "signatory",
)  # fmt: skip
EMAIL: Final[ColumnOf] = (
    "e-mail", "email", "e-mail address", "email address", "contact e-mail", "contact email",
)  # fmt: skip
TITLE: Final[ColumnOf] = ("job title", "post", "position", "role", "contact role")
CALLED: Final = (
    (NAME, "Organisation"), (CODE, "ODS code"), (COMMISSIONER, "Commissioner"),
    (CONTACT, "Contact"), (EMAIL, "E-mail"), (TITLE, "Job title"),
)  # fmt: skip


class Columns:
    """Under which headings what stands, for this sending: its blanks have columns too."""

    def __init__(self, issue: Issue) -> None:
        slots = {slot.key: slot for slot in issue.template_version.typed_slots}
        self.receiver, self.commissioner = slots[issue.slot], slots[issue.commissioner_slot]
        kinds = set(self.receiver.organisation_kinds)
        # Where it goes to CCGs, a column of that name says which.
        own = tuple(kind for kind in ("ccg", "icb") if kind in kinds)
        self.name: ColumnOf = (*NAME, *own)
        self.commissioners: ColumnOf = tuple(each for each in COMMISSIONER if each not in own)
        blanks = issue.template_version.typed_blanks
        self.blanks = {b.key: (b.label.lower(), b.key, b.key.replace("_", " ")) for b in blanks}
        self.labels = {b.key: b.label for b in blanks}

    @cached_property
    def known(self) -> Collection[str]:
        fixed = (self.name, CODE, self.commissioners, CONTACT, EMAIL, TITLE)
        return {heading for each in (*fixed, *self.blanks.values()) for heading in each}

    def named(self, row: Row) -> dict[str, str]:
        """Heading -> what it is read as."""
        of = {COMMISSIONER: self.commissioners, NAME: self.name}
        named = [(of.get(column, column), called) for column, called in CALLED]
        named += [(self.blanks[key], label) for key, label in self.labels.items()]
        read = {heading: called for column, called in reversed(named) for heading in column}
        return {heading: read[heading] for heading in row if heading in read}
