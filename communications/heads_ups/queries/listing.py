"""Heads-ups as a list, and those of agreements with how everybody stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from agreements.core.searching import called
from agreements.models import Agreement
from communications.heads_ups.queries.telling import owed_by, standings_of
from communications.heads_ups.rules import Standing
from communications.models import HeadsUp, HeadsUpAgreement
from communications.models.heads_ups import HeadsUpQuerySet
from house import clock
from house.once import once_a_page
from parties.acting import Acting
from parties.models.organisations import name_today

# A duty that goes on for ever is judged by its last year.
LOOKED_AT = timedelta(days=365)


@dataclass(frozen=True)
class Listed:
    """A heads-up, with how those stand who are to be told under agreements of the reader's."""

    heads_up: HeadsUp
    standings: list[Standing]

    @property
    def references(self) -> list[str]:
        return list(dict.fromkeys(each.reference for each in self.standings))


def found(acting: Acting, wanted: Mapping[str, Any]) -> HeadsUpQuerySet:
    """Those that match and that the reader may see, the latest planned first."""
    rows = HeadsUp.objects.visible_to(acting)
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if wanted.get("kind"):
        rows = rows.filter(kind=wanted["kind"])
    if wanted.get("whose"):
        ours = Q(owner=acting.organisation_id or 0)
        rows = rows.filter(ours if wanted["whose"] == "ours" else ~ours)
    if wanted.get("agreement"):
        concerned = HeadsUpAgreement.objects.filter(
            agreement__in=called(acting, wanted["agreement"])
        )
        rows = rows.filter(pk__in=concerned.order_by().values("heads_up"))
    return rows.order_by("-planned_for", "-pk")


def with_standings(heads_ups: Iterable[HeadsUp], acting: Acting) -> list[Listed]:
    """The rows of a page with what they show (eight queries, for any number)."""
    rows = list(heads_ups)
    owed = owed_by([each.pk for each in rows])
    concerned = (row.concerned.agreement_id for of_one in owed.values() for row in of_one)
    own = set(own_agreements(acting, concerned))
    return [
        Listed(
            each,
            standings_of(row for row in owed[each.pk] if row.concerned.agreement_id in own),
        )
        for each in rows
    ]


def own_agreements(acting: Acting, agreements: Iterable[int]) -> Iterable[int]:
    """Those of these that the organisation is or was a party to (one query)."""
    rows = Agreement.objects.visible_to(acting).filter(pk__in=set(agreements))
    return rows.order_by().values_list("pk", flat=True)


def by_agreement(agreements: Iterable[int], acting: Acting) -> Mapping[int, Sequence[Listed]]:
    """Agreement id -> the heads-ups of the last year, and those that are planned, as far as the
    reader may see them, by planned time (eight queries for any number, once a page)."""
    return _by_agreement(frozenset(agreements), acting)


@once_a_page
def _by_agreement(agreements: frozenset[int], acting: Acting) -> Mapping[int, Sequence[Listed]]:
    since = clock.now() - LOOKED_AT
    rows = HeadsUpAgreement.objects.filter(
        Q(heads_up__state=HeadsUp.State.PLANNED) | Q(heads_up__planned_for__gte=since),
        agreement__in=agreements, heads_up__in=HeadsUp.objects.visible_to(acting),
    )  # fmt: skip
    named = rows.select_related("heads_up__owner").annotate(
        owner_called=name_today("heads_up__owner")
    )
    concerned = list(named.order_by("heads_up__planned_for", "heads_up_id"))
    for row in concerned:
        row.heads_up.owner.name_read = row.owner_called
    owed = owed_by({row.heads_up_id for row in concerned}) if concerned else {}
    found_: dict[int, list[Listed]] = defaultdict(list)
    for row in concerned:
        of_one = (each for each in owed[row.heads_up_id] if each.concerned_id == row.pk)
        found_[row.agreement_id].append(Listed(row.heads_up, standings_of(of_one)))
    return found_


def open_at(agreement: Agreement, before: datetime, acting: Acting) -> list[HeadsUp]:
    """Those under the agreement of which nobody had said by an instant what came of them."""
    rows = HeadsUp.objects.visible_to(acting).filter(
        Q(closed_at=None) | Q(closed_at__gte=before), concerned__agreement=agreement,
        given_at__lt=before,
    )  # fmt: skip
    return list(rows.select_related("owner").order_by("given_at", "pk"))
