"""A report of ours at each stage, one that the other party sent us, and the register of each.

What is sent says a word that both parties read; a draft and a register one that is ours alone.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreements.models import Agreement
from house import clock
from jobs.sweep import work_due
from parties.acting import Acting
from reports.models import Figures, Report
from reports.rules import last_over
from reports.services.assuring import begin_assurance
from reports.services.counting import figures_of
from reports.services.sending import send
from tests.access.world import OTHERS_ALONE, OURS, OURS_ALONE

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    agreement = Agreement.objects.get(**world.places["in_force"])
    _draft(world.other, agreement, back=5, words=OTHERS_ALONE)
    ours = {
        "report_draft": _draft(world.us, agreement, back=0, words=OURS_ALONE),
        "report_sent": _sent(world.us, agreement, back=1),
        "report_received": _sent(world.other, agreement, back=2),
        "report_final": _final(world.us, agreement, back=3),
        "report_own": _own(world.us),
    }
    begin_assurance(by=world.other)
    made = begin_assurance(by=world.us)
    work_due()
    return {name: {"key": report.key} for name, report in ours.items()} | {
        "assurance": {"key": made.key}
    }


def _draft(by: Acting, agreement: Agreement, *, back: int, words: str) -> Report:
    """On a quarter before the MoU came into force: the table is made in a moment."""
    return _make(by, f"agreement:{agreement.pk}", back, words, scope="agreement",
                 agreement=agreement)  # fmt: skip


def _own(by: Acting) -> Report:
    return _make(by, f"portfolio:{by.organisation_id}", 4, OURS_ALONE, scope="portfolio")


def _sent(by: Acting, agreement: Agreement, *, back: int) -> Report:
    report = _draft(by, agreement, back=back, words=f"Sooner. {OURS}")
    send(by=by, report=report, remarks_by=clock.today() + timedelta(days=20))
    return report


def _final(by: Acting, agreement: Agreement, *, back: int) -> Report:
    report = _draft(by, agreement, back=back, words=f"Later. {OURS}")
    report.state, report.final_at, report.sendings = Report.State.FINAL, clock.now(), 1
    report.save()
    return report


def _make(by: Acting, subject: str, back: int, words: str, **about: Any) -> Report:
    quarter = last_over(clock.today()).moved(-back)
    report = Report.objects.create(
        organisation=by.on_behalf_of, subject=subject, since=quarter.first, until=quarter.last,
        improvements=words, made_by=by.who, made_at=clock.now(), **about,
    )  # fmt: skip
    Figures.objects.create(
        report=report, counted_at=clock.now(), content=figures_of(report).model_dump(mode="json")
    )
    return report
