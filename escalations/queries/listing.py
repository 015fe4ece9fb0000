"""The disagreements that an organisation may see: the list, and those under agreements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from agreements.core.searching import holds_text
from agreements.models import Access, Agreement
from escalations.models import Disagreement
from house.once import once_a_page
from parties.acting import Acting
from web.paging import MOST

OPEN = Q(state=Disagreement.State.OPEN)


def found(acting: Acting, wanted: Mapping[str, Any]) -> QuerySet[Disagreement]:
    """Those that match, the open ones that have waited longest first."""
    rows = Disagreement.objects.visible_to(acting).filter(_matching(acting, wanted))
    return rows.select_related("agreement", "version").order_by("-closed_at", "level_since", "pk")


def counts(acting: Acting) -> dict[str, int]:
    """How many are open and how many closed, of the first so many that a list leads to (one
    query)."""
    some = Disagreement.objects.visible_to(acting).order_by()[: MOST + 1]
    return some.aggregate(open=Count("pk", filter=OPEN), closed=Count("pk", filter=~OPEN))


def _matching(acting: Acting, wanted: Mapping[str, Any]) -> Q:
    state, text = wanted.get("state", ""), wanted.get("text", "")
    matching = {"closed": ~OPEN, "all": Q(pk__isnull=False)}.get(state, OPEN)
    if text:
        own = Access.objects.filter(organisation=acting.organisation_id)
        named = own.filter(holds_text(acting, text)).values("agreement")
        matching &= Q(subject__icontains=text) | Q(agreement__in=named)
    return matching


def disagreements_under(
    agreements: Iterable[Agreement], acting: Acting
) -> Mapping[int, Sequence[Disagreement]]:
    """Agreement id -> what the reader may see under it, the newest first (one query a page)."""
    return _under(frozenset(agreement.pk for agreement in agreements), acting)[True]


def those_of_others_under(
    agreements: Iterable[Agreement], acting: Acting
) -> Mapping[int, Sequence[Disagreement]]:
    """The same of those between other parties alone; no more of them is the reader's to know than
    `presenters.between` says (the same query)."""
    return _under(frozenset(agreement.pk for agreement in agreements), acting)[False]


Grouped = Mapping[bool, Mapping[int, Sequence[Disagreement]]]


@once_a_page
def _under(ids: frozenset[int], acting: Acting) -> Grouped:
    return grouped(rows_under(ids, acting))


def rows_under(ids: Iterable[int], acting: Acting) -> QuerySet[Disagreement]:
    """Those under these agreements, the newest first, for `grouped`."""
    rows = Disagreement.objects.with_those_of_others(acting).filter(agreement__in=list(ids))
    found: QuerySet[Disagreement] = rows.select_related("agreement", "version")
    return found.order_by("-number")


def grouped(rows: Iterable[Disagreement]) -> Grouped:
    """Whether the reader may see it -> agreement id -> those of it."""
    found: dict[bool, dict[int, list[Disagreement]]] = {
        is_readers: defaultdict(list) for is_readers in (True, False)
    }
    for each in rows:
        is_readers: bool = each.is_readers  # type: ignore[attr-defined]
        found[is_readers][each.agreement_id].append(each)
    return found
