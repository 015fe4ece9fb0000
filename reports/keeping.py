"""Whether the report that a text asks for is made (B15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse

from agreements.core.parties import versions_in_force
from agreements.core.texts import clauses_of, read_clauses
from agreements.models import Agreement, Version
from house import clock
from house.answers import Evidence, Keeping
from house.asked_together import Asking
from reports.due import REPORT
from reports.models import Report
from reports.queries import grouped, not_given_up
from reports.rules import Quarter, first_whole, last_over

NOTHING_YET = "No quarter of it is over yet."
NOT_ASKED = "The text asks for no report on performance."


def asking(agreements: Sequence[Agreement]) -> Asking[Mapping[int, Mapping[str, Keeping]]]:
    """By agreement (one query; none where no text asks for it). Kept: the report on the last
    quarter is final. Missed: so is not even that on the quarter before. The text names no day, so
    until then it is due."""
    signed = versions_in_force(agreements)
    read_clauses(version.pk for version in signed)
    asked = [each.agreement for each in signed if _asks(each)]
    [rows] = yield [not_given_up(asked)]
    today, found = clock.today(), grouped(asked, rows)
    silent = {each.pk: {REPORT: Keeping("nothing_yet", NOT_ASKED)} for each in agreements}
    return silent | {each.pk: {REPORT: _keeping(each, found[each.pk], today)} for each in asked}


def _asks(version: Version) -> bool:
    return any(REPORT in clause.bindings for clause in clauses_of(version))


def _keeping(agreement: Agreement, reports: Sequence[Report], today: date) -> Keeping:
    quarter, final = last_over(today), {r.since: r for r in reversed(reports) if r.is_final}
    evidence = tuple(_evidence(each) for each in reversed(final.values()))
    if quarter.first in final:
        on = f"The report on {quarter.label} is final."
        return Keeping("kept", on, (_evidence(final[quarter.first]),))
    first = first_whole(agreement.runs_from) if agreement.runs_from else None
    if first is None or first > quarter:
        return Keeping("nothing_yet", NOTHING_YET)
    waits = _waits(quarter, reports)
    before = quarter.moved(-1)
    if first <= before and before.first not in final and _is_asked(agreement, before):
        return Keeping("missed", f"There is no final report on {before.label}. {waits}", evidence)
    return Keeping("due", waits, evidence)


def _is_asked(agreement: Agreement, quarter: Quarter) -> bool:
    """Nobody is late with a quarter from before the portal held the agreement."""
    return clock.london_day(agreement.created_at) <= quarter.last


def _waits(quarter: Quarter, reports: Sequence[Report]) -> str:
    sent = any(each.is_sent and each.since == quarter.first for each in reports)
    if sent:
        return f"The report on {quarter.label} waits for the remarks of the other parties."
    return f"The report on {quarter.label} is to be sent."


def _evidence(report: Report) -> Evidence:
    text = f"Report on {report.quarter.label}"
    return Evidence(text, reverse("reports:report", args=[report.key]))
