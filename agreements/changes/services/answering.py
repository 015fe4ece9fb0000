"""The other parties' word on a change, and taking one's own back before it holds."""

from __future__ import annotations

from typing import Any

from agreements.changes import rules
from agreements.changes.due import answered_by
from agreements.changes.queries import Said, said_of
from agreements.changes.rules import Kind
from agreements.changes.services.effect import (
    close,
    hold,
    lock_to_change,
    noted,
    tell_of,
    tell_others,
)
from agreements.core.confirming import is_news
from agreements.core.parties import require_role, side_of
from agreements.core.sides import stands_for
from agreements.models import Change, ChangeAnswer, Happening
from deadlines.services.setting import set_together
from house import clock
from house.lifecycle import lock
from house.once import one_job
from house.refusals import NotYours, Refused
from house.rooms import rooms
from nhsuk.dates import day
from parties.acting import Acting
from parties.who import MANAGERS

State = Change.State


def answer_change(*, by: Acting, change: Change, agrees: bool, because: str = "") -> Change:
    """Another party accepts a change, or does not and says why.

    What needs the word of all ends with the first that does not accept; a notice that runs goes on
    meanwhile, and the rooms hear that it is contested. Raises Refused where nobody waits for it.
    """
    _check_may(by, change)
    with one_job(), set_together():
        current = _lock(change)
        said = said_of(current)
        allowed = {party.organisation.pk for party in said.may_answer(current.agreement)}
        if by.organisation_id not in allowed:
            raise NotYours("Another party answers this: your own side opened it.")
        if agrees and rules.needs(current) == "signatures":
            raise Refused("Who agrees to it approves and signs its text.")
        if not current.takes_words:
            raise Refused(f"Nobody waits for this any more: {_standing(current)}.")
        if agrees and current.kind == Kind.WITHDRAWAL and current.state == State.OPEN:
            _check_in_time(current)
        if not is_news(by, said.words.values(), agrees=agrees, because=because):
            return current
        ChangeAnswer.objects.create(
            change=current, organisation=by.on_behalf_of, agrees=agrees, reason=because,
            user=by.who, by_link=by.by_link, at=clock.now(),
        )  # fmt: skip
        answered_by(current, side_of(current.agreement, by), agrees=agrees)
        answered = _noted(by, current, said, agrees=agrees, because=because)
        _follow(by, current, agrees=agrees, because=because)
        # Of an MoU that ended by this word its end is told, and who gave the word.
        if not current.agreement.is_over:
            tell_of(answered, by)
    return current


def _noted(by: Acting, change: Change, said: Said, *, agrees: bool, because: str) -> Happening:
    """What needs the word of all says, too, how many have still to give theirs."""
    if not agrees:
        return noted(by, change, "change_refused", because=because)
    others = [party for party in said.awaited(change.agreement)
              if party.organisation.pk != by.organisation_id]  # fmt: skip
    still: dict[str, Any] = {"still": len(others)} if rules.needs(change) == "all" else {}
    return noted(by, change, "change_accepted", because=because, **still)


def _check_in_time(notice: Change) -> None:
    """Nobody leaves backwards."""
    if notice.on and notice.on < clock.today():
        raise Refused(
            f"Its last day, {day(notice.on)}, has passed. Whoever gave this notice can give it "
            "again with another day."
        )


def withdraw_change(*, by: Acting, change: Change, because: str) -> None:
    """The party that opened it takes it back while it waits for an answer, and says why."""
    _check_may(by, change)
    with one_job(), set_together():
        current = _lock(change)
        require_opener(by, current)
        if current.state != State.OPEN:
            raise Refused(f"It cannot be withdrawn any more: {_standing(current)}.")
        close(current, "withdraw", because, by)
        tell_others(by, current, "change_withdrawn", because=because)


def require_opener(by: Acting, change: Change) -> None:
    """Raises NotYours for every party but the one that opened it."""
    if not stands_for(change.agreement, by.organisation_id, change.opened_for_id):
        raise NotYours("Only the party that opened this can withdraw it.")


def _check_may(by: Acting, change: Change) -> None:
    if not by.by_link:
        require_role(by, MANAGERS)
    side_of(change.agreement, by)


def _lock(change: Change) -> Change:
    """The change behind its agreement."""
    agreement = lock_to_change(change.agreement)
    current = lock(change)
    current.agreement = agreement
    return current


def _follow(by: Acting, change: Change, *, agrees: bool, because: str) -> None:
    """What the answer brings about."""
    if change.state != State.OPEN:
        if not agrees and change.is_notice:
            _contest(by, change, because)
        return
    needs = rules.needs(change)
    if agrees and (needs == "one" or not said_of(change).awaited(change.agreement)):
        hold(by, change)
    elif not agrees and needs in ("all", "signatures"):
        close(change, "refuse", because, by)
        if change.is_notice:
            _contest(by, change, because)


def _contest(by: Acting, notice: Change, because: str) -> None:
    """A notice that another party does not accept: the rooms may open a disagreement (E11)."""
    for room in rooms():
        room.notice_contested(notice.agreement, by, notice.opened_for_id, because)


def _standing(change: Change) -> str:
    return change.standing.lower()
