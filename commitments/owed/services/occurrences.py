"""What was done each time that something was owed: recorded, judged by another side, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from agreements.associated.said import Brought
from agreements.models import Agreement
from commitments.models import Commitment, Occurrence
from commitments.owed.reading import Owed, days_asked, read_owed
from commitments.owed.rights import require_work_on
from commitments.owed.services.due import keep_due
from commitments.owed.services.locking import locked, note, require_running, with_parties
from commitments.rules import require_in_force, require_recorder
from documents.storage import keep
from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from parties.acting import Acting

Outcome = Occurrence.Outcome
NOT_RECORDED = "Nothing was recorded until its days were changed."
RECORDED = "Somebody has recorded this already. Look at it again."


@dataclass(frozen=True)
class SaidOf:
    """What somebody says of one time, and what shows it."""

    outcome: str
    done_on: date | None = None
    reason: str = ""
    shown_by: str = ""
    link: str = ""
    brought: Brought | None = None
    drawn_key: str = ""
    figures: Sequence[Sequence[str]] = ()


def record_occurrence(
    *, by: Acting, commitment: Commitment, first: date, number: int, said: SaidOf
) -> Occurrence:
    """Records one time that it was owed: done, left out by the standard's list, or not done.

    Either side may. Raises Refused for a time that is not owed, or recorded already.
    """
    require_work_on(by, commitment)
    with transaction.atomic():
        current = locked(commitment)
        _require_counts(current)
        owed = read_owed([current])[0]
        due = next((d for d in owed.dues if (d.first, d.number) == (first, number)), None)
        if due is None:
            raise Refused("Nothing of this is owed for these days. Load the page again.")
        if owed.of(due):
            raise Refused(RECORDED)
        _check(current, said)
        made = _write(by, current, said, first=due.first, last=due.last, number=number, on=due.on)
        keep_due(current)
        note(by, current, f"commitment_{said.outcome}", on=due.on.isoformat(), because=said.reason)
    return made


def record_standing(*, by: Acting, commitment: Commitment, said: SaidOf) -> Occurrence:
    """Records what was done for a standing commitment, or that there is nothing to report."""
    require_work_on(by, commitment)
    with transaction.atomic():
        current = locked(commitment)
        _require_counts(current)
        return _answer(by, _with_days(current, by), said)


def answer_standing(
    *, by: Acting, agreement: Agreement, answers: Mapping[int, SaidOf]
) -> list[Occurrence]:
    """The same for several at once, by their ids: what is asked at the meeting and the review.

    Raises Refused for one that is not a running standing commitment of the agreement.
    """
    require_recorder(by, agreement)
    with transaction.atomic():
        current = lock(agreement)
        require_in_force(current)
        rows = Commitment.objects.filter(agreement=current, pk__in=answers).running()
        found = [each for each in rows.order_by("number") if each.is_standing]
        if len(found) < len(answers):
            raise Refused("One of these is no longer asked about. Load the page again.")
        asked = days_asked([current], by)[current.pk]
        for each in found:
            with_parties(each, current)
        owed = read_owed(found)
        for one in owed:
            one.asked = asked
        return [_answer(by, one, answers[one.commitment.pk]) for one in owed]


def write_down_missed(by: Acting, commitment: Commitment) -> None:
    """Before its days change: of what was due until today and has no record it is said that nothing
    was recorded. Its agreement is locked."""
    owed = read_owed([commitment])[0]
    for due in owed.open:
        if due.on < owed.today:
            said = SaidOf(Outcome.MISSED, reason=NOT_RECORDED)
            _write(
                by, commitment, said, first=due.first, last=due.last, number=due.number, on=due.on
            )


def _with_days(commitment: Commitment, by: Acting) -> Owed:
    owed = read_owed([commitment])[0]
    owed.asked = days_asked([commitment.agreement], by)[commitment.agreement_id]
    return owed


def _answer(by: Acting, owed: Owed, said: SaidOf) -> Occurrence:
    """A word on a standing commitment belongs to the day on which it was said."""
    commitment, today = owed.commitment, clock.today()
    require_running(commitment)
    if not commitment.is_standing:
        raise Refused("This is owed by a day now. Record it for that day.")
    _check(commitment, said)
    since = owed.answers_from
    number = sum(each.first == since for each in _ever(commitment)) + 1
    made = _write(by, commitment, said, first=since, last=today, number=number, on=None)
    note(by, commitment, f"commitment_{said.outcome}", on=today.isoformat(), because=said.reason)
    return made


def _ever(commitment: Commitment) -> list[Occurrence]:
    """Also what was entered in error: its number is not given again."""
    return list(commitment.occurrences.all())


def _check(commitment: Commitment, said: SaidOf) -> None:
    """Raises Refused for what cannot be, or needs a reason."""
    if said.outcome == Outcome.DONE and said.done_on is None:
        raise Refused("Enter the day on which it was done.", field="done_on")
    if said.done_on and said.done_on > clock.today():
        raise Refused("Enter the day on which it was done: it has not come yet.", field="done_on")
    if said.outcome == Outcome.EXCLUDED and said.reason not in commitment.exclusions:
        raise Refused("Choose which of the reasons on the list it is.", field="exclusion")
    if said.outcome == Outcome.MISSED and not said.reason:
        raise Refused("Say why it was not done.", field="reason")
    if said.outcome == Outcome.NOTHING and not commitment.is_standing:
        raise Refused("Say whether it was done.", field="outcome")
    wide = len(commitment.columns)
    if any(len(row) != wide for row in said.figures):
        raise Refused(f"Each row of the table has {wide} cells.", field="figures")


def _write(
    by: Acting, commitment: Commitment, said: SaidOf, *, first: date, last: date, number: int,
    on: date | None,
) -> Occurrence:  # fmt: skip
    done = said.outcome == Outcome.DONE
    return Occurrence.objects.create(
        commitment=commitment, first=first, last=last, number=number, due_on=on,
        outcome=said.outcome, done_on=said.done_on if done else None, reason=said.reason,
        shown_by=said.shown_by, link=said.link, drawn_key=said.drawn_key,
        file=keep(said.brought.file, name=said.brought.name) if said.brought else None,
        figures=[list(row) for row in said.figures], recorded_by=by.who,
        recorded_for=by.on_behalf_of, recorded_at=clock.now(),
    )  # fmt: skip


def _require_counts(commitment: Commitment) -> None:
    if commitment.state == Commitment.State.IN_ERROR:
        raise Refused("This commitment was entered in error, so nothing of it is owed.")
