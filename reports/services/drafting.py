"""Drafting a report: its figures are counted, whoever leads says where to improve (B15)."""

from __future__ import annotations

from typing import Any

from agreements.core.measuring import ran_in
from agreements.core.parties import require_role, side_of
from agreements.models import Agreement, Issue
from audit.services import write_entry
from house import clock
from house.lifecycle import lock, move_locked
from house.once import one_job
from house.refusals import ChangedMeanwhile, NotYours, Refused
from parties.acting import Acting
from parties.models import Organisation
from parties.who import DRAFTERS
from reports.models import REPORT_LIFECYCLE, Report
from reports.rules import Quarter, last_over
from reports.services.counting import begin_counting, count
from reports.sources import counts

Scope, State = Report.Scope, Report.State


def draft_report(*, by: Acting, agreement: Agreement, quarter: Quarter) -> Report:
    """The report of one agreement on a quarter that is over. Its other parties see it once it is
    sent. Raises Refused where there is one already, or nothing to report."""
    require_role(by, DRAFTERS)
    side_of(agreement, by)
    with one_job():
        current = lock(agreement)
        _must_be_over(quarter)
        if not ran_in(current, quarter.first, quarter.last):
            raise Refused("The MoU was not in force in this quarter.", field="quarter")
        if not counts(current):
            raise Refused(
                "The text of this MoU says that reporting is never performance management. No "
                "report is made of how it was kept."
            )
        report = _make(by, f"agreement:{current.pk}", quarter, scope=Scope.AGREEMENT,
                       agreement=current)  # fmt: skip
        count(report)
    return report


def draft_of_several(
    *,
    by: Acting,
    scope: str,
    quarter: Quarter,
    other: Organisation | None = None,
    issue: Issue | None = None,
) -> Report:
    """The report of all agreements with one organisation, of a group, or of all that there are: it
    is one's own organisation's alone. A background job counts the figures."""
    require_role(by, DRAFTERS)
    own = by.on_behalf_of.pk
    about = {
        Scope.PARTY: f":{other.pk}" if other else None,
        Scope.GROUP: f":{issue.pk}" if issue else None,
        Scope.PORTFOLIO: "",
    }[Scope(scope)]
    if about is None:
        raise Refused("Choose what the report is about.")
    with one_job():
        lock(by.on_behalf_of)
        _must_be_over(quarter)
        report = _make(by, f"{scope}:{own}{about}", quarter, scope=scope, other=other, issue=issue)
        begin_counting(report, by)
    return report


def new_edition(*, by: Acting, report: Report, because: str) -> Report:
    """Counts a final report anew and says so: the one before stays as it was."""
    must_lead(by, report)
    with one_job():
        before = lock_report(report)
        if not before.is_final or before.corrected_by.exclude(state=State.GIVEN_UP).exists():
            raise Refused("Only the newest edition of a final report is put right by another.")
        made = _make(
            by, before.subject, before.quarter, scope=before.scope, agreement=before.agreement,
            other=before.other, issue=before.issue, edition=before.edition + 1, corrects=before,
            because=because, improvements=before.improvements,
        )  # fmt: skip
        _count(made, by)
    return made


def write_improvements(*, by: Acting, report: Report, edit_no: int, text: str) -> None:
    """What the lead says of where to improve. Raises ChangedMeanwhile where somebody else wrote."""
    must_lead(by, report)
    with one_job():
        current = _lock_draft(report)
        if current.edit_no != edit_no:
            raise ChangedMeanwhile("report", current.edit_no)
        current.improvements, current.edit_no = text, current.edit_no + 1
        current.save(update_fields=["improvements", "edit_no"])
        note(by, current, "report_written")


def count_again(*, by: Acting, report: Report) -> None:
    """With what was recorded meanwhile."""
    must_lead(by, report)
    with one_job():
        current = _lock_draft(report)
        _count(current, by)
        note(by, current, "report_counted")


def give_up(*, by: Acting, report: Report) -> None:
    """A draft that nobody goes on with."""
    must_lead(by, report)
    with one_job():
        current = lock_report(report)
        move_locked(current, "give_up", lifecycle=REPORT_LIFECYCLE)
        note(by, current, "report_given_up")


def must_lead(by: Acting, report: Report) -> None:
    """Raises NotYours for whoever only reads it."""
    if report.organisation_id != by.organisation_id:
        raise NotYours("Only the organisation whose report it is may do this.")
    require_role(by, DRAFTERS)


def may_lead(by: Acting, report: Report) -> bool:
    return report.organisation_id == by.organisation_id and DRAFTERS.includes(by)


def lock_report(report: Report) -> Report:
    """The report as it is now, behind its agreement, which other services lock first."""
    if report.agreement:
        lock(report.agreement)
    return lock(report)


def note(by: Acting, report: Report, verb: str, **facts: Any) -> None:
    """The audit's row. Of what its own organisation alone reads nothing stands on a timeline."""
    write_entry(
        actor=by.user, organisation_id=by.organisation_id, verb=verb, about=report,
        payload={"report": str(report.key), "quarter": report.quarter.label, **facts},
    )  # fmt: skip


def _lock_draft(report: Report) -> Report:
    current = lock_report(report)
    if not current.is_draft:
        raise Refused("This report is not a draft any more. Make another edition once it is final.")
    return current


def _count(report: Report, by: Acting) -> None:
    if report.is_of_one:
        count(report)
    else:
        begin_counting(report, by)


def _must_be_over(quarter: Quarter) -> None:
    if quarter > last_over(clock.today()):
        raise Refused("This quarter is not over yet.", field="quarter")


def _make(by: Acting, subject: str, quarter: Quarter, **columns: Any) -> Report:
    """Raises Refused where the same edition is there already: its subject is locked."""
    there = Report.objects.filter(subject=subject, since=quarter.first).exclude(
        state=State.GIVEN_UP
    )
    newest = there.select_related("organisation").order_by("-edition").first()
    if newest and newest.edition >= columns.get("edition", 1):
        raise Refused(_there_is(newest), field="quarter")
    report = Report.objects.create(
        organisation=by.on_behalf_of, subject=subject, since=quarter.first, until=quarter.last,
        made_by=by.who, made_at=clock.now(), **columns,
    )  # fmt: skip
    note(by, report, "report_drafted")
    return report


def _there_is(report: Report) -> str:
    """Of another party's draft no more than whose it is."""
    if report.is_final:
        return "There is a final report on this quarter. Open it to make another edition."
    if report.is_sent:
        return "There is a report on this quarter, which waits for remarks."
    return f"{report.organisation} is drafting the report on this quarter."
