"""The deadlines of a commitment, kept equal to what was recorded of it (A16, B09).

What has a day is told in one e-mail a week, on its first working day; what is standing has no
deadline: it is asked about at the wider meeting and at the review.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from agreements.core.parties import there_today
from agreements.models import Party
from commitments.models import Commitment, NextLook, Occurrence
from commitments.owed.reading import Owed, read_owed
from commitments.owed.rules import Due
from commitments.owed.services.locking import locked
from deadlines.models import Deadline
from deadlines.rules.periods import ONE_DAY
from deadlines.services.setting import (
    For,
    cancel_deadline,
    cancel_deadlines,
    meet_deadline,
    set_deadline,
    set_together,
)
from house import clock
from nhsuk.dates import day
from parties.models import Role
from parties.who import RECORDERS

logger = logging.getLogger(__name__)

KIND: Final = "commitment"
TO_CONFIRM: Final = "commitment_to_confirm"
# In weeks from that of the day: ahead of it, in it, and while it is late; then it is left alone.
OFTEN: Final = ("weeks:-1", "weeks:0", "weeks:+1", "weeks:+2", "weeks:+4")
SELDOM: Final = ("weeks:-8", "weeks:-4", *OFTEN, "weeks:+8", "weeks:+12")
# So long after its day it still waits on Home; then the pages alone say that it was missed.
CHASED: Final = {"monthly": timedelta(weeks=5), "quarterly": timedelta(weeks=9)}
CHASED_LONG: Final = timedelta(weeks=13)

# A commitment with what was said of it, and what is chased of it now.
Chased = tuple[Owed, list[Due]]


def subject_of(commitment: Commitment) -> str:
    return f"commitment:{commitment.key}"


def keep_due(*commitments: Commitment) -> None:
    """Sets, moves, meets or cancels what is due of each now, and plans when to look again.

    Call it with its agreement locked. Again it changes nothing. Of many it asks as often as of one.
    """
    chased = [(owed, _to_chase(owed)) for owed in read_owed(commitments)]
    with set_together():
        _set_all(chased)
        _close_others(chased)
        _ask_to_confirm(commitments)
    _look_again(chased)
    if never := [owed.commitment for owed, wanted in chased if not _next_look(owed, wanted)]:
        NextLook.objects.filter(commitment__in=never).delete()


def set_first_due(*made: Commitment) -> None:
    """The same of those that the text asks for and that this transaction made: nothing was recorded
    or due of them yet."""
    chased = [(owed, _to_chase(owed)) for owed in map(Owed, made)]
    with set_together():
        _set_all(chased)
    _look_again(chased)


def _set_all(chased: Iterable[Chased]) -> None:
    for owed, wanted in chased:
        for due in wanted:
            _set(owed.commitment, due)


def _to_chase(owed: Owed) -> list[Due]:
    """Of each day that is open the first time that lacks a record."""
    commitment = owed.commitment
    if not commitment.is_running or commitment.is_disputed:
        return []
    first_of: dict[date, Due] = {}
    for due in owed.open:
        if owed.today <= due.on + _chased(commitment):
            first_of.setdefault(due.first, due)
    return list(first_of.values())


def _chased(commitment: Commitment) -> timedelta:
    return CHASED.get(commitment.cadence, CHASED_LONG)


def _set(commitment: Commitment, due: Due) -> None:
    set_deadline(
        kind=KIND,
        subject_key=subject_of(commitment),
        occurrence=due.key,
        due_on=due.on,
        schedule=OFTEN if commitment.cadence in CHASED else SELDOM,
        holders=_holders(commitment),
        references=[commitment.agreement.reference],
        clause_key=commitment.clause_key,
        working=_working(commitment, due),
        catch_up=False,
    )


def _working(commitment: Commitment, due: Due) -> str:
    if commitment.cadence == Commitment.Cadence.ONCE:
        return ""
    for_days = f"It is owed for {day(due.first)} to {day(due.last)}"
    how = "by the timetable" if commitment.by_timetable else "by the last day of these"
    return f"{for_days}, {how}."


def _holders(commitment: Commitment) -> list[For]:
    """Who owes it acts: its lead, or its MoU manager; the others see it and wait. Of what somebody
    outside owes all parties see that it comes."""
    return [
        For(party.organisation, watches=True)
        if commitment.owed_by_id and party.pk != commitment.owed_by_id
        else _owing(commitment, party)
        for party in there_today(commitment.agreement)
    ]


def _owing(commitment: Commitment, party: Party) -> For:
    if commitment.person and commitment.owed_by_id:
        return For(party.organisation, person=commitment.person)
    if commitment.team and commitment.owed_by_id:
        return For(party.organisation, team=commitment.team)
    return For(party.organisation, role=Role.MANAGER)


def _close_others(chased: Iterable[Chased]) -> None:
    """What is open of these and is not wanted any more."""
    by_subject = {subject_of(owed.commitment): (owed, wanted) for owed, wanted in chased}
    rows = Deadline.objects.still_open().filter(kind=KIND, subject_key__in=by_subject)
    for subject, occurrence in rows.values_list("subject_key", "occurrence"):
        owed, wanted = by_subject[subject]
        if all(occurrence != due.key for due in wanted):
            done = _said_by_key(owed).get(occurrence) == Occurrence.Outcome.DONE
            close = meet_deadline if done else cancel_deadline
            close(kind=KIND, subject_key=subject, occurrence=occurrence)


def _said_by_key(owed: Owed) -> dict[str, str]:
    return {f"{each.first.isoformat()}-{each.number}": each.outcome for each in owed.said}


def _ask_to_confirm(commitments: Iterable[Commitment]) -> None:
    """What one party recorded for another waits for its word."""
    no_longer = []
    for each in commitments:
        subject = subject_of(each)
        if each.is_running and each.standing == Commitment.Standing.AWAITED:
            assert each.owed_by  # noqa: S101 - somebody outside is not asked
            set_deadline(
                kind=TO_CONFIRM,
                subject_key=subject,
                holders=[For(each.owed_by.organisation, role=role) for role in RECORDERS.roles],
                references=[each.agreement.reference],
            )
        elif each.standing == Commitment.Standing.CONFIRMED:
            meet_deadline(kind=TO_CONFIRM, subject_key=subject)
        else:
            no_longer.append((TO_CONFIRM, subject, ""))
    cancel_deadlines(no_longer)


def _look_again(chased: Iterable[Chased]) -> None:
    looks = ((owed.commitment, _next_look(owed, wanted)) for owed, wanted in chased)
    NextLook.objects.bulk_create(
        [NextLook(commitment=commitment, on=on) for commitment, on in looks if on],
        update_conflicts=True, unique_fields=["commitment"], update_fields=["on"],
    )  # fmt: skip


def _next_look(owed: Owed, wanted: Iterable[Due]) -> date | None:
    looks = [due.on + _chased(owed.commitment) + ONE_DAY for due in wanted]
    if owed.commitment.is_running and (following := owed.counting.after(owed.today)):
        looks.append(following.begins)
    return min(looks, default=None)


def time_passed(*, at_most: int = 500) -> int:
    """Looks at each commitment of which something new is owed. Returns how many there were."""
    due = NextLook.objects.filter(on__lte=clock.today()).order_by("on", "pk")
    looked = 0
    for pk in due.values_list("commitment", flat=True)[:at_most]:
        try:
            looked += _look(pk)
        except Exception:
            # One that fails must not hold up the reminders of the others.
            logger.exception("Commitment %s could not be looked at", pk)
    return looked


def _look(pk: int) -> bool:
    with transaction.atomic():
        current = locked(Commitment.objects.select_related("agreement").get(pk=pk))
        # Asked again under the lock: another sweep may have been here first.
        if not NextLook.objects.filter(commitment=current, on__lte=clock.today()).exists():
            return False
        keep_due(current)
    return True
