"""How many releases met their lead time, and had the word of a team before, for a report (A07, A08,
A10, B15, D18; record 0030)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import Final

from agreements.core.measuring import key_of_holder
from agreements.core.reached import subpage_url
from agreements.core.texts import clause_bound_to, read_clauses
from agreements.models import Agreement, read_parties
from communications.keepings import MISSED, of_notice
from communications.models import Announcement, ConcernedAgreement
from communications.queries.listing import team_heard
from communications.team_keeping import TEAM, owing
from house.answers import Measure
from house.clock import end_of, london_instant
from nhsuk.words import plural

LABELS: Final = {
    Announcement.Kind.PUBLICATION.value: "Publications shared in time",
    Announcement.Kind.PRESS_RELEASE.value: "Press releases shared in time",
}
HEARD: Final = "Press releases after a team was heard"


def measures(agreements: Sequence[Agreement], since: date, until: date) -> dict[int, list[Measure]]:
    """Agreement id -> one for each party that released something of a kind (two queries, and what
    the clauses take).

    Only what was released counts: of what is under embargo nobody else may know. Shorter notice
    with its reason is what the text allows: it stands among the exclusions.
    """
    read_parties(agreements)
    found = _released(agreements, since, until)
    read_clauses(each.in_force_version_id for each in agreements if found[each.pk])
    return {
        each.pk: [*_of(each, found[each.pk]), *_heard(each, found[each.pk])] for each in agreements
    }


def _released(
    agreements: Sequence[Agreement], since: date, until: date
) -> dict[int, list[ConcernedAgreement]]:
    begin, end = london_instant(since, time(0)), end_of(until)
    rows = ConcernedAgreement.objects.filter(
        agreement__in=[each.pk for each in agreements],
        announcement__state=Announcement.State.RELEASED,
        announcement__release__released_at__gte=begin,
        announcement__release__released_at__lt=end,
    )
    found: dict[int, list[ConcernedAgreement]] = defaultdict(list)
    rows = rows.annotate(heard=team_heard())
    for row in rows.select_related("announcement__release").order_by("pk"):
        found[row.agreement_id].append(row)
    return found


def _of(agreement: Agreement, rows: Sequence[ConcernedAgreement]) -> Iterator[Measure]:
    """What was planned while the terms asked for no lead time is not counted."""
    by: dict[tuple[str, str], list[ConcernedAgreement]] = defaultdict(list)
    for row in rows:
        if row.share_by is None:
            continue
        by[row.announcement.kind, key_of_holder(agreement, row.announcement.owner_id)].append(row)
    for (kind, party), of_party in sorted(by.items()):
        counts = Counter(of_notice(row) for row in of_party)
        yield Measure(
            f"announcements.{kind}", LABELS[kind], party,
            met=counts["in_time"], missed=sum(counts[each] for each in MISSED),
            excluded=counts["explained"], url=subpage_url(agreement.reference, "announcements"),
            said=_said(counts),
        )  # fmt: skip


def _heard(agreement: Agreement, rows: Sequence[ConcernedAgreement]) -> Iterator[Measure]:
    """The press releases of those whom a clause asks to hear their communications team first."""
    if not rows or clause_bound_to(agreement, TEAM) is None:
        return
    by: dict[str, list[ConcernedAgreement]] = defaultdict(list)
    for row in owing(agreement, rows):
        by[key_of_holder(agreement, row.announcement.owner_id)].append(row)
    for party, of_party in sorted(by.items()):
        heard = sum(bool(getattr(row, "heard", False)) for row in of_party)
        yield Measure(
            f"announcements.{TEAM}", HEARD, party, met=heard, missed=len(of_party) - heard,
            url=subpage_url(agreement.reference, "announcements"),
        )  # fmt: skip


def _said(counts: Counter[str]) -> str:
    said = []
    if counts["explained"]:
        said.append(f"{counts['explained']} came at shorter notice with the reason.")
    if counts["none"]:
        were = plural(counts["none"], "was", "were")
        said.append(f"{were} released before any draft was shared.")
    return " ".join(said)
