"""What those at the level do: propose, accept, take it to a higher level, withdraw it (A24)."""

from __future__ import annotations

from escalations.models import LIFECYCLE, Disagreement, Step
from escalations.rules.levels import above, skipped, standing
from escalations.services import waiting
from escalations.services.case import Case, case_of
from escalations.services.telling import tell_everybody, tell_others
from escalations.services.waiting import wait
from house import clock
from house.lifecycle import move
from house.refusals import NotYours, Refused
from parties.acting import Acting

Kind = Step.Kind


def propose(*, by: Acting, disagreement: Disagreement, at_level: str, text: str) -> Step:
    """Makes a proposal at the level that the person saw; it takes the place of their side's last.

    Who proposes accepts: the other side's acceptance settles it. Raises NotYours for somebody who
    is not on the level, Refused where it has moved on.
    """
    with case_of(by=by, disagreement=disagreement) as case:
        case.must_be_at(at_level)
        if again := case.repeated(Kind.PROPOSAL, text=text, level=at_level):
            return again
        actor = case.require_actor()
        proposal = case.write(Kind.PROPOSAL, text=text, for_person=actor.for_person)
        case.write(Kind.ACCEPTANCE, about=proposal, for_person=actor.for_person)
        case.record("disagreement_proposal", proposal)
        waiting.wait(case.disagreement, case.people.parties(case.disagreement))
        tell_others(case, proposal)
    return proposal


def accept(*, by: Acting, proposal: Step) -> Step:
    """Accepts a proposal for one's own side; the acceptance of the last side settles it.

    Raises NotYours for somebody who is not on the level, Refused for a proposal that no longer
    stands.
    """
    with case_of(by=by, disagreement=proposal.disagreement) as case:
        accepted = case.disagreement.steps.filter(kind=Kind.ACCEPTANCE, about=proposal)
        if again := accepted.filter(party=case.party).first():
            return again
        case.must_be_open()
        _must_stand(case, proposal)
        actor = case.require_actor()
        acceptance = case.write(Kind.ACCEPTANCE, about=proposal, for_person=actor.for_person)
        case.record("disagreement_accepted", acceptance)
        parties = case.people.parties(case.disagreement)
        if accepted.count() == len(parties):
            _settle(case, proposal)
        else:
            waiting.wait(case.disagreement, parties)
            tell_others(case, acceptance)
    return acceptance


def withdraw(*, by: Acting, disagreement: Disagreement, because: str) -> None:
    """Ends it without an agreement; only the side that opened it can, by those on the level."""
    with case_of(by=by, disagreement=disagreement) as case:
        if case.repeated(Kind.WITHDRAWN):
            return
        case.must_be_open()
        _must_be_opener(case)
        actor = case.require_actor()
        step = case.write(Kind.WITHDRAWN, text=because, for_person=actor.for_person)
        _close(case, "withdraw")
        case.record("disagreement_withdrawn", step, because=because)
        waiting.withdrawn(case.disagreement)
        tell_everybody(case, step)


def _must_stand(case: Case, proposal: Step) -> None:
    open_ones = {each.step.pk for each in standing(case.steps, case.disagreement.level)}
    if proposal.pk not in open_ones:
        raise Refused(
            "This proposal no longer stands: a newer one took its place, or the "
            f"{case.disagreement.word} was taken to another level."
        )


def _must_be_opener(case: Case) -> None:
    if case.party != case.disagreement.opened_by:
        parties = case.people.parties(case.disagreement)
        opener = next(each.name for each in parties if each == case.disagreement.opened_by)
        raise NotYours(f"Only {opener}, who opened it, can withdraw it.")


def _settle(case: Case, proposal: Step) -> None:
    agreed: Step = case.write(Kind.AGREED, about=proposal, text=proposal.text)
    _close(case, "agree")
    case.record("disagreement_agreed", agreed)
    waiting.settled(case.disagreement)
    tell_everybody(case, agreed)


def _close(case: Case, how: str) -> None:
    move(case.disagreement, how, lifecycle=LIFECYCLE, closed_at=clock.now())


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
        higher = above(case.disagreement.terms, case.disagreement.level)
        to = next((level for level in higher if level.key == target), None)
        if to is None:
            raise Refused("Choose a level above the present one.", field="target")
        actor = case.require_actor(to)
        _record_skipped(case, target, skipped_because)
        step = case.write(Kind.TAKEN_UP, target=target, text=because, for_person=actor.for_person)
        to_there = {"level": target, "level_since": step.at}
        move(case.disagreement, "take_up", lifecycle=LIFECYCLE, **to_there)
        case.record("disagreement_taken_up", step, level=to.label, because=because)
        wait(case.disagreement, case.people.parties(case.disagreement))
        tell_everybody(case, step)
    return step


def _record_skipped(case: Case, target: str, because: str) -> None:
    left_out = skipped(case.disagreement.terms, case.disagreement.level, target)
    if left_out and not because:
        names = " and ".join(f"“{level.label}”" for level in left_out)
        raise Refused(f"Say why {names} is left out.", field="skipped_because")
    for level in left_out:
        step = case.write(Kind.SKIPPED, level=level.key, text=because)
        case.record("disagreement_skipped", step, level=level.label, because=because)
