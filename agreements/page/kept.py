"""How an agreement is kept, clause by clause, with the evidence (X01)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from agreements.core.texts import ClauseName, keeps_in_words
from agreements.models import Party
from deadlines.dates import both_or_all
from house.room import Keeping
from nhsuk.components import Tag
from nhsuk.words import and_list, plural

State = Literal["missed", "due", "partly", "kept", "nothing_yet", "not_watched"]
# The worst first. What was not asked for yet says nothing against what was kept.
WORST_FIRST: tuple[State, ...] = ("missed", "due", "kept", "nothing_yet")


def state_of(bindings: Collection[str], keepings: Mapping[str, Keeping]) -> State:
    """The worst of what is known; "kept" in part only where something is not watched."""
    known = {keepings[key].state for key in bindings if key in keepings}
    if not known:
        return "not_watched"
    worst = next(state for state in WORST_FIRST if state in known)
    if worst == "kept" and any(key not in keepings for key in bindings):
        return "partly"
    return worst


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


TAGS: dict[State, Tag] = {
    "missed": Tag("Missed", "red"),
    "due": Tag("Due", "yellow"),
    "partly": Tag("Kept in part", "aqua-green"),
    "kept": Tag("Kept", "green"),
    "nothing_yet": Tag("Nothing asked yet", "grey"),
}
# How the summary counts them, in this order.
COUNTED: dict[State, str] = {
    "missed": "missed",
    "due": "due",
    "kept": "kept",
    "partly": "kept in part",
    "nothing_yet": "not asked for yet",
}
# These come first; the others follow in the order of the text.
PRESSING: tuple[State, ...] = ("missed", "due")


@dataclass(frozen=True)
class KeptClause:
    """A clause with a duty that the portal watches."""

    clause: ClauseName
    state: State
    owed_by: str
    keepings: Sequence[Keeping]
    not_watched: str

    @property
    def tag(self) -> Tag:
        return TAGS[self.state]


class Kept:
    """The duties of the version in force, by what the rooms know of them."""

    def __init__(
        self,
        clauses: Iterable[ClauseName],
        keepings: Mapping[str, Keeping],
        parties: Sequence[Party],
    ) -> None:
        self.duties = [clause for clause in clauses if clause.is_duty]
        self.keepings = keepings
        self.parties = {party.slot: party.name for party in parties}

    @cached_property
    def rows(self) -> list[KeptClause]:
        """What is missed or due first, then the others in the order of the text."""
        found = [self._row(duty) for duty in self.duties if self._is_watched(duty)]
        return sorted(found, key=lambda row: _pressing(row.state))

    @cached_property
    def not_watched(self) -> list[ClauseName]:
        return [duty for duty in self.duties if not self._is_watched(duty)]

    @property
    def summary(self) -> str:
        """ "Of 42 duties the portal watches 12: 1 missed, 8 kept, 3 not asked for yet."."""
        of_all = f"Of {plural(len(self.duties), 'duty', 'duties')} the portal watches"
        if not self.rows:
            return f"{of_all} none yet."
        counts = Counter(row.state for row in self.rows)
        said = [f"{counts[state]} {words}" for state, words in COUNTED.items() if counts[state]]
        return f"{of_all} {len(self.rows)}: {', '.join(said)}."

    @property
    def note(self) -> str:
        """What the page's contents say beside the section's name."""
        counts = Counter(row.state for row in self.rows)
        return ", ".join(f"{counts[state]} {state}" for state in PRESSING if counts[state])

    def _is_watched(self, duty: ClauseName) -> bool:
        return any(key in self.keepings for key in duty.bindings)

    def _row(self, duty: ClauseName) -> KeptClause:
        known = [self.keepings[key] for key in duty.bindings if key in self.keepings]
        unknown = [key for key in duty.bindings if key not in self.keepings]
        return KeptClause(
            clause=duty,
            state=state_of(duty.bindings, self.keepings),
            owed_by=self._owed_by(duty),
            keepings=sorted(known, key=lambda keeping: _pressing(keeping.state)),
            not_watched=and_list(keeps_in_words(unknown)),
        )

    def _owed_by(self, duty: ClauseName) -> str:
        owing = [name for slot, name in self.parties.items() if slot in duty.owed_by]
        if owing and len(owing) < len(self.parties):
            return and_list(owing)
        return both_or_all(len(self.parties))


def _pressing(state: State) -> int:
    return PRESSING.index(state) if state in PRESSING else len(PRESSING)
