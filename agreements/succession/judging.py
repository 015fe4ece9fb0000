"""What the rows of a list of successions mean, each by itself and beside the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from agreements.succession.rules import check, check_beside
from house import clock
from house.refusals import Refused
from parties.models import Organisation, OrganisationName, Succession

UNKNOWN: Final = "“{text}” is no organisation of the portal. Bring it in first, or give its code."
SEVERAL: Final = "“{text}” is the name of several organisations. Give its ODS code."


@dataclass(frozen=True)
class Line:
    """A row as it was read: two organisations as they were typed."""

    row: int
    old: str
    new: str
    on: str
    instrument: str


@dataclass
class Judged:
    """What a row means: the two, and why it cannot be, or that it is on record already."""

    line: Line
    old: Organisation | None = None
    new: Organisation | None = None
    problem: str = ""
    is_known: bool = False

    @property
    def on(self) -> date:
        return date.fromisoformat(self.line.on)

    @property
    def says(self) -> str:
        if self.problem:
            return self.problem
        return "On record already" if self.is_known else "In full"


def judge(lines: Iterable[Line]) -> list[Judged]:
    """Each row by itself and against the others (four queries, for any number)."""
    asked = list(lines)
    known = _Known(asked)
    found = [_judged(line, known) for line in asked]
    _check_together([each for each in found if not each.problem and not each.is_known], known)
    return found


class _Known:
    """The organisations that these rows can mean, and what is on record of them."""

    def __init__(self, lines: Sequence[Line]) -> None:
        typed = {text for line in lines for text in (line.old, line.new)}
        codes = {text.upper() for text in typed}
        same = Q()
        for text in typed:
            same |= Q(name__iexact=text)
        names = OrganisationName.objects.filter(same).values_list("organisation", "name")
        of_name: dict[str, set[int]] = {}
        for pk, name in names if typed else ():
            of_name.setdefault(name.casefold(), set()).add(pk)
        pks = {pk for found in of_name.values() for pk in found}
        rows = Organisation.objects.filter(Q(pk__in=pks) | Q(ods_code__in=codes)).named()
        self.by_pk = {each.pk: each for each in rows}
        self.by_code = {each.ods_code: each for each in rows if each.ods_code}
        self.of_name = of_name
        either = Q(old__in=self.by_pk) | Q(new__in=self.by_pk)
        alive = Succession.objects.filter(either).exclude(state__in=Succession.IDLE)
        self.beside: defaultdict[int, list[Succession]] = defaultdict(list)
        for each in alive.select_related("old", "new").order_by("pk"):
            self.note(each)
        self.on_record = {(s.old_id, s.new_id, s.on) for s in alive if s.full}
        self.taken: set[int] = set()

    def note(self, succession: Succession) -> None:
        for pk in (succession.old_id, succession.new_id):
            self.beside[pk].append(succession)

    def one(self, text: str) -> Organisation:
        if found := self.by_code.get(text.upper()):
            return found
        named = self.of_name.get(text.casefold(), set())
        if len(named) != 1:
            raise Refused((SEVERAL if named else UNKNOWN).format(text=text))
        return self.by_pk[next(iter(named))]


def _judged(line: Line, known: _Known) -> Judged:
    found = Judged(line)
    try:
        found.old, found.new = known.one(line.old), known.one(line.new)
        found.is_known = (found.old.pk, found.new.pk, found.on) in known.on_record
        if found.old.pk in known.taken:
            raise Refused("Another row of the list has this old organisation too.")
        known.taken.add(found.old.pk)
        if not found.is_known:
            check(found.old, found.new, found.on, clock.today(), full=True)
    except Refused as refusal:
        found.problem = refusal.sentence
    return found


def _check_together(rows: Sequence[Judged], known: _Known) -> None:
    """Each row against what is on record, and against the other rows as if they were planned."""
    meant = [(row, _meant(row)) for row in rows]
    for _, succession in meant:
        known.note(succession)
    for row, succession in meant:
        others = [*known.beside[succession.old_id], *known.beside[succession.new_id]]
        try:
            check_beside(succession, (each for each in others if each is not succession))
        except Refused as refusal:
            row.problem = refusal.sentence


def _meant(row: Judged) -> Succession:
    return Succession(old=row.old, new=row.new, on=row.on, state=Succession.State.PLANNED)
