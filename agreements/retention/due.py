"""What is due of an MoU that has ended: deciding on what is open, and on what becomes of it."""

from __future__ import annotations

from typing import Final

from agreements.core.due import key_of
from agreements.core.parties import there_today
from agreements.models import Agreement
from agreements.retention.queries import held, until_of
from agreements.retention.rules import SOURCE, decide_from
from deadlines.models import Concerned
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from house import clock
from nhsuk.dates import day
from parties.models import Role

LEFT_OPEN: Final = "left_open"
RETENTION: Final = "retention"
OPEN_CHASED: Final = ("since:+14", "since:+28", "since:+56", "since:+112")
DECISION_CHASED: Final = ("days:0", "days:+28", "months:+3", "months:+6", "months:+12")


def set_open_due(agreement: Agreement) -> None:
    """Something was open when it ended: the managers decide on it. The agreement is locked."""
    set_deadline(
        kind=LEFT_OPEN,
        subject_key=key_of(agreement),
        since=clock.now(),
        schedule=OPEN_CHASED,
        holders=_managers(agreement),
        references=[agreement.reference],
    )


def all_decided(agreement: Agreement) -> None:
    """Nothing is open any more."""
    meet_deadline(kind=LEFT_OPEN, subject_key=key_of(agreement))


def set_retention_due(agreement: Agreement) -> None:
    """By when to decide what becomes of it, as it follows from its end, the holds and the decisions
    to keep it. The agreement is locked.

    Nobody reads for years of a day that follows by itself: it is set once the day has come
    (`services.passing`), or where a party chose it.
    """
    key, until = key_of(agreement), until_of(agreement)
    if until is None or held([agreement.pk])[agreement.pk]:
        cancel_deadline(kind=RETENTION, subject_key=key)
        return
    due_on = decide_from(until)
    if due_on > clock.today() and not agreement.kept_longer.exists() and not _was_set(agreement):
        return
    set_deadline(
        kind=RETENTION,
        subject_key=key,
        due_on=due_on,
        schedule=DECISION_CHASED,
        holders=_managers(agreement),
        references=[agreement.reference],
        working=f"It ended on {day(agreement.last_day)} and is kept until {day(until)} ({SOURCE}).",
    )


def _was_set(agreement: Agreement) -> bool:
    rows = Concerned.objects.filter(reference=agreement.reference, deadline__kind=RETENTION)
    return bool(rows.exists())


def _managers(agreement: Agreement) -> list[For]:
    return [For(party.organisation, role=Role.MANAGER) for party in there_today(agreement)]
