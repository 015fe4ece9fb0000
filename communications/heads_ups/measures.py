"""How many messages and decisions came after their heads-up, for a report (A11, A12, B15, C11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import Final

from agreements.core.measuring import key_of_holder
from agreements.core.reached import subpage_url
from agreements.core.texts import clause_bound_to, read_clauses
from agreements.models import Agreement, read_parties
from communications.heads_ups.keepings import owed_by
from communications.heads_ups.queries.judging import Judged
from communications.heads_ups.rules import COMMITTEE, HEADS_UP, WIDER_IMPACT
from communications.models import HeadsUp, HeadsUpAgreement
from house.answers import Measure
from house.clock import end_of, london_instant

LABELS: Final = {
    HEADS_UP: "Messages after the heads-up",
    COMMITTEE: "Messages after the committee was told",
    WIDER_IMPACT: "Decisions after the heads-up",
}


def measures(agreements: Sequence[Agreement], since: date, until: date) -> dict[int, list[Measure]]:
    """Agreement id -> one for each party that owes a kind and sent one (two queries, and what the
    parties and clauses take).

    Only what went out counts: of what is planned only those know who were told. What went first is
    missed, whatever its reason. What no clause asks for is given freely, and is no standard.
    """
    read_parties(agreements)
    found = _went_out(agreements, since, until)
    read_clauses(each.in_force_version_id for each in agreements if found[each.pk])
    return {each.pk: list(_of(each, found[each.pk])) for each in agreements}


def _went_out(agreements: Sequence[Agreement], since: date, until: date) -> dict[int, list[Judged]]:
    rows = HeadsUpAgreement.objects.filter(
        agreement__in=[each.pk for each in agreements],
        heads_up__state=HeadsUp.State.SENT,
        heads_up__sent_at__gte=london_instant(since, time(0)),
        heads_up__sent_at__lt=end_of(until),
    )
    found: dict[int, list[Judged]] = defaultdict(list)
    for row in rows.select_related("heads_up").order_by("pk"):
        found[row.agreement_id].append(Judged(row.heads_up, row.reached_at, row.committee_at))
    return found


def _of(agreement: Agreement, rows: Sequence[Judged]) -> Iterator[Measure]:
    for key in LABELS if rows else ():
        if clause_bound_to(agreement, key):
            yield from _of_kind(agreement, key, owed_by(agreement, key, rows))


def _of_kind(agreement: Agreement, key: str, rows: Sequence[Judged]) -> Iterator[Measure]:
    by: dict[str, list[Judged]] = defaultdict(list)
    for row in rows:
        by[key_of_holder(agreement, row.heads_up.owner_id)].append(row)
    for party, of_party in sorted(by.items()):
        first = sum(row.came_first(committee=key == COMMITTEE) for row in of_party)
        yield Measure(
            f"heads_ups.{key}", LABELS[key], party, met=len(of_party) - first, missed=first,
            url=subpage_url(agreement.reference, "announcements"),
        )  # fmt: skip
