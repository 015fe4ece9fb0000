"""S5: the sweep that looks for due reminders, in a transaction that is rolled back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import median

from django.db import connection, transaction

from deadlines.models import Deadline, Reminder
from deadlines.sweep import BATCH, sweep_reminders, take_up
from house import clock
from house.once import forget
from tools.bench.cpu import Cost, cost_of, queries_of, typical
from tools.bench.figures import Figure

DUE = 500
MOST_QUERIES, MOST_MS = 12, 12
_LOOK = """
    SELECT id FROM deadlines_reminder WHERE state = 'pending' AND next_try <= now()
    ORDER BY next_try, id LIMIT 500 FOR UPDATE SKIP LOCKED
"""
_MARK = """
    UPDATE deadlines_reminder SET state = 'not_needed', taken_up_at = now()
    WHERE id IN (SELECT id FROM deadlines_reminder WHERE state = 'pending' AND next_try <= now()
                 ORDER BY next_try, id LIMIT 500 FOR UPDATE SKIP LOCKED)
"""


def measure_reminders(*, times: int) -> Iterator[Figure]:
    """Nothing due, many due that nobody needs any more, and one of each kind."""
    reminders = Reminder.objects.count()
    look = typical(lambda: _run(_LOOK), times=times)
    nothing = typical(lambda: take_up(DUE), times=times)
    yield Figure(
        "S5", f"nothing due among {reminders:,}", nothing.total, "ms CPU",
        limit=look.total, beside="plain SQL", times=5,
    )  # fmt: skip
    whole = typical(sweep_reminders, times=times)
    yield Figure("S5", "the whole sweep with nothing due, all rooms asked", whole.total, "ms CPU")
    plain, ours = _claimed(lambda: _run(_MARK)), _claimed(_take_up_all)
    yield Figure(
        "S5", f"{DUE} due claimed and marked", ours.total, "ms CPU",
        limit=plain.total, beside="plain SQL", times=5,
    )  # fmt: skip
    for kind in Deadline.objects.values_list("kind", flat=True).distinct().order_by("kind"):
        yield from _one_of(kind)


def _run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def _take_up_all() -> None:
    while take_up(DUE):
        pass


def _claimed(act: Callable[[], None]) -> Cost:
    """What it costs when so many are due whose deadline has been met."""
    closed = Reminder.objects.exclude(deadline__state=Deadline.State.OPEN)
    with transaction.atomic():
        due = {"state": Reminder.State.PENDING, "next_try": clock.now()}
        Reminder.objects.filter(pk__in=list(closed.values_list("pk", flat=True)[:DUE])).update(
            **due
        )
        cost = cost_of(act)
        transaction.set_rollback(True)
    forget()
    return cost


def _one_of(kind: str) -> Iterator[Figure]:
    """What a few open ones cost, and the most queries of them."""
    open_ones = Reminder.objects.filter(
        deadline__kind=kind, deadline__state=Deadline.State.OPEN, state=Reminder.State.PENDING
    )
    some = list(open_ones.order_by("pk").values_list("pk", flat=True)[:BATCH])
    costs: list[float] = []
    queries: list[int] = []
    for pk in some[:3]:
        _when_due([pk], lambda: costs.append(cost_of(lambda: take_up(1)).total))
        _when_due([pk], lambda: queries.append(queries_of(lambda: take_up(1))))
    if costs:
        yield Figure("S5", f"one of {kind}", median(costs), "ms CPU", goal=MOST_MS)
        yield Figure("S5", f"one of {kind}", max(queries), "queries", goal=MOST_QUERIES)
        costs.clear()
        _when_due(some, lambda: costs.append(cost_of(lambda: take_up(len(some))).total))
        what = f"one of {len(some)} of {kind}, taken up together"
        yield Figure("S5", what, costs[0] / len(some), "ms CPU")


def _when_due(reminders: Sequence[int], act: Callable[[], None]) -> None:
    with transaction.atomic():
        Reminder.objects.filter(pk__in=reminders).update(next_try=clock.now())
        act()
        transaction.set_rollback(True)
    forget()
