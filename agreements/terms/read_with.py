"""What a text is read with (B03), and at which level each committee commissions (B02)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Final, Literal

from pydantic import Field

from agreements.terms.base import Frozen, Key, Label
from nhsuk.words import and_list

Level = Literal["joint", "delegated"]
# How a text calls them: NHS England numbered the levels of co-commissioning.
LEVELS: Final[dict[str, str]] = {"joint": "Level 2 (joint)", "delegated": "Level 3 (delegated)"}


class ExpectedDocument(Frozen):
    """A document that the text is to be read with, and who brings it."""

    key: Key
    label: Label
    # The sides each of whose parties brings its own; none of a document that is one for all.
    slots: tuple[Key, ...] = ()
    # Of these sides only who commissions at this level.
    level: Literal["", "joint", "delegated"] = ""
    # Whether something is missing as long as nobody has brought it.
    required: bool = True


class Commissioning(Frozen):
    """At which level one party commissions; `party` is its key."""

    party: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}(-[1-9][0-9]{0,3})?$")]
    level: Level


def expected_in_words(expected: ExpectedDocument, sides: Mapping[str, str]) -> str:
    """ "Scheme of delegation: of each Committee that commissions at Level 3 (delegated)"."""
    if not expected.slots:
        return expected.label
    whose = and_list(sides.get(slot, slot) for slot in expected.slots)
    at = f" that commissions at {LEVELS[expected.level]}" if expected.level else ""
    return f"{expected.label}: of {whose}{at}"


def levels_in_words(
    commissioning: Iterable[Commissioning], names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Each level with the names of those that commission at it; "none" where nobody does."""
    every = list(commissioning)
    for level in LEVELS if every else ():
        at = [names.get(each.party, each.party) for each in every if each.level == level]
        yield level, and_list(at) if at else "none"
