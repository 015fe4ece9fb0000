"""How MoUs go on and end: an extension that waits, a notice, an end to be confirmed, a hold."""

from __future__ import annotations

from datetime import timedelta

from agreements.changes.services.answering import answer_change
from agreements.changes.services.notices import give_notice
from agreements.changes.services.opening import propose_extension, record_end
from agreements.models import Agreement, Change, Hold
from agreements.retention.services.keeping import place_hold
from house import clock
from house.clock import months_after
from mou_portal.demonstration.acts import by, days_ago
from mou_portal.demonstration.neighbours import CHAIRS, PRACTICE_LEAD
from mou_portal.demonstration.rooms.two_of_ten import TITLE as OF_TEN
from mou_portal.demonstration.rooms.years_ago import TITLE as YEARS_AGO

GRETA = "Greta Holm"


def load() -> None:
    """Unless there is one already."""
    if Change.objects.exclude(kind__in=Change.OF_TEXT).exists():
        return
    found = {each.title: each for each in Agreement.objects.taking_acts()}
    if OF_TEN in found:
        _extension(found[OF_TEN])
    if "Practice resilience" in found:
        _notice(found["Practice resilience"])
    if YEARS_AGO in found:
        with days_ago(4), by(GRETA) as greta:
            record_end(
                by=greta, agreement=found[YEARS_AGO],
                because="The MoU of the years after it took its place.",
            )  # fmt: skip
        with days_ago(2), by(GRETA) as greta:
            place_hold(
                by=greta, agreement=found[YEARS_AGO], kind=Hold.Kind.REQUEST,
                because="A request for information of last week asks for it: FOI 41.",
            )  # fmt: skip


def _extension(agreement: Agreement) -> None:
    """Proposed by the CCG; two of nine federations have accepted it."""
    assert agreement.end_on  # noqa: S101 - it was registered with one
    with days_ago(9), by(GRETA) as greta:
        change = propose_extension(
            by=greta, agreement=agreement, on=months_after(agreement.end_on, 12),
            because="The roles work. We need another year to see what the plans bring.",
        )  # fmt: skip
    for days, chair in zip((7, 6), CHAIRS, strict=False):
        with days_ago(days), by(chair) as them:
            answer_change(by=them, change=change, agrees=True)


def _notice(agreement: Agreement) -> None:
    """By the practice, with more than the month that the text asks for."""
    with days_ago(3), by(PRACTICE_LEAD) as lead:
        give_notice(
            by=lead, agreement=agreement, given_on=clock.today(),
            on=clock.today() + timedelta(days=60),
            because="We merge with the practice next door, which has an MoU of its own.",
            discussed="The local medical committee, last week",
        )  # fmt: skip
