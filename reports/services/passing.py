"""What days bring by themselves: a quarter is over, the day for remarks has passed (B15)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import Q

from agreements.core.due import key_of
from agreements.models import Agreement, ClauseText
from deadlines.models import Deadline
from deadlines.services.setting import cancel_deadlines, set_together
from house import clock
from house.lifecycle import lock
from house.once import one_job
from reports.due import REPORT, asks_for_one, set_report_due
from reports.models import Report, ReportTurn
from reports.rules import first_whole, last_over
from reports.services.sending import finish_in_silence

MOST: Final = 500


def time_passed() -> None:
    """Asks for the report on each quarter that is over, and makes final what all had time to read
    (two index scans)."""
    today = clock.today()
    turns = ReportTurn.objects.filter(on__lte=today).select_related("agreement")
    for turn in turns.order_by("agreement__reference")[:MOST]:
        _turn(turn.agreement)
    sent = Report.objects.filter(state=Report.State.SENT, remarks_by__lt=today)
    for report in sent.select_related("agreement").order_by("agreement__reference")[:MOST]:
        finish_in_silence(report)


def _turn(agreement: Agreement) -> None:
    with one_job(), set_together():
        current = lock(agreement)
        turn = ReportTurn.objects.filter(agreement=current).first()
        if turn is None or turn.on > clock.today():
            return
        # Of quarters that nobody was asked about while the portal stood still only the last.
        quarter = last_over(clock.today())
        if not _is_made(current, quarter.first):
            set_report_due(current, quarter)
        turn.on = quarter.moved(2).first
        turn.save(update_fields=["on"])


def _is_made(agreement: Agreement, since: date) -> bool:
    sent = Q(state__in=[Report.State.SENT, Report.State.FINAL])
    return bool(Report.objects.filter(sent, agreement=agreement, since=since).exists())


def begin_turns(agreement: Agreement) -> None:
    """From now on each whole quarter is asked about, where the text asks for it; the agreement is
    locked. One that is over already is not."""
    begun = agreement.runs_from
    if begun is None or not agreement.has_duties or asks_for_one(agreement) is None:
        end_turns(agreement)
        return
    now = last_over(clock.today()).moved(1)
    quarter = max(first_whole(begun), now)
    on = quarter.moved(1).first
    if not ReportTurn.objects.filter(agreement=agreement).update(on=on):
        ReportTurn.objects.create(agreement=agreement, on=on)


def end_turns(agreement: Agreement) -> None:
    """No report is asked for any more: it has ended, or its text has no such clause."""
    ReportTurn.objects.filter(agreement=agreement).delete()
    waiting = Deadline.objects.still_open().filter(kind=REPORT, subject_key=key_of(agreement))
    cancel_deadlines(list(waiting.values_list("kind", "subject_key", "occurrence")))


def follow_new_text(agreement: Agreement) -> None:
    """What waits is asked for by the new clause, or not at all."""
    if asks_for_one(agreement) is None:
        end_turns(agreement)
    elif not ReportTurn.objects.filter(agreement=agreement).exists():
        begin_turns(agreement)


def make_up_for_turns() -> Iterator[str]:
    """Begins the turns of agreements that were in force before this release; a second run finds
    nothing to do. Gives their references."""
    asking = ClauseText.objects.filter(bindings__icontains=REPORT).values("version")
    alive = Agreement.objects.with_duties().filter(in_force_version__in=asking, report_turn=None)
    for agreement in alive.order_by("reference"):
        with one_job(), set_together():
            begin_turns(lock(agreement))
        yield agreement.reference
