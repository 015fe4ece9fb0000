"""How a heads-up goes on: the sending is moved, given up, or recorded as it was, with who had been
told by then. Never by the clock (A11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from agreements.core.telling import record_each
from agreements.models import Agreement
from communications.heads_ups.presenters.words import happened
from communications.heads_ups.queries.agreements import wanting_committee
from communications.heads_ups.queries.telling import owed_by, standings_of, told_at
from communications.heads_ups.rules import Standing, notice_in_words
from communications.heads_ups.services.giving import FUTURE
from communications.heads_ups.services.locking import close_date, keep_date, lock_open, note
from communications.heads_ups.services.telling import send
from communications.models import (
    HEADS_UP_LIFECYCLE,
    HeadsUp,
    HeadsUpAgreement,
    HeadsUpMove,
    OwedTo,
)
from communications.services.planning import PASSED
from house import clock
from house.lifecycle import move_locked
from house.once import one_job
from house.refusals import Refused
from nhsuk.words import in_sentence
from parties.acting import Acting

EARLY = "Say why it came before all were told."


def move_sending(*, by: Acting, heads_up: HeadsUp, planned_for: datetime, because: str) -> None:
    """Plans the sending for another time, and tells whoever was told. `planned_for` is aware."""
    if planned_for <= clock.now():
        raise Refused(PASSED, field="time")
    with transaction.atomic():
        current = lock_open(by, heads_up)
        if current.planned_for == planned_for:
            raise Refused("The sending is planned for this time already.", field="time")
        moved = HeadsUpMove.objects.create(
            heads_up=current,
            moved_from=current.planned_for,
            moved_to=planned_for,
            because=because,
            moved_by=by.who,
            at=clock.now(),
        )
        current.planned_for = planned_for
        current.save(update_fields=["planned_for"])
        keep_date(current)
        note(by, "moved", current, planned_for=planned_for.isoformat())
        send(current, current.told.all(), "heads_up_moved", f"{moved.pk}")


def withdraw(*, by: Acting, heads_up: HeadsUp, because: str) -> None:
    """It will not go out. Whoever was told is told that; they may go on reading what it said."""
    with transaction.atomic():
        current = lock_open(by, heads_up)
        move_locked(
            current,
            "withdraw",
            lifecycle=HEADS_UP_LIFECYCLE,
            closed_by=by.who,
            closed_at=clock.now(),
            because=because,
        )
        close_date(current)
        note(by, "withdrawn", current)
        send(current, current.told.all(), "heads_up_withdrawn")


def mark_sent(*, by: Acting, heads_up: HeadsUp, sent_at: datetime, because: str = "") -> None:
    """Records when the message really went out, and since when each was told by then.

    Where somebody was not told before, its reason is asked for, and it counts as missed. `sent_at`
    is aware and not in the future. Raises Refused.
    """
    if sent_at > clock.now():
        raise Refused(FUTURE, field="time")
    with one_job():
        current = lock_open(by, heads_up)
        rows = owed(current)
        early = not_told(current, rows, sent_at)
        if early and not because:
            raise Refused(EARLY, field="because")
        _keep_times(rows)
        move_locked(
            current,
            "send",
            lifecycle=HEADS_UP_LIFECYCLE,
            sent_at=sent_at,
            closed_by=by.who,
            closed_at=clock.now(),
            because=because if early else "",
        )
        close_date(current)
        _write_down(by, current, rows)
        note(by, "sent", current, sent_at=sent_at.isoformat(), early=len(early))


def not_told(heads_up: HeadsUp, rows: Sequence[OwedTo], sent_at: datetime) -> list[str]:
    """Who is not told before this moment: names, and the agreements without a committee."""
    early = [each.name for each in standings_of(rows) if not each.in_time(sent_at)]
    missing = [f"the committee of {each.reference}" for each in without_committee(heads_up, rows)]
    return list(dict.fromkeys([*early, *missing]))


def without_committee(heads_up: HeadsUp, rows: Sequence[OwedTo]) -> list[Agreement]:
    """The agreements that promise it to a local medical committee, where none is to be told."""
    if heads_up.kind != HeadsUp.Kind.PRACTICES:
        return []
    served = {row.concerned.agreement_id for row in rows if row.committee_id}
    every = {row.concerned.agreement_id: row.concerned.agreement for row in rows}
    return wanting_committee([each for pk, each in every.items() if pk not in served])


def owed(heads_up: HeadsUp) -> list[OwedTo]:
    return owed_by([heads_up.pk])[heads_up.pk]


def _keep_times(rows: Sequence[OwedTo]) -> None:
    """What the outbox says now stays in the record, whatever becomes of the outbox."""
    for row in rows:
        row.told_at = told_at(row)
    OwedTo.objects.bulk_update(rows, ["told_at"])
    concerned = {row.concerned_id: row.concerned for row in rows}
    for pk, each in concerned.items():
        own = [row for row in rows if row.concerned_id == pk]
        each.reached_at = _last(row for row in own if row.party_id)
        each.committee_at = _last(row for row in own if row.committee_id)
    HeadsUpAgreement.objects.bulk_update(concerned.values(), ["reached_at", "committee_at"])


def _last(rows: Iterable[OwedTo]) -> datetime | None:
    """When the last of these was told; None where one was not, and where there is none."""
    times = [row.told_at for row in rows]
    return None if None in times else max(filter(None, times), default=None)


def _write_down(by: Acting, heads_up: HeadsUp, rows: Sequence[OwedTo]) -> None:
    by_agreement: dict[Agreement, list[Standing]] = defaultdict(list)
    for row, standing in zip(rows, standings_of(rows), strict=True):
        by_agreement[row.concerned.agreement].append(standing)
    assert heads_up.sent_at  # noqa: S101 - set a moment ago
    what = in_sentence(heads_up.get_kind_display())
    said = {"title": heads_up.title, "what": what, "happened": happened(heads_up)}
    record_each(
        by=by, verb="heads_up_sent", about=heads_up,
        told=[
            (agreement, said | {
                "notice": notice_in_words(standings, heads_up.sent_at),
                "because": heads_up.because,
            })
            for agreement, standings in by_agreement.items()
        ],
    )  # fmt: skip
