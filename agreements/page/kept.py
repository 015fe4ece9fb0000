"""How an agreement is kept: what the portal watches, with its clauses and the evidence (X01)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Literal

from agreements.core.bindings import keeps_in_words
from agreements.core.sides import sides_called
from agreements.core.texts import ClauseName
from agreements.models import Party
from deadlines.dates import both_or_all
from house.answers import Keeping
from nhsuk.components import Tag
from nhsuk.words import and_list, capital, plural

# So many lines of a state stand open on the page; more of them on request.
MOST_OPEN = 2
State = Literal["missed", "due", "kept", "nothing_yet"]
# The worst first. What was not asked for yet says nothing against what was kept.
WORST_FIRST: tuple[State, ...] = ("missed", "due", "kept", "nothing_yet")

TAGS: dict[State, Tag] = {
    "missed": Tag("Missed", "red"),
    "due": Tag("Due", "yellow"),
    "kept": Tag("Kept", "green"),
    "nothing_yet": Tag("Nothing asked yet", "grey"),
}
# What the lines of a state stand under, and what is counted on the overview.
HEADINGS: dict[State, str] = {
    "missed": "Late or missed",
    "due": "Due",
    "kept": "Kept",
    "nothing_yet": "Open: nothing asked yet",
}


def own_key(binding: str, clause: str) -> str:
    """Under which a room answers for one clause alone, where it can (record 0074)."""
    return f"{binding}:{clause}"


def merged(answers: Collection[Mapping[str, Keeping]]) -> dict[str, Keeping]:
    """The answers of several rooms as one; where two answer for the same thing, the worse."""
    found: dict[str, Keeping] = {}
    for answer in answers:
        for key, keeping in answer.items():
            other = found.get(key)
            if other is None or _rank(keeping) < _rank(other):
                found[key] = keeping
    return found


def _rank(keeping: Keeping) -> int:
    return WORST_FIRST.index(keeping.state)


@dataclass(frozen=True)
class KeptLine:
    """One thing that the portal watches, and the clauses that ask for it."""

    key: str
    keeping: Keeping
    clauses: Sequence[ClauseName]
    owed_by: str
    # Whether it is the answer for one clause alone.
    is_own: bool = False

    @property
    def state(self) -> State:
        return self.keeping.state

    @property
    def name(self) -> str:
        if self.is_own:
            return self.clauses[0].heading
        return capital(keeps_in_words([self.key])[0])

    @property
    def tag(self) -> Tag:
        return TAGS[self.state]


@dataclass(frozen=True)
class KeptGroup:
    """The lines of one state."""

    state: State
    lines: Sequence[KeptLine]

    @property
    def heading(self) -> str:
        return HEADINGS[self.state]

    @property
    def open_lines(self) -> Sequence[KeptLine]:
        """What the page shows at once: all that is late, and the first of what is due."""
        if self.state == "missed":
            return self.lines
        return self.lines[:MOST_OPEN] if self.state == "due" else []

    @property
    def folded_lines(self) -> Sequence[KeptLine]:
        """What it shows on request."""
        return self.lines[len(self.open_lines) :]

    @property
    def folded_as(self) -> str:
        """ "3 more"; "What is kept, and what shows it"."""
        all_of = {
            "kept": "What is kept, and what shows it",
            "nothing_yet": "What was not asked for yet",
        }
        return all_of.get(self.state, f"{len(self.folded_lines)} more")


@dataclass(frozen=True)
class Unwatched:
    """A clause with a duty of which the portal watches nothing, or not all: `what` it does not."""

    clause: ClauseName
    what: str


class Kept:
    """What the version in force asks for, by what the rooms know of it."""

    def __init__(
        self,
        clauses: Iterable[ClauseName],
        keepings: Mapping[str, Keeping],
        parties: Sequence[Party],
    ) -> None:
        self.duties = [clause for clause in clauses if clause.is_duty]
        self.keepings = keepings
        self.sides, self.parties = sides_called(parties), parties

    @cached_property
    def lines(self) -> list[KeptLine]:
        """The worst first, then in the order of the text."""
        lines = [*self._shared(), *self._own()]
        return sorted(lines, key=lambda line: _rank(line.keeping))

    def _shared(self) -> Iterator[KeptLine]:
        """What several clauses may ask for is one line."""
        asked = dict.fromkeys(
            key for duty in self.duties for key in duty.bindings if not self._answers(key, duty)
        )
        return (self._line(key) for key in asked if key in self.keepings)

    def _own(self) -> Iterator[KeptLine]:
        """What a room answers for one clause alone is a line of its own."""
        for duty in self.duties:
            for key in (key for key in duty.bindings if self._answers(key, duty)):
                own = own_key(key, duty.key)
                owed_by = self.owed_by([duty])
                yield KeptLine(own, self.keepings[own], [duty], owed_by, is_own=True)

    def _answers(self, key: str, duty: ClauseName) -> bool:
        return own_key(key, duty.key) in self.keepings

    @property
    def groups(self) -> list[KeptGroup]:
        by_state = groupby(self.lines, key=lambda line: line.state)
        return [KeptGroup(state, list(lines)) for state, lines in by_state]

    @property
    def counts(self) -> dict[State, int]:
        """How many lines there are of each state, none left out."""
        states = [line.state for line in self.lines]
        return {state: states.count(state) for state in WORST_FIRST}

    @cached_property
    def unwatched(self) -> list[Unwatched]:
        return [
            Unwatched(duty, and_list(keeps_in_words(unknown)))
            for duty in self.duties
            if (unknown := self._unknown(duty)) or not duty.bindings
        ]

    @property
    def summary(self) -> str:
        """ "Of 42 duties the portal watches 12."."""
        watched = sum(self.is_watched(duty) for duty in self.duties)
        of_all = f"Of {plural(len(self.duties), 'duty', 'duties')} the portal watches"
        return f"{of_all} {watched or 'none yet'}."

    def is_watched(self, duty: ClauseName) -> bool:
        """Whether a room answers for some of it."""
        return any(key in self.keepings for key in duty.bindings)

    def _unknown(self, duty: ClauseName) -> list[str]:
        return [key for key in duty.bindings if key not in self.keepings]

    def _line(self, key: str) -> KeptLine:
        clauses = [
            duty for duty in self.duties if key in duty.bindings and not self._answers(key, duty)
        ]
        return KeptLine(key, self.keepings[key], clauses, self.owed_by(clauses))

    def owed_by(self, clauses: Iterable[ClauseName]) -> str:
        """Whose duty these are, as pages call the sides."""
        slots = {slot for clause in clauses for slot in clause.owed_by or self.sides}
        owing = [called for slot, called in self.sides.items() if slot in slots]
        if owing and len(owing) < len(self.sides):
            return and_list(owing)
        return both_or_all(len(self.parties))
