"""Series that an e-mail could not tell apart: it holds no words of their names (record 0006)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agreements.models import Agreement
from house.clock import london_day
from house.once import each_once
from meetings.models import Series, SeriesAgreement
from nhsuk.dates import day

_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


@dataclass(frozen=True)
class Place:
    """Which of several series that are alike it is, in the order in which they began."""

    number: int
    of: int
    began_on: date

    @property
    def in_short(self) -> str:
        """ " (series 2 of 3)"; empty for the only one."""
        return f" (series {self.number} of {self.of})" if self.of > 1 else ""

    @property
    def in_full(self) -> str:
        """ " This is the second of 3 such series, begun on 3 March 2014."."""
        if self.of == 1:
            return ""
        few = self.number <= len(_PLACES)
        which = _PLACES[self.number - 1] if few else f"number {self.number}"
        return f" This is the {which} of {self.of} such series, begun on {day(self.began_on)}."


def place_of(series: Series, seen: Collection[int]) -> Place:
    """Among the running series that are of its kind and held as often, of these agreements alone:
    the reader knows of no others."""
    beside = _beside([series.pk])[series.pk]
    rows = [each for of, each in beside if of in seen and _alike(each) == _alike(series)]
    alike = sorted({each.pk: each for each in [*rows, series]}.values(), key=_began)
    number = [each.pk for each in alike].index(series.pk) + 1
    return Place(number, len(alike), london_day(series.made_at))


def read_places(series: Iterable[Series]) -> None:
    """Keeps at hand what `place_of` asks for (two queries, for any number)."""
    _beside(each.pk for each in series)


@each_once(Series, SeriesAgreement)
def _beside(series: Collection[int]) -> dict[int, list[tuple[int, Series]]]:
    """By series the running ones that serve one of its agreements, each with that agreement."""
    found: dict[int, list[tuple[int, Series]]] = {pk: [] for pk in series}
    own = SeriesAgreement.objects.filter(series__in=found).order_by("pk")
    served = list(own.values_list("series", "agreement"))
    there = Q(agreement__in={agreement for _, agreement in served}, series__ended_on=None)
    rows = SeriesAgreement.objects.filter(there).select_related("series").order_by("pk")
    of_agreement: dict[int, list[Series]] = {}
    for row in rows:
        of_agreement.setdefault(row.agreement_id, []).append(row.series)
    for pk, agreement in served:
        found[pk] += [(agreement, each) for each in of_agreement.get(agreement, [])]
    return found


def running_of_terms(agreements: Iterable[Agreement], key: str) -> dict[int, Series]:
    """By agreement its own running series that the terms ask for under this key (one query)."""
    ids = [each.pk for each in agreements]
    rows = SeriesAgreement.objects.filter(agreement__in=ids, series__ended_on=None)
    own = rows.filter(series__purpose=Series.Purpose.WIDER).select_related("series")
    return {row.agreement_id: row.series for row in own if row.series.term_key == key}


def _alike(series: Series) -> tuple[str, str, int | None]:
    return series.purpose, series.cadence, series.per_year


def _began(series: Series) -> tuple[object, int]:
    return series.made_at, series.pk
