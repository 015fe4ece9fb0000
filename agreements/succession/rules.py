"""Who holds a side from which day on, and which succession cannot be (X07).

Days are London's: the new organisation's first day is the day after the old one's last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from house.refusals import Refused
from nhsuk.dates import day
from parties.models import Organisation, Succession

DAY: Final = timedelta(days=1)
# Nobody plans one further ahead, or records one later than this.
MOST_AHEAD: Final = timedelta(days=3 * 366)
MOST_LATE: Final = timedelta(days=15 * 366)

PLACE: Final = (
    "{name} is a place that keeps an old code, and no legal body. Agreements go to the body that "
    "it belongs to."
)
ONCE: Final = "Another succession of {old} in full is planned already. Withdraw that one first."
TAKEN: Final = "{new} takes the place of {old} on {on}. Choose {new}."
COMES: Final = "{new} takes the place of {old} on {on}. Choose a later day than that."
CLOSES: Final = "{name} closes on {on}. In full another takes its place on the day after that."


@dataclass(frozen=True)
class Held:
    """Somebody holds a side from one day to another, both included; None has no bound there."""

    by: int
    first: date | None = None
    last: date | None = None
    # The row that says so; None for one that is to be made.
    row: int | None = None

    def on(self, day_: date) -> bool:
        return (self.first or date.min) <= day_ <= (self.last or date.max)


def passed_on(spells: Iterable[Held], old: int, new: int, on: date) -> Iterator[Held]:
    """The spells of a side once `new` has taken the place of `old` from this day on.

    What the old one held before the day stays its own; a day to come on which it was to leave is
    the new one's. Spells of others stay as they are.
    """
    for spell in spells:
        if spell.by != old or (spell.last or date.max) < on:
            yield spell
        elif (spell.first or date.min) >= on:
            yield replace(spell, by=new)
        else:
            yield replace(spell, last=on - DAY)
            yield Held(new, on, spell.last)


def check(old: Organisation, new: Organisation, on: date, today: date, *, full: bool) -> None:
    """Raises Refused for a succession that cannot be, with what to do instead."""
    for sentence, field in _problems(old, new, on, today, full=full):
        raise Refused(sentence, field=field)


def check_beside(found: Succession, others: Iterable[Succession]) -> None:
    """Raises Refused where it does not go together with the others of the two organisations that
    are asked for, planned or begun: what one of them brings would be left with a closed body."""
    for other in others:
        for sentence in _clashes(found, other):
            raise Refused(sentence, field="on")


def _clashes(found: Succession, other: Succession) -> Iterator[str]:
    is_new = other.full and other.old_id == found.new_id
    before = other.is_planned and other.on <= found.on
    if is_new and (before or (other.has_begun and found.new.closed_on)):
        yield TAKEN.format(old=found.new, new=other.new, on=day(other.on))
    waits = found.full and other.is_planned and other.new_id == found.old_id
    if waits and other.on >= found.on:
        yield COMES.format(old=other.old, new=found.old, on=day(other.on))
    if (
        found.full
        and other.full
        and other.old_id == found.old_id
        and (other.is_asked or other.is_planned or other.state == Succession.State.RUNNING)
    ):
        yield ONCE.format(old=found.old)


def _problems(
    old: Organisation, new: Organisation, on: date, today: date, *, full: bool
) -> Iterator[tuple[str, str]]:
    if old.pk == new.pk:
        yield "Choose two organisations: none takes its own place.", "old"
    if not new.is_legal_body and not new.is_committee:
        yield PLACE.format(name=new.name), "new"
    if new.closed_on and new.closed_on < on:
        yield f"{new.name} closed on {day(new.closed_on)}, so it takes nobody's place then.", "new"
    if new.opened_on and new.opened_on > on:
        yield f"{new.name} opens on {day(new.opened_on)}. Enter that day or a later one.", "on"
    if full and old.closed_on and old.closed_on >= on:
        yield CLOSES.format(name=old.name, on=day(old.closed_on)), "on"
    if not full and old.closed_on and old.closed_on < on - DAY:
        yield f"{old.name} closed on {day(old.closed_on)}. Choose in full.", "full"
    if not today - MOST_LATE <= on <= today + MOST_AHEAD:
        yield "Enter a day within three years from now, or of the last fifteen.", "on"
