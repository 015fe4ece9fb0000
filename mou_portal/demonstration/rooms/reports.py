"""Reports: a final one, one that waits for a remark, and a register for an audit committee."""

from __future__ import annotations

from datetime import date, timedelta

from agreements.models import Agreement
from house import clock
from jobs.sweep import work_due
from mou_portal.demonstration.acts import AMARA, by, days_ago
from reports.models import Report
from reports.rules import Quarter, last_over
from reports.services.assuring import begin_assurance
from reports.services.drafting import draft_report, write_improvements
from reports.services.sending import remark, send

GRETA = "Greta Holm"
FOR_REMARKS = timedelta(days=21)


def load() -> None:
    """Under the agreement with Aldermoor CCG, unless there are some already."""
    agreement = Agreement.objects.filter(state="in_force", origin="drafted").first()
    if agreement is None or Report.objects.exists():
        return
    newest = last_over(clock.today())
    final(agreement, newest.moved(-1))
    waiting(agreement, newest)
    with days_ago(20), by(AMARA) as amara:
        begin_assurance(by=amara)
        work_due()


def final(agreement: Agreement, quarter: Quarter) -> None:
    report = sent(
        agreement, quarter, quarter.last + timedelta(days=8),
        "Drafts of announcements came later than they should. The press team now shares a draft "
        "when it plans a release, not when it is approved.",
    )  # fmt: skip
    with days_ago(_ago(quarter.last + timedelta(days=15))), by(GRETA) as greta:
        remark(
            by=greta, report=report,
            text="We agree. On our side the list of contacts is to be looked through each quarter.",
        )  # fmt: skip


def waiting(agreement: Agreement, quarter: Quarter) -> None:
    """Sent six days ago, or on the first day after its quarter."""
    day = max(quarter.last + timedelta(days=1), clock.today() - timedelta(days=6))
    sent(agreement, quarter, day, "Actions without a date are easily forgotten: give each a date.")


def sent(agreement: Agreement, quarter: Quarter, day: date, words: str) -> Report:
    with days_ago(_ago(day)), by(AMARA) as amara:
        report = draft_report(by=amara, agreement=agreement, quarter=quarter)
        write_improvements(by=amara, report=report, edit_no=0, text=words)
        report.refresh_from_db()
        send(by=amara, report=report, remarks_by=clock.today() + FOR_REMARKS)
    return report


def _ago(day: date) -> int:
    return (clock.today() - day).days
