"""Sending a report to the other parties, their remarks, and what makes it final (B15)."""

from __future__ import annotations

from datetime import date

from agreements.core.parties import parties_of, require_role, sides_of
from agreements.core.telling import record, tell_managers
from agreements.models import Agreement, Party
from deadlines.services.setting import set_together
from house import clock
from house.lifecycle import move_locked
from house.once import one_job
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import User
from parties.who import DRAFTERS, MANAGERS
from reports.due import remarked, report_sent
from reports.models import REPORT_LIFECYCLE, Remark, Report
from reports.queries import content_of, others_in, remarks_on, silent
from reports.services.drafting import lock_report, must_lead, note


def send(*, by: Acting, report: Report, remarks_by: date) -> None:
    """Asks the other parties of the agreement for their remarks until the end of a day. Raises
    Refused for a day that has passed."""
    _must_manage(by, report)
    if remarks_by <= clock.today():
        raise Refused("Choose a day after today: the others need time to read.", field="remarks_by")
    with one_job(), set_together():
        current = _of_one(lock_report(report))
        _check_counted(current)
        others = others_in(current)
        if not others:
            raise Refused("No other party is there to remark on it. Make it final.")
        move_locked(
            current, "send", lifecycle=REPORT_LIFECYCLE, sent_by=by.who, sent_at=clock.now(),
            remarks_by=remarks_by, sendings=current.sendings + 1,
        )  # fmt: skip
        report_sent(current, _agreement(current), others)
        _tell(by, current, "report_sent", until=remarks_by.isoformat())


def take_back(*, by: Acting, report: Report, because: str) -> None:
    """Before it is final, to put something right: the others are told, and asked again later."""
    _must_manage(by, report)
    with one_job(), set_together():
        current = _of_one(lock_report(report))
        move_locked(current, "take_back", lifecycle=REPORT_LIFECYCLE, remarks_by=None)
        remarked(current, others_in(current), said=False)
        _tell(by, current, "report_taken_back", because=because)


def remark(*, by: Acting, report: Report, text: str) -> Remark:
    """What another party says of it; no words say that it has no remark. Once all have, it is
    final.

    Raises Refused once it is final or taken back, and for a second word.
    """
    own = must_remark(by, report)
    with one_job(), set_together():
        current = lock_report(report)
        if not current.is_sent:
            state = current.get_state_display().lower()
            raise Refused(f"This report is {state} now, so no remark can be added.")
        if own.pk not in {party.pk for party in silent(current, remarks_on(current))}:
            raise Refused("Your organisation has said its word on this report already.")
        made = Remark.objects.create(
            report=current, sending=current.sendings, organisation=by.on_behalf_of, text=text,
            by=by.who, by_link=by.by_link, at=clock.now(),
        )  # fmt: skip
        same = [p for p in others_in(current) if p.organisation.pk == own.organisation.pk]
        remarked(current, same, said=True)
        _tell(by, current, "report_remarked", only_lead=True, party=own.name)
        if not silent(current, remarks_on(current)):
            _finish(by, current)
    return made


def finish(*, by: Acting, report: Report) -> None:
    """Of several agreements, or where no other party is there: it is final at once."""
    _must_manage(by, report)
    with one_job(), set_together():
        current = lock_report(report)
        if current.is_sent or others_in(current):
            raise Refused("The other parties add their remarks first.")
        _check_counted(current)
        _finish(by, current)


def finish_in_silence(report: Report) -> None:
    """The day for remarks has passed: whoever said nothing has no remark."""
    with one_job(), set_together():
        current = lock_report(report)
        if current.is_sent and current.remarks_by and current.remarks_by < clock.today():
            _finish(Acting(User.objects.system()), current)


def must_remark(by: Acting, report: Report) -> Party:
    """The party for which they speak. Raises NotYours for who may not."""
    require_role(by, DRAFTERS)
    if report.agreement is None or report.organisation_id == by.organisation_id:
        raise NotYours("Only the other parties add a remark.")
    sides = sides_of(report.agreement, by)
    if not sides:
        raise NotYours("Your organisation is not a party to this agreement.")
    return sides[0]


def _finish(by: Acting, report: Report) -> None:
    move_locked(report, "finish", lifecycle=REPORT_LIFECYCLE, final_at=clock.now())
    if report.agreement is None:
        note(by, report, "report_final")
        return
    remarked(report, silent(report, remarks_on(report)), said=False)
    _tell(by, report, "report_final")


def _must_manage(by: Acting, report: Report) -> None:
    must_lead(by, report)
    require_role(by, MANAGERS)


def _of_one(report: Report) -> Report:
    _agreement(report)
    return report


def _agreement(report: Report) -> Agreement:
    if report.agreement is None:
        raise Refused("A report on several agreements is your organisation's own: make it final.")
    return report.agreement


def _check_counted(report: Report) -> None:
    if content_of(report) is None:
        raise Refused("Its figures are not counted yet. Try again in a minute.")


def _tell(by: Acting, report: Report, verb: str, *, only_lead: bool = False, **facts: str) -> None:
    agreement = _agreement(report)
    happening = record(
        by=by, agreement=agreement, about=report, verb=verb, quarter=report.quarter.label,
        key=str(report.key), edition=report.edition, **facts,
    )  # fmt: skip
    lead = [p for p in parties_of(agreement) if p.organisation.pk == report.organisation_id]
    tell_managers(
        of=happening, kind=verb, by=by, others_only=True, only=lead if only_lead else None
    )
