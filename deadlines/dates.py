"""Deadlines as dates of the year's picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from deadlines.models import Deadline, Holder
from deadlines.rules.working_days import Holidays, distance
from deadlines.year_picture import PictureEntry, State
from house import clock
from house.clock import london_day
from house.lists_in_rows import rows_below
from nhsuk.components import Link
from nhsuk.dates import clock_time, day
from nhsuk.words import and_list, capital
from parties.acting import Acting
from parties.models import Role

# A picture of more than this says nothing.
MOST = 60
# What stands in the picture besides what the deadline itself says.
Besides = Callable[[Deadline], Mapping[str, str | Link | None]]


def dates_between(
    acting: Acting, references: Iterable[str], first: date, last: date
) -> QuerySet[Deadline]:
    """What is or was due between two days for these agreements, and what is late from before.

    Of very many the open ones come first, then those that were done last; at most `MOST`.
    """
    open_before = Q(state=Deadline.State.OPEN, due_on__lt=first)
    seen = Deadline.objects.visible_to(acting).about(*references)
    found = seen.filter(Q(due_on__range=(first, last)) | open_before).exclude(
        state=Deadline.State.CANCELLED
    )
    return found.order_by(F("closed_at").desc(nulls_first=True), "due_on", "pk")[:MOST]


class Held(NamedTuple):
    """Who holds a deadline: a person or a team by name, else a role, of an organisation."""

    pk: int
    organisation: int
    name: str
    role: str
    watches: bool


def with_holders(deadlines: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """The same deadlines, each with its holders, as `who_holds` says them (no more queries)."""
    name = Coalesce("person__name", "team__name", Value(""))
    held = rows_below(
        Holder.objects.all(), "deadline", "pk", "organisation", name, "role", "watches"
    )
    return deadlines.annotate(held=held)


def entries_of(
    called: Mapping[Deadline, str], today: date, holidays: Holidays, besides: Besides
) -> list[PictureEntry]:
    """One for each deadline; `called` has what it is called."""
    return [
        PictureEntry(
            day=deadline.due_on,
            what=what,
            state=_state(deadline, today),
            note=_note(deadline, today, holidays),
            working=deadline.working,
            **besides(deadline),  # type: ignore[arg-type]
        )
        for deadline, what in called.items()
        if deadline.due_on
    ]


def who_holds(deadline: Deadline, names: Mapping[int, str]) -> str:
    """Who sees to it: people and teams with their organisation, else the organisations.

    `names` are the parties' by the ids of their organisations: what concerns other agreements too
    may have holders whom these parties need not know.
    """
    held = sorted(Held(*each) for each in getattr(deadline, "held", None) or ())
    acting = [each for each in held if each.organisation in names and not each.watches]
    of_all = {each.organisation for each in acting if not each.name}
    if of_all == names.keys() and len(acting) == len(of_all):
        return both_or_all(len(names))
    sides = dict.fromkeys(each.organisation for each in acting)
    return and_list(
        _of_side([each for each in acting if each.organisation == side], names[side])
        for side in sides
    )


def _of_side(holders: Sequence[Held], organisation: str) -> str:
    """ "Maud Manager or Press office, Northern Moors Area Team"."""
    named = any(holder.name for holder in holders)
    said = [h.name or str(Role(h.role or Role.MANAGER).label) for h in holders]
    return f"{' or '.join(dict.fromkeys(said))}, {organisation}" if named else organisation


def both_or_all(parties: int) -> str:
    return "both parties" if parties == 2 else "all parties"


def _state(deadline: Deadline, today: date) -> State:
    if not deadline.is_open:
        return "done"
    if deadline.due_at:
        return "late" if deadline.due_at < clock.now() else "due"
    return "late" if deadline.due_on and deadline.due_on < today else "due"


def _note(deadline: Deadline, today: date, holidays: Holidays) -> str:
    """When it was done; else how far it is, with the minute where there is one."""
    if deadline.closed_at:
        return f"Done on {day(london_day(deadline.closed_at))}"
    assert deadline.due_on  # noqa: S101 - only what has a day stands in the picture
    words = distance(deadline.due_on, today, holidays)
    at = f" at {clock_time(deadline.due_at)}" if deadline.due_at else ""
    return f"{capital(words)}{at}"
