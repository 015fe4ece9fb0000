"""What a form offers to choose from, however many there are, and what typed words can mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Protocol

# Value and label.
Choices = list[tuple[str, str]]
# A longer list to choose from helps nobody: the name is typed instead.
FEW = 60
# So many are named when what was typed can mean several.
NAMED = 10
# Words that people leave out, or write as a sign.
_FILLERS = {"and", "of", "the"}
# Behind a person's name stand their posts, behind an organisation's its code.
_BEHIND_A_NAME = re.compile(r", | \(")


class Offer(Protocol):
    """What to choose one from. Its answers take as many queries for seven thousand as for seven."""

    # What can be typed, as a hint.
    how: str

    def few(self) -> Choices | None:
        """All of them in the order of a list; None where they are more than a list may have."""
        ...

    def among(self, values: Collection[str]) -> Choices:
        """Those of these values that are on offer, under names that tell them apart."""
        ...

    def meant(self, typed: str, most: int) -> Choices:
        """Those that the words can mean, at most so many: whatever is called exactly so, else all
        that have each of the words."""
        ...


def words_in(typed: str) -> list[str]:
    """The words to look for, without signs and fillers: "St. Peter & Co" -> St, Peter, Co."""
    words = re.findall(r"\w+", typed)
    return [word for word in words if word.casefold() not in _FILLERS] or words


class Listed:
    """Choices that are at hand already."""

    how = "Type the name or a part of it."

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        self.choices = list(choices)

    def few(self) -> Choices | None:
        return self.choices if len(self.choices) <= FEW else None

    def among(self, values: Collection[str]) -> Choices:
        return [choice for choice in self.choices if choice[0] in values]

    def meant(self, typed: str, most: int) -> Choices:
        wanted, words = typed.casefold(), [word.casefold() for word in words_in(typed)]
        labels = [(choice, choice[1].casefold()) for choice in self.choices]
        exact = [choice for choice, label in labels if label == wanted]
        exact = exact or [
            choice for choice, label in labels if _BEHIND_A_NAME.split(label)[0] == wanted
        ]
        if exact or not words:
            return exact[:most]
        return [c for c, label in labels if all(word in label for word in words)][:most]
