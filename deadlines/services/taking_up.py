"""What becomes of due reminders: of many in as few statements as of one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from deadlines.kinds import Recipient, kind_of, read_people_for
from deadlines.models import Deadline, Reminder
from deadlines.rules.offsets import MONTHLY, Due, next_monthly
from deadlines.services.telling import tell
from house import clock
from mail.kinds import NotNeeded

State = Reminder.State


def claim(due: QuerySet[Reminder], at_most: int) -> dict[int, int]:
    """Locks the next of these, and passes over rows that another sweep holds.

    Gives the ids of the reminders, and of the deadline of each.
    """
    skip = connection.features.has_select_for_update_skip_locked
    rows = due.select_for_update(skip_locked=skip, no_key=True)
    return dict(rows.order_by("next_try", "pk").values_list("pk", "deadline")[:at_most])


def see_to(claimed: dict[int, int]) -> list[bool]:
    """Tells people of the reminders that are locked: for each whether somebody was told."""
    waiting = Reminder.objects.filter(deadline__in=set(claimed.values()), state=State.PENDING)
    beside = list(waiting.select_related("deadline").order_by("next_try", "pk"))
    due = [reminder for reminder in beside if reminder.pk in claimed]
    needed = [reminder for reminder in due if _is_needed(reminder)]
    later = _later(beside)
    _arm_next_month([each for each in needed if not later[each]])
    to_tell = [each for each in needed if not any(at <= clock.now() for at in later[each])]
    outcomes = dict.fromkeys(due, State.NOT_NEEDED) | dict.fromkeys(needed, State.COLLAPSED)
    outcomes |= _tell(to_tell)
    _mark(outcomes)
    return [outcomes[each] == State.SENT for each in due]


def _is_needed(reminder: Reminder) -> bool:
    deadline: Deadline = reminder.deadline
    return deadline.is_open and reminder.generation == deadline.generation


def _later(beside: Sequence[Reminder]) -> dict[Reminder, list[datetime]]:
    """For each reminder when later ones of the same date go. One of them that is due too tells it
    as well: after an outage people are told once."""
    of_date: dict[tuple[int, int], list[datetime]] = defaultdict(list)
    for each in beside:
        of_date[each.deadline_id, each.generation].append(each.send_at)
    return {
        each: [at for at in of_date[each.deadline_id, each.generation] if at > each.send_at]
        for each in beside
    }


def _arm_next_month(last: Iterable[Reminder]) -> None:
    """With the last reminder of a schedule that repeats, the next month's is armed."""
    armed = []
    for reminder in last:
        deadline: Deadline = reminder.deadline
        if MONTHLY not in deadline.schedule or deadline.due_on is None:
            continue
        due = Due(deadline.due_on, deadline.due_at, deadline.since)
        offset, at = next_monthly(due, max(reminder.send_at, clock.now()))
        new = {"offset": offset, "send_at": at, "next_try": at}
        armed.append(Reminder(deadline=deadline, generation=deadline.generation, **new))
    Reminder.objects.bulk_create(armed, ignore_conflicts=True)


def _tell(reminders: Sequence[Reminder]) -> dict[Reminder, Reminder.State]:
    """Queues what people are told, and says on each reminder how many were."""
    read_people_for(reminders)
    found: dict[Reminder, list[Recipient]] = {}
    for reminder in reminders:
        try:
            found[reminder] = list(
                kind_of(reminder.deadline).recipients(reminder.deadline, reminder)
            )
        except NotNeeded:
            continue
    for reminder, told in tell(found).items():
        number = Counter(each.organisation_id or 0 for each in told)
        reminder.told = {str(organisation): count for organisation, count in number.items()}
    outcomes = {each: State.SENT if found[each] else State.NOBODY for each in found}
    return dict.fromkeys(reminders, State.NOT_NEEDED) | outcomes


def _mark(outcomes: dict[Reminder, Reminder.State]) -> None:
    """Writes what came of them: of those that told nobody there may be very many."""
    now, told, others = clock.now(), [], defaultdict(list)
    for reminder, state in outcomes.items():
        reminder.state, reminder.taken_up_at = state, now
        if reminder.told:
            told.append(reminder)
        else:
            others[state].append(reminder.pk)
    Reminder.objects.bulk_update(told, ["state", "taken_up_at", "told"])
    for state, pks in others.items():
        Reminder.objects.filter(pk__in=pks).update(state=state, taken_up_at=now)
