"""What becomes of due reminders: of many in as few statements as of one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Exists, QuerySet

from deadlines.holidays import bank_holidays
from deadlines.kinds import Recipient, kind_of, read_people_for
from deadlines.models import Deadline, Holiday, Reminder
from deadlines.rules.offsets import EXACT, LATE, MONTHLY, Due, counts_hours, next_monthly
from deadlines.rules.working_days import is_working_day
from deadlines.rules.working_hours import is_open, next_morning
from deadlines.services.telling import tell
from deadlines.services.told_lately import not_told_lately
from deadlines.unconfirmed import heard, some_silent
from house import clock
from mail.kinds import NotNeeded

State = Reminder.State
ENGLAND_AND_WALES = Holiday.Calendar.ENGLAND_AND_WALES


def claim(due: QuerySet[Reminder], at_most: int) -> dict[int, int]:
    """Locks the next of these, and passes over rows that another sweep holds.

    Gives the ids of the reminders, and of the deadline of each.
    """
    skip = connection.features.has_select_for_update_skip_locked
    rows = due.select_for_update(skip_locked=skip, no_key=True)
    return dict(rows.order_by("next_try", "pk").values_list("pk", "deadline")[:at_most])


def see_to(claimed: dict[int, int]) -> list[bool]:
    """Tells people of the reminders that are locked: for each whether somebody was told."""
    beside = _beside(claimed)
    due = [each for each in beside if each.pk in claimed and each.state == State.PENDING]
    needed = [reminder for reminder in due if _is_needed(reminder)]
    held = _held(needed)
    needed = [each for each in needed if each not in held]
    later = _later(beside)
    _arm_next_month([each for each in needed if not later[each]])
    to_tell = [each for each in needed if not any(at <= _until(each) for at in later[each])]
    outcomes = dict.fromkeys(due, State.NOT_NEEDED) | dict.fromkeys(needed, State.COLLAPSED)
    outcomes |= _tell(to_tell, beside)
    _mark({each: state for each, state in outcomes.items() if each not in held})
    return [outcomes[each] == State.SENT for each in due]


def _beside(claimed: dict[int, int]) -> list[Reminder]:
    """All of these deadlines that wait or were told, in the order in which they go."""
    today = Holiday.objects.filter(calendar=ENGLAND_AND_WALES, day=clock.today())
    rows = Reminder.objects.filter(
        deadline__in=set(claimed.values()), state__in=[State.PENDING, State.SENT]
    )
    known = rows.select_related("deadline").annotate(
        on_holiday=Exists(today), some_silent=some_silent()
    )
    return sorted(known, key=_in_order)


def _in_order(reminder: Reminder) -> tuple[datetime, int]:
    """Those that go at one moment are made in the order of the moments that they name."""
    return reminder.send_at, reminder.pk


def _held(reminders: Sequence[Reminder]) -> set[Reminder]:
    """Those that wait for working hours, put off until then.

    A former release, or a sweep after an outage, may find them at any hour. One that was planned
    for working hours is late then, and says so.
    """
    now = clock.now()
    waiting = [each for each in reminders if each.offset != EXACT]
    if not waiting or is_open(now, {clock.today()} if _on_holiday(waiting) else ()):
        return set()
    days = bank_holidays()
    for reminder in waiting:
        reminder.next_try = next_morning(now, days)
        if not is_open(reminder.send_at, days):
            reminder.send_at = reminder.next_try
    Reminder.objects.bulk_update(waiting, ["next_try", "send_at"])
    return set(waiting)


def _on_holiday(reminders: Sequence[Reminder]) -> bool:
    return bool(vars(reminders[0])["on_holiday"])  # annotated above


def _until(reminder: Reminder) -> datetime:
    """A later one that goes by then tells it too. One that is late already waits a little for it,
    but not where hours count."""
    now = clock.now()
    may_wait = now - reminder.send_at >= LATE and not counts_hours(reminder.offset)
    return now + LATE if may_wait else now


def _is_needed(reminder: Reminder) -> bool:
    deadline: Deadline = reminder.deadline
    return deadline.is_open and reminder.generation == deadline.generation


def _later(beside: Sequence[Reminder]) -> dict[Reminder, list[datetime]]:
    """For each reminder when later ones of the same date go. One of them that is due too, or was
    told before this one, tells it as well: after an outage people are told once."""
    of_date: dict[tuple[int, int], list[Reminder]] = defaultdict(list)
    for each in beside:
        of_date[each.deadline_id, each.generation].append(each)
    return {
        each: [other.send_at for other in of_one[place + 1 :]]
        for of_one in of_date.values()
        for place, each in enumerate(of_one)
    }


def _arm_next_month(last: Iterable[Reminder]) -> None:
    """With the last reminder of a schedule that repeats, the next month's is armed."""
    repeating = [each for each in last if _repeats(each.deadline)]
    days = bank_holidays() if repeating else frozenset()
    armed = []
    for reminder in repeating:
        deadline: Deadline = reminder.deadline
        due = Due(deadline.due_on, deadline.due_at, deadline.since)
        offset, at = next_monthly(due, max(reminder.send_at, clock.now()), days)
        new = {"offset": offset, "send_at": at, "next_try": at}
        armed.append(Reminder(deadline=deadline, generation=deadline.generation, **new))
    Reminder.objects.bulk_create(armed, ignore_conflicts=True)


def _repeats(deadline: Deadline) -> bool:
    return MONTHLY in deadline.schedule and deadline.due_on is not None


def _tell(
    reminders: Sequence[Reminder], beside: Sequence[Reminder]
) -> dict[Reminder, Reminder.State]:
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
    to_tell = heard(found)
    new = {each: not_told_lately(each, people, beside) for each, people in to_tell.items()}
    works = bool(new) and is_working_day(
        clock.today(), {clock.today()} if _on_holiday(reminders) else frozenset()
    )
    for reminder, told in tell(new, on_working_day=works).items():
        number = Counter(each.organisation_id or 0 for each in told)
        reminder.told = {str(organisation): count for organisation, count in number.items()}
    outcomes = {each: _outcome(people, new[each]) for each, people in to_tell.items()}
    return dict.fromkeys(reminders, State.NOT_NEEDED) | outcomes


def _outcome(recipients: Sequence[Recipient], new: Sequence[Recipient]) -> Reminder.State:
    if recipients and not new:
        return State.COLLAPSED
    return State.SENT if recipients else State.NOBODY


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
