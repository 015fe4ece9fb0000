"""A disagreement goes up, because a level could not settle it (A24)."""

from __future__ import annotations

from agreements.terms import Level
from escalations.models import LIFECYCLE, Disagreement, Step
from escalations.rules.levels import above, skipped
from escalations.services.case import Case, case_of
from escalations.services.telling import tell_everybody
from escalations.services.waiting import wait
from house.lifecycle import move
from house.refusals import Refused
from parties.acting import Acting

Kind = Step.Kind


def take_up(
    *,
    by: Acting,
    disagreement: Disagreement,
    at_level: str,
    target: str,
    because: str,
    skipped_because: str = "",
) -> Step:
    """Takes it from the level that the person saw to a higher one, saying why.

    Levels left out are recorded as skipped, with a reason of their own. Those on the level may do
    this, and those of the level that takes it up. Proposals of the level below no longer stand.
    Raises NotYours for anybody else, Refused where it has moved on or a reason is missing.
    """
    with case_of(by=by, disagreement=disagreement) as case:
        if again := case.repeated(Kind.TAKEN_UP, level=at_level, target=target):
            return again
        case.must_be_at(at_level)
        to = next((each for each in _above(case) if each.key == target), None)
        if to is None:
            raise Refused("Choose a level above the present one.", field="target")
        actor = case.require_actor(to)
        _record_skipped(case, target, skipped_because)
        step = case.write(Kind.TAKEN_UP, target=target, text=because, for_person=actor.for_person)
        _go(case, step)
        case.record("disagreement_taken_up", step, level=to.label, because=because)
        wait(case.disagreement, case.people.parties(case.disagreement))
        tell_everybody(case, step)
    return step


def _above(case: Case) -> list[Level]:
    return above(case.disagreement.terms, case.disagreement.level)


def _go(case: Case, step: Step) -> None:
    move(case.disagreement, "take_up", lifecycle=LIFECYCLE, level=step.target, level_since=step.at)


def _record_skipped(case: Case, target: str, because: str) -> None:
    left_out = skipped(case.disagreement.terms, case.disagreement.level, target)
    if left_out and not because:
        names = " and ".join(f"“{level.label}”" for level in left_out)
        raise Refused(f"Say why {names} is left out.", field="skipped_because")
    for level in left_out:
        step = case.write(Kind.SKIPPED, level=level.key, text=because)
        case.record("disagreement_skipped", step, level=level.label, because=because)
