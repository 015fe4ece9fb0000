"""A registration put right or withdrawn: by who registered it until another party has confirmed
the copy, from then on by both (record 0023)."""

from __future__ import annotations

from typing import Any

from agreements.changes.services.effect import close_all
from agreements.core.access import write_access
from agreements.core.parties import require_role, side_of
from agreements.core.telling import record, tell_managers
from agreements.models import (
    AGREEMENT_LIFECYCLE,
    COPY_CHANGE_LIFECYCLE,
    Change,
    CopyChange,
    RegisteredCopy,
)
from agreements.register.confirmed import (
    check_may_change,
    concerned,
    is_confirmed,
    require_answerer,
    somebody_may_answer,
)
from agreements.register.due import (
    ask_about,
    ask_to_check,
    question_answered,
)
from agreements.register.facts import Facts, check_dates, facts_of
from agreements.register.rules import findings_of
from agreements.signing.due import set_all_due
from deadlines.services.setting import cancel_all_about, set_together
from house import clock
from house.lifecycle import lock, move_locked
from house.once import one_job
from house.refusals import ChangedMeanwhile, Refused
from house.rooms import rooms
from parties.acting import Acting
from parties.who import DRAFTERS

Kind = CopyChange.Kind


def correct_registration(
    *,
    by: Acting,
    copy: RegisteredCopy,
    facts: Facts,
    because: str,
    dates_are_right: bool = False,
    edit_no: int | None = None,
) -> CopyChange:
    """Puts title and days right; once another party has confirmed, it asks the others first.

    `edit_no` is how many changes there were when the form was made: ChangedMeanwhile where there
    is another by now. Raises Refused where nothing differs, for days that cannot be, while a
    change waits for its answer, and for another end than the parties extended it to.
    """
    check_dates(facts, are_right=dates_are_right)
    with one_job(), set_together():
        current = _lock_to_change(by, copy)
        before = facts_of(current)
        changed = current.changes.count()
        if edit_no not in (None, changed):
            raise ChangedMeanwhile("registration", changed)
        if facts == before:
            raise Refused("Nothing differs from what is registered.")
        if facts.end_on != before.end_on and _is_extended(current):
            raise Refused(
                "All parties agreed to extend it to this end. Propose another end to them instead.",
                field="end_on",
            )
        return _change(by, current, Kind.CORRECTION, because, before, facts)


def withdraw_registration(*, by: Acting, copy: RegisteredCopy, because: str) -> CopyChange:
    """Says that it was registered in error; once another party has confirmed, it asks them first.

    Nothing is asked of anybody then. What was registered stays readable, the file to who sent it.
    """
    with one_job(), set_together():
        current = _lock_to_change(by, copy)
        return _change(by, current, Kind.WITHDRAWAL, because, facts_of(current), None)


def answer_change(*, by: Acting, change: CopyChange, agrees: bool, because: str = "") -> None:
    """A party of another side says whether a change is right: then it is made, or it is not."""
    require_role(by, DRAFTERS)
    side_of(change.copy.agreement, by)
    require_answerer(by, change)
    if not agrees and not because:
        raise Refused("Say what is not right.", field="because")
    with one_job(), set_together():
        copy = _lock(change.copy)
        current = lock(change)
        if current.state != CopyChange.State.ASKED:
            raise Refused(f"It was answered already: {current.get_state_display().lower()}.")
        current.copy = copy
        word = {"answered_by": by.who, "answered_for": by.on_behalf_of, "answered_link": by.by_link}
        move_locked(
            current,
            "make" if agrees else "refuse",
            lifecycle=COPY_CHANGE_LIFECYCLE,
            answered_at=clock.now(),
            answer=because,
            **word,
        )
        question_answered(current)
        if agrees:
            _make(by, current)
        _tell(by, current, "change_confirmed" if agrees else "change_refused", because)


def _lock(copy: RegisteredCopy) -> RegisteredCopy:
    """The copy behind its agreement, and these behind what is counted from the registered days."""
    for room in rooms():
        room.lock_counted(copy.agreement)
    agreement = lock(copy.agreement)
    current = lock(copy)
    current.agreement = agreement
    return current


def _lock_to_change(by: Acting, copy: RegisteredCopy) -> RegisteredCopy:
    """The copy, locked. Raises as `check_may_change` does."""
    current = _lock(copy)
    check_may_change(by, current)
    return current


def _is_extended(copy: RegisteredCopy) -> bool:
    """Whether its end is what all parties agreed to, and no more what stands in the copy."""
    done = Change.objects.filter(kind=Change.Kind.EXTENSION, state=Change.State.DONE)
    return done.filter(agreement=copy.agreement_id).exists()


def _change(
    by: Acting, copy: RegisteredCopy, kind: str, because: str, before: Facts, after: Facts | None
) -> CopyChange:
    asks = is_confirmed(copy) and somebody_may_answer(by, copy)
    change = CopyChange.objects.create(
        copy=copy,
        kind=kind,
        state=CopyChange.State.ASKED if asks else CopyChange.State.MADE,
        before=before.stored,
        after=after.stored if after else {},
        because=because,
        made_by=by.who,
        made_for=by.on_behalf_of,
        made_at=clock.now(),
    )
    if asks:
        ask_about(change)
    else:
        _make(by, change)
    verb = f"{kind}_asked" if asks else f"{kind}_made"
    _tell(by, change, verb, because)
    return change


def _make(by: Acting, change: CopyChange) -> None:
    if change.kind == Kind.WITHDRAWAL:
        _withdraw(change.copy, change.because)
    else:
        _correct(by, change.copy, Facts.read(change.after))


def _correct(by: Acting, copy: RegisteredCopy, facts: Facts) -> None:
    """Writes what is right; what is due follows it, and parties that had objected look again."""
    agreement = copy.agreement
    agreement.title, agreement.start_on = facts.title, facts.signed_on
    agreement.effective_on = facts.effective_on
    if not _is_extended(copy):  # it can have been asked before all agreed to extend it
        agreement.end_on = facts.end_on
    if not agreement.reviews.exists():
        agreement.review_on = facts.review_on
    agreement.save()
    for name, said in facts.of_copy.items():
        setattr(copy, name, said)
    copy.findings = findings_of(agreement, facts)
    copy.save()
    write_access(agreement)
    set_all_due(agreement)
    for room in rooms():
        room.dates_corrected(agreement, by)
    if not is_confirmed(copy):
        ask_to_check(copy)


def _withdraw(copy: RegisteredCopy, because: str) -> None:
    copy.withdrawn_at = clock.now()
    copy.save()
    agreement = copy.agreement
    said: dict[str, Any] = {"ended_how": because[:300], "in_force_version": None}
    move_locked(agreement, "withdraw_registration", lifecycle=AGREEMENT_LIFECYCLE, **said)
    close_all(agreement, "It was registered in error.")
    cancel_all_about(agreement.reference)
    write_access(agreement)


def _tell(by: Acting, change: CopyChange, verb: str, because: str) -> None:
    happening = record(
        by=by,
        verb=verb,
        agreement=change.copy.agreement,
        about=change,
        because=because,
        change=change.pk,
    )
    told = concerned(change, verb)
    tell_managers(of=happening, kind="copy_changed", by=by, others_only=True, only=told)
