"""An MoU that ended six years ago, a disposal of it that all agreed to, and one carried out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from agreements.changes.services.answering import answer_change
from agreements.changes.services.opening import record_event
from agreements.disposal.services.proposing import propose_disposal
from agreements.models import Agreement, Change
from jobs.sweep import work_due
from tests.agreements.reviewed import on
from tests.cast import Cast, acting
from tests.on_terms import in_force_on

SIGNED, END = date(2015, 4, 1), date(2016, 3, 31)
UNTIL, DECIDE = date(2022, 3, 31), date(2022, 4, 1)
# A week after the last party accepted it.
DAY: Final = DECIDE + timedelta(days=7)
WHY, HAPPENED = "Nothing under it is needed any more.", "The last is housed."


def ended(cast: Cast) -> Agreement:
    with on(SIGNED):
        agreement = in_force_on(cast, minimum_months=0)
    return ends(cast, agreement)


def ends(cast: Cast, agreement: Agreement) -> Agreement:
    with on(END):
        event = record_event(by=acting(cast.manager), agreement=agreement, on=END, because=HAPPENED)
    with on(END + timedelta(days=1)):
        answer_change(by=acting(cast.other_manager), change=event, agrees=True)
    return Agreement.objects.get(pk=agreement.pk)


def proposed(cast: Cast, agreement: Agreement) -> Change:
    with on(DECIDE):
        return propose_disposal(by=acting(cast.manager), agreement=agreement, because=WHY)


def agreed(cast: Cast, agreement: Agreement) -> Change:
    change = proposed(cast, agreement)
    with on(DECIDE):
        return answer_change(by=acting(cast.other_manager), change=change, agrees=True)


def works(day: date = DAY) -> int:
    with on(day):
        return work_due()


def disposed(cast: Cast, agreement: Agreement | None = None) -> Agreement:
    found = agreement or ended(cast)
    agreed(cast, found)
    assert works() == 1
    return Agreement.objects.get(pk=found.pk)


def over(agreement: Agreement) -> None:
    """It ended six years before the day on which all decide."""
    agreement.refresh_from_db()
    agreement.state, agreement.noticed_end_on = "ended", END
    agreement.save()
