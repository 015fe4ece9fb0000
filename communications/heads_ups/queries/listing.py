"""Heads-ups as a list, and those of agreements with how everybody stood."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from agreements.core.searching import called
from agreements.models import Agreement
from communications.heads_ups.queries.telling import feedback_told, owed_by, standings_of
from communications.heads_ups.rules import Standing
from communications.models import HeadsUp, HeadsUpAgreement
from communications.models.heads_ups import HeadsUpQuerySet
from house.asked_together import Asking
from parties.acting import Acting
from parties.models.organisations import name_today


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
    feedback = _of_feedback([each.pk for each in rows if each.is_feedback])
    return [
        Listed(
            each,
            feedback.get(each.pk)
            or standings_of(row for row in owed[each.pk] if row.concerned.agreement_id in own),
        )
        for each in rows
    ]


def _of_feedback(heads_ups: Collection[int]) -> dict[int, list[Standing]]:
    """Heads-up id -> how the practices stand that feedback goes to (three queries where there is
    any): whoever may see the feedback may know."""
    if not heads_ups:
        return {}
    told = feedback_told(heads_ups)
    rows = HeadsUpAgreement.objects.filter(heads_up__in=heads_ups).select_related("agreement")
    return {
        row.heads_up_id: [
            Standing(row.agreement_id, t.name, t.mailed_at, reference=row.agreement.reference)
            for t in told[row.heads_up_id]
        ]
        for row in rows
    }


def own_agreements(acting: Acting, agreements: Iterable[int]) -> Iterable[int]:
    """Those of these that the organisation is or was a party to (one query)."""
    rows = Agreement.objects.visible_to(acting).filter(pk__in=set(agreements))
    return rows.order_by().values_list("pk", flat=True)


def of_agreement(agreement: Agreement, acting: Acting, most: int) -> list[Listed]:
    """The newest heads-ups under one agreement, with how everybody stood there (eight queries)."""
    rows = HeadsUp.objects.visible_to(acting).filter(concerned__agreement=agreement)
    named = rows.select_related("owner").annotate(owner_called=name_today("owner"))
    heads_ups = list(named.order_by("-planned_for", "-pk")[:most])
    for each in heads_ups:
        each.owner.name_read = getattr(each, "owner_called", None)
    return [each.under(agreement.pk) for each in with_standings(heads_ups, acting)]


def asking_open_at(agreement: Agreement, before: datetime, acting: Acting) -> Asking[list[HeadsUp]]:
    """Those under the agreement of which nobody had said by an instant what came of them."""
    rows = HeadsUp.objects.visible_to(acting).filter(
        Q(closed_at=None) | Q(closed_at__gte=before), concerned__agreement=agreement,
        given_at__lt=before,
    )  # fmt: skip
    named = rows.select_related("owner").annotate(owner_called=name_today("owner"))
    [found] = yield [named.order_by("given_at", "pk")]
    for each in found:
        each.owner.name_read = getattr(each, "owner_called", None)
    return found
