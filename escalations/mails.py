"""The e-mails about the steps of a disagreement: what happened, when, and what to do now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from escalations.letters import DisagreementLetter, what_to_do
from escalations.models import Step
from escalations.rules.levels import level_of
from house.clock import london_day
from mail.kinds import Message, NotNeeded, kind
from nhsuk.dates import day
from nhsuk.words import and_list

Kind = Step.Kind
ENDS = frozenset({Kind.AGREED, Kind.WITHDRAWN})
# What is asked of people at one level is no longer asked at the next.
FOR_A_LEVEL = frozenset({Kind.OPENED, Kind.TAKEN_UP, Kind.PROPOSAL, Kind.ACCEPTANCE})


@kind("disagreement_step")
def disagreement_step(context: dict[str, Any]) -> Message:
    """What one reader is told of one step. Raises NotNeeded where a later one has overtaken it."""
    step = Step.objects.select_related(
        "disagreement__agreement", "disagreement__version", "party", "about", "by__person"
    ).get(pk=context["step"])
    if _is_overtaken(step):
        raise NotNeeded
    about = StepLetter(step, context)
    return _SAYS[Kind(step.kind)](about)


def _is_overtaken(step: Step) -> bool:
    disagreement = step.disagreement
    if step.kind in ENDS:
        return False
    left = disagreement.level != (step.target or step.level)
    return not disagreement.is_open or (step.kind in FOR_A_LEVEL and left)


def _adds(step: Step) -> bool:
    return step.kind == Kind.BROUGHT_IN


class StepLetter(DisagreementLetter):
    """A letter about one step: who took it, on which day, on which agreement's disagreement."""

    def __init__(self, step: Step, context: dict[str, Any]) -> None:
        whom = context["organisation"], context["person"]
        super().__init__(step.disagreement, *whom, why=context["why"])
        self.step = step
        side = next(party for party in self.parties if party.pk == step.party_id)
        self.replies_to(step.by, side.organisation.pk)
        parties = {party.pk: party.name for party in self.parties}
        self.who = parties[step.party_id]
        self.at = day(london_day(step.at))
        others = and_list(name for pk, name in parties.items() if pk != step.party_id)
        of_all = step.disagreement.concerns_all
        self.its = f"{self.name} {'of its MoU ' if of_all else ''}with {others}"
        self.brought = and_list(parties[int(pk)] for pk in step.people) if _adds(step) else ""


def _opened(about: StepLetter) -> Message:
    return about.message(
        f"{about.name} opened on {about.at}",
        f"On {about.at} {about.who} opened {about.its}. It begins at the level “{about.level}”.",
        what_to_do(about),
        asks=True,
    )


def _taken_up(about: StepLetter) -> Message:
    return about.message(
        f"{about.name} taken to a higher level on {about.at}",
        f"On {about.at} {about.who} took {about.its} to the level “{about.level}”. "
        "The reason is on its page.",
        what_to_do(about),
        asks=True,
    )


def _brought_in(about: StepLetter) -> Message:
    everybody = and_list(party.name for party in about.parties)
    is_new = str(about.own.pk) in about.step.people
    return about.message(
        f"{about.brought} brought into {about.name} on {about.at}",
        f"On {about.at} {about.who} brought {about.brought} into {about.name}. It is between "
        f"{everybody} now, at the level “{about.level}”. The reason is on its page.",
        *(["Your side reads all that was said so far."] if is_new else []),
        what_to_do(about),
        asks=True,
    )


def _wanted(about: StepLetter) -> Message:
    return about.message(
        f"what is wanted in {about.name}, said on {about.at}",
        f"On {about.at} {about.who} said what it wants in {about.its}.",
        what_to_do(about),
    )


def _proposal(about: StepLetter) -> Message:
    what = f"the proposal of {about.at} on {about.name}"
    return about.message(
        f"answer {what}" if about.acts else f"{what} awaits an answer",
        f"On {about.at} {about.who} made a proposal to settle {about.its}. "
        f"Once {about.all_sides} accept it, the matter is settled.",
        what_to_do(about),
        button="Read the proposal",
        asks=True,
    )


def _acceptance(about: StepLetter) -> Message:
    return about.message(
        f"proposal on {about.name} accepted on {about.at}",
        f"On {about.at} {about.who} accepted a proposal to settle {about.its}. "
        f"It is settled once {about.all_sides} accept.",
        what_to_do(about),
        button="Read the proposal",
    )


def _advice_asked(about: StepLetter) -> Message:
    on = day(about.step.on)
    return about.message(
        f"advice on {about.name} asked on {on}",
        f"On {on} {about.who} asked for advice on {about.its}.",
        "Who was asked, and what, is on its page.",
    )


def _advice_given(about: StepLetter) -> Message:
    on = day(about.step.on)
    return about.message(
        f"advice on {about.name} given on {on}",
        f"On {on} the advice asked on {about.it} was given. {about.who} recorded it.",
        what_to_do(about),
        button="Read the advice",
    )


def _agreed(about: StepLetter) -> Message:
    return about.message(
        f"{about.name} settled on {about.at}",
        f"On {about.at} {about.it} was settled: {about.all_sides} accepted the same proposal.",
        "Nothing more is asked of you. What was agreed is on its page.",
        button="Read what was agreed",
    )


def _withdrawn(about: StepLetter) -> Message:
    return about.message(
        f"{about.name} withdrawn on {about.at}",
        f"On {about.at} {about.who} withdrew {about.its}.",
        "Nothing more is asked of you. The reason is on its page.",
        button="See why",
    )


def _named(about: StepLetter) -> Message:
    label = level_of(about.disagreement.terms, about.step.level).label
    return about.message(
        f"act on {about.name}, named on {about.at}",
        f"On {about.at} {about.who} named you to act on {about.its}, at the level “{label}”.",
        what_to_do(about) if about.acts else "You are told when it comes to that level.",
    )


_SAYS: dict[Step.Kind, Callable[[StepLetter], Message]] = {
    Kind.OPENED: _opened,
    Kind.TAKEN_UP: _taken_up,
    Kind.BROUGHT_IN: _brought_in,
    Kind.WANTED: _wanted,
    Kind.PROPOSAL: _proposal,
    Kind.ACCEPTANCE: _acceptance,
    Kind.ADVICE_ASKED: _advice_asked,
    Kind.ADVICE_GIVEN: _advice_given,
    Kind.AGREED: _agreed,
    Kind.WITHDRAWN: _withdrawn,
    Kind.NAMED: _named,
}
