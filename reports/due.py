"""What is due about reports: one on a quarter that is over, and a remark on what was sent (B15)."""

from __future__ import annotations

from typing import Final

from agreements.core.due import key_of
from agreements.core.parties import there_today
from agreements.core.texts import ClauseName, clauses_bound_to
from agreements.models import Agreement, Party
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from house import clock
from parties.models import Role
from reports.models import Report
from reports.rules import Quarter

# What a clause is bound to that asks for a report; the kind of deadline has the same name.
REPORT: Final = "performance_report"
REMARK: Final = "report_remark"
# The text states no day: it waits since the quarter was over.
CHASED: Final = ("since:+7", "since:+28")
REMARK_CHASED: Final = ("days:-7", "days:-1")


def asks_for_one(agreement: Agreement) -> ClauseName | None:
    """The clause of the text in force that asks for a report on performance. Of several the last:
    a text says what its standards are before it asks for the report on them."""
    if agreement.in_force_version_id is None:
        return None
    return next(reversed(clauses_bound_to(agreement, [REPORT])), None)


def set_report_due(agreement: Agreement, quarter: Quarter) -> None:
    """Of a quarter that is over: whoever owes the report by the text is asked. The agreement is
    locked. Where the text no longer asks for one nobody is."""
    clause = asks_for_one(agreement)
    key, occurrence = key_of(agreement), quarter.first.isoformat()
    if clause is None or not agreement.has_duties:
        cancel_deadline(kind=REPORT, subject_key=key, occurrence=occurrence)
        return
    set_deadline(
        kind=REPORT,
        subject_key=key,
        occurrence=occurrence,
        since=clock.now(),
        schedule=CHASED,
        holders=[For(p.organisation, role=Role.MANAGER) for p in owing(agreement, clause)],
        references=[agreement.reference],
        clause_key=clause.key,
        working=f"{quarter.label} is over. The text names no day for the report.",
    )


def owing(agreement: Agreement, clause: ClauseName) -> list[Party]:
    """The parties that owe it by the clause; all where it names none."""
    there = there_today(agreement)
    return [party for party in there if party.slot in clause.owed_by] or there


def report_sent(report: Report, agreement: Agreement, others: list[Party]) -> None:
    """The lead has done its part; each other party is asked for its remark."""
    meet_deadline(kind=REPORT, subject_key=key_of(agreement), occurrence=report.since.isoformat())
    for party in others:
        set_deadline(
            kind=REMARK,
            subject_key=key_of(report),
            occurrence=party.key,
            due_on=report.remarks_by,
            schedule=REMARK_CHASED,
            holders=[For(party.organisation, role=Role.MANAGER)],
            references=[agreement.reference],
            working="Silence after this day is said as no remark.",
        )


def remarked(report: Report, parties: list[Party], *, said: bool) -> None:
    """These are not asked any longer: they have said it, or it is final, or taken back."""
    close = meet_deadline if said else cancel_deadline
    for party in parties:
        close(kind=REMARK, subject_key=key_of(report), occurrence=party.key)
