"""The disagreements that an organisation may see: the list, and those under agreements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from agreements.models import Agreement, PartySpell
from escalations.models import Disagreement
from house.once import once_a_page
from parties.acting import Acting

OPEN = Q(state=Disagreement.State.OPEN)


def found(acting: Acting, wanted: Mapping[str, Any]) -> QuerySet[Disagreement]:
    """Those that match, the open ones that have waited longest first."""
    rows = Disagreement.objects.visible_to(acting).filter(_matching(wanted))
    return rows.select_related("agreement", "version").order_by("-closed_at", "level_since", "pk")


def counts(acting: Acting, wanted: Mapping[str, Any]) -> dict[str, int]:
    """How many are open, how many closed, and how many match (one query)."""
    return Disagreement.objects.visible_to(acting).aggregate(
        open=Count("pk", filter=OPEN),
        closed=Count("pk", filter=~OPEN),
        matching=Count("pk", filter=_matching(wanted)),
    )


def _matching(wanted: Mapping[str, Any]) -> Q:
    state, text = wanted.get("state", ""), wanted.get("text", "")
    matching = {"closed": ~OPEN, "all": Q(pk__isnull=False)}.get(state, OPEN)
    if text:
        matching &= (
            Q(subject__icontains=text)
            | Q(agreement__reference__icontains=text)
            | Q(agreement__title__icontains=text)
            | Q(_with_party_called(text))
        )
    return matching


def _with_party_called(text: str) -> Exists:
    spells = PartySpell.objects.filter(party__agreement=OuterRef("agreement"))
    return Exists(spells.filter(organisation__names__name__icontains=text))


def disagreements_under(
    agreements: Iterable[Agreement], acting: Acting
) -> Mapping[int, Sequence[Disagreement]]:
    """Agreement id -> what the reader may see under it, the newest first (one query a page)."""
    return _under(frozenset(agreement.pk for agreement in agreements), acting)


@once_a_page
def _under(ids: frozenset[int], acting: Acting) -> Mapping[int, Sequence[Disagreement]]:
    found: dict[int, list[Disagreement]] = defaultdict(list)
    visible = Disagreement.objects.visible_to(acting).filter(agreement__in=ids)
    for each in visible.select_related("agreement", "version").order_by("-number"):
        found[each.agreement_id].append(each)
    return found
