"""A side of an agreement that is being set up, and whom its contacts can be chosen from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agreements.core.choices import Choices
from agreements.terms import ContactRole

NOT_YET: Choices = [("", "Not chosen yet")]


@dataclass
class Side:
    """One side whose organisation is chosen, with whom its contacts can be chosen from."""

    slot: str
    name: str
    roles: Sequence[ContactRole] = ()
    people: Choices = field(default_factory=list)
    # As typed on this page before; they come into being with the agreement.
    newcomers: list[dict[str, str]] = field(default_factory=list)

    @property
    def choices(self) -> Choices:
        added = [(f"new-{n}", _called(each)) for n, each in enumerate(self.newcomers)]
        return [*NOT_YET, *self.people, *added]

    def value_of(self, said: Any) -> str:
        """The choice that stands for what was said before: a person's id, or a newcomer."""
        if isinstance(said, Mapping) and said in self.newcomers:
            return f"new-{self.newcomers.index(dict(said))}"
        return str(said) if isinstance(said, int) else ""

    def said_by(self, value: str) -> Any:
        if value.startswith("new-"):
            return self.newcomers[int(value.removeprefix("new-"))]
        return int(value) if value else None


def _called(newcomer: Mapping[str, str]) -> str:
    return ", ".join(part for part in (newcomer["name"], newcomer["job_title"]) if part)
