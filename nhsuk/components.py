"""What the components in `templates/components/` take: small typed records that presenters make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Colour = Literal[
    "white", "grey", "green", "aqua-green", "blue", "purple", "pink", "red", "orange", "yellow"
]


# Of a step, seen from the present one.
Standing = Literal["past", "here", "to come"]


@dataclass(frozen=True)
class Tag:
    """A state in words; the colour only repeats what the words say."""

    text: str
    colour: Colour = "grey"


@dataclass(frozen=True)
class Link:
    """A link; `hidden_text` tells apart links of equal text ("Change" of what?)."""

    text: str
    href: str
    hidden_text: str = ""


@dataclass(frozen=True)
class Button:
    """A button: with `href` it leads somewhere, with `post_to` it acts."""

    text: str
    href: str = ""
    post_to: str = ""
    kind: Literal["", "secondary", "warning", "reverse"] = ""
    hidden_text: str = ""


@dataclass(frozen=True)
class Column:
    """A table's column. With `sort_href` its heading is a link that sorts."""

    text: str
    numeric: bool = False
    sort_href: str = ""
    sorted: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True)
class Task:
    """One step of a task list. Without `href` it cannot be started yet."""

    title: str
    status: Tag | str
    href: str = ""
    hint: str = ""


def counted(tags: Iterable[Tag | None]) -> str:
    """How many stand how: "41 signed, 7 asked to sign"."""
    told = Counter(tag.text if tag else "No word yet" for tag in tags)
    return ", ".join(f"{count} {text.lower()}" for text, count in told.most_common())


# More sides on a step of a rail are counted, and listed on request.
MOST_SIDES = 6


@dataclass(frozen=True)
class OnStep:
    """Who acts for one side on a step of a rail; without names `note` says why as a sentence."""

    side: str
    names: str = ""
    note: str = ""
    tag: Tag | None = None
    link: Link | None = None


@dataclass(frozen=True)
class RailStep:
    """One step of a rail: what has passed, where it is now, what is to come.

    `time` says when it was, or how long it has been there; `said` what else there is to know.
    """

    label: str
    standing: Standing = "to come"
    tag: Tag | None = None
    time: str = ""
    said: str = ""
    people: tuple[OnStep, ...] = ()
    anchor: str = ""

    @property
    def in_short(self) -> str:
        """Of many sides how they stand; empty where all are shown."""
        return counted([on.tag for on in self.people]) if len(self.people) > MOST_SIDES else ""


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened: a sentence, who did it, when, and where to read more; `day_href`
    is where its day leads."""

    when: datetime | date
    title: str
    who: str = ""
    detail: str = ""
    link: Link | None = None
    day_href: str = ""


@dataclass(frozen=True)
class IndexEntry:
    """A line of a page's contents: the section's heading and id, and a note such as "2 missed"."""

    text: str
    anchor: str
    note: str = ""


@dataclass(frozen=True)
class Words:
    """A run of words in a comparison of two texts."""

    kind: Literal["same", "inserted", "deleted"]
    text: str
