"""Heads-ups as a list, and those of agreements with how everybody stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from agreements.core.searching import called
from agreements.models import Agreement
from communications.heads_ups.queries.telling import owed_by, standings_of
from communications.heads_ups.rules import Standing
from communications.models import HeadsUp, HeadsUpAgreement, OwedTo
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

    def under(self, agreement: int) -> Listed:
        """The same of one agreement alone."""
        return replace(self, standings=[s for s in self.standings if s.agreement == agreement])

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
    owed = owed_by([each.pk for each in rows]) if rows else {}
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
    reader may see them, by planned time (seven queries for any number)."""
    found_ = judged(agreements, acting)
    seen = {each.heads_up.pk: each.heads_up for rows in found_.values() for each in rows}
    full = {each.heads_up.pk: each for each in with_standings(seen.values(), acting)}
    return {pk: [full[each.heads_up.pk].under(pk) for each in rows] for pk, rows in found_.items()}


def judged(agreements: Iterable[int], acting: Acting) -> Mapping[int, Sequence[Listed]]:
    """The same with what the record says of each alone, without names: for the answer to "is this
    kept?" (one query for any number, once a page)."""
    return _judged(frozenset(agreements), acting)


@once_a_page
def _judged(agreements: frozenset[int], acting: Acting) -> Mapping[int, Sequence[Listed]]:
    since = clock.now() - LOOKED_AT
    to = "concerned__heads_up"
    rows = OwedTo.objects.filter(
        Q(**{f"{to}__state": HeadsUp.State.PLANNED}) | Q(**{f"{to}__planned_for__gte": since}),
        concerned__agreement__in=agreements,
        concerned__heads_up__in=HeadsUp.objects.visible_to(acting),
    )  # fmt: skip
    named = rows.select_related(to, f"{to}__owner").annotate(called=name_today(f"{to}__owner"))
    found_: dict[int, dict[int, Listed]] = defaultdict(dict)
    for row in named.order_by(f"{to}__planned_for", to, "pk"):
        heads_up, agreement = row.concerned.heads_up, row.concerned.agreement_id
        heads_up.owner.name_read = row.called
        listed = found_[agreement].setdefault(heads_up.pk, Listed(heads_up, []))
        listed.standings.append(Standing(agreement, "", row.told_at, bool(row.committee_id)))
    return {pk: list(rows.values()) for pk, rows in found_.items()}


def open_at(agreement: Agreement, before: datetime, acting: Acting) -> list[HeadsUp]:
    """Those under the agreement of which nobody had said by an instant what came of them."""
    rows = HeadsUp.objects.visible_to(acting).filter(
        Q(closed_at=None) | Q(closed_at__gte=before), concerned__agreement=agreement,
        given_at__lt=before,
    )  # fmt: skip
    named = rows.select_related("owner").annotate(owner_called=name_today("owner"))
    found_ = list(named.order_by("given_at", "pk"))
    for each in found_:
        each.owner.name_read = each.owner_called
    return found_
