"""What the successor makes of an MoU that it took over, and the other parties' word on that."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from agreements.core.confirming import is_news
from agreements.core.parties import require_role, side_of
from agreements.core.telling import record, tell_managers
from agreements.models import Agreement, SuccessionMove, SuccessionWord
from agreements.succession.due import asked_by, decided
from deadlines.services.setting import set_together
from house import clock
from house.lifecycle import lock
from house.once import one_job
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.who import DRAFTERS, MANAGERS

VERBS: Final = {
    "keep": "succession_kept", "vary": "succession_vary", "end": "succession_end",
}  # fmt: skip


def choose(*, by: Acting, move: SuccessionMove, choice: str) -> SuccessionMove:
    """Keep it, vary it or end it: what follows is a change like any other, which others answer."""
    require_role(by, MANAGERS)
    with one_job(), set_together():
        current = _lock(move)
        require_successor(by, current)
        if not current.agreement.takes_acts:
            raise Refused("This agreement is not in force, so there is nothing to decide.")
        if current.choice != choice:
            for each in (current, *_of_its_other_sides(current)):
                each.choice, each.chosen_by, each.chosen_at = choice, by.who, clock.now()
                each.save(update_fields=["choice", "chosen_by", "chosen_at"])
                decided(each)
            _tell(by, current, VERBS[choice])
    return current


def _of_its_other_sides(move: SuccessionMove) -> QuerySet[SuccessionMove]:
    """Who took the places of several says it once for all of them."""
    return asked_by(move).filter(succession__new=move.succession.new_id)


def say_of_succession(
    *, by: Acting, move: SuccessionMove, agrees: bool, because: str = ""
) -> SuccessionMove:
    """Another party says that it is right, or why it is not; the succession stands meanwhile."""
    if not by.by_link:
        require_role(by, DRAFTERS)
    with one_job():
        current = _lock(move)
        require_other(by, current)
        words = current.words.order_by("at", "pk")
        if not is_news(by, words, agrees=agrees, because=because):
            return current
        SuccessionWord.objects.create(
            move=current, organisation=by.on_behalf_of, agrees=agrees, reason=because,
            user=by.who, by_link=by.by_link, at=clock.now(),
        )  # fmt: skip
        verb = "succession_right" if agrees else "succession_not_right"
        _tell(by, current, verb, because=because)
    return current


def require_successor(by: Acting, move: SuccessionMove) -> None:
    """Raises NotYours for every party but the one that took its place. Who takes that one's place
    in turn says it of the succession of their own."""
    side_of(move.agreement, by)
    if by.organisation_id != move.succession.new_id:
        raise NotYours(f"{move.succession.new} says what becomes of it.")


def require_other(by: Acting, move: SuccessionMove) -> None:
    """Raises NotYours for who took the place."""
    side_of(move.agreement, by)
    if by.organisation_id in _successors(move):
        raise NotYours("Your organisation took this over itself. Another party answers.")


def _lock(move: SuccessionMove) -> SuccessionMove:
    agreement: Agreement = lock(move.agreement)
    rows = SuccessionMove.objects.select_related("succession__old", "succession__new")
    current = rows.get(pk=move.pk)
    current.agreement = agreement
    if current.moved_at is None:
        raise Refused("This agreement has not gone over yet.")
    return current


def _successors(move: SuccessionMove) -> set[int]:
    """Who holds today what went over by it: the new one, or who took its place since."""
    new = move.succession.new_id
    return {p.organisation.pk for p in move.agreement.sides if new in p.held_by}


def _tell(by: Acting, move: SuccessionMove, verb: str, **data: str) -> None:
    found = move.succession
    happening = record(
        by=by, verb=verb, agreement=move.agreement, about=found, move=move.pk,
        now=found.new.name, was=found.old.name, **data,
    )  # fmt: skip
    tell_managers(of=happening, kind="succession_said", by=by, others_only=True)
