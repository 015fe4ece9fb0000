"""A chart of bars, drawn as the year's picture is: geometry here, plain SVG in a template.

Places are hundredths of the width, so that it fits every screen. Each state has a height of its own
and its words stand above the bar: the colour only repeats them. A table beside it says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from nhsuk.words import plural
from reports.content import Counts

State = Literal["done", "late", "fixed", "due"]
# In the order of a bar. State of the picture: what it counts, the words, how high (pixels).
STATES: Final[dict[State, tuple[str, str, int]]] = {
    "done": ("met", "met", 24),
    "late": ("missed", "missed", 17),
    "fixed": ("excluded", "left out by the text", 10),
    "due": ("open", "open", 5),
}
HEIGHT: Final = 24


@dataclass(frozen=True)
class Segment:
    """A part of a bar: how far along it begins and how wide it is (0 to 100), how far down it
    begins and how high it is (pixels)."""

    state: State
    x: float
    width: float
    y: int
    height: int


@dataclass(frozen=True)
class Bar:
    """One bar with what it says in words."""

    label: str
    words: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Chart:
    """The bars of a report; the longest fills the width."""

    bars: tuple[Bar, ...]
    summary: str

    @property
    def legend(self) -> dict[State, str]:
        used = {segment.state for bar in self.bars for segment in bar.segments}
        return {state: words for state, (_, words, _) in STATES.items() if state in used}


def chart_of(counted: Iterable[tuple[str, Counts]], what: str) -> Chart | None:
    """A chart of these, each with its label; None where there is nothing to draw."""
    rows = list(counted)
    longest = max((total_of(counts) for _, counts in rows), default=0)
    if not longest:
        return None
    bars = tuple(
        Bar(label, in_words(counts), tuple(segments_of(counts, longest))) for label, counts in rows
    )
    return Chart(bars, f"{plural(len(bars), what)}. The table says the same.")


def segments_of(counts: Counts, longest: int) -> Iterator[Segment]:
    """The parts of one bar beside each other; what counted nothing has none."""
    at = 0
    for state, (name, _, height) in STATES.items():
        if many := int(getattr(counts, name)):
            x, end = _place(at, longest), _place(at + many, longest)
            yield Segment(state, x, round(end - x, 2), HEIGHT - height, height)
            at += many


def in_words(counts: Counts) -> str:
    """ "9 met, 2 missed, 1 left out by the text"."""
    said = [
        f"{many:,} {words}" for name, words, _ in STATES.values() if (many := getattr(counts, name))
    ]
    return ", ".join(said) or "nothing counted"


def total_of(counts: Counts) -> int:
    """How much was counted in all: what a bar is long by."""
    return counts.met + counts.missed + counts.excluded + counts.open


def _place(number: int, of: int) -> float:
    return round(100 * number / of, 2)
