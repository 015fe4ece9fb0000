"""The e-mails about the steps of a disagreement: what happened, when, and what to do now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from escalations.mail_asks import what_to_do
from escalations.mail_context import DisagreementLetter
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
        "disagreement__agreement", "disagreement__version", "party", "about"
    ).get(pk=context["step"])
    if _is_overtaken(step):
        raise NotNeeded
    about = DisagreementLetter(step.disagreement, context["organisation"], context["person"])
    return _SAYS[Kind(step.kind)](about, _Told(about, step), context["why"])


def _is_overtaken(step: Step) -> bool:
    disagreement = step.disagreement
    if step.kind in ENDS:
        return False
    left = disagreement.level != (step.target or step.level)
    return not disagreement.is_open or (step.kind in FOR_A_LEVEL and left)


class _Told:
    """A step in words: who did it, on which day, on which agreement's disagreement."""

    def __init__(self, about: DisagreementLetter, step: Step) -> None:
        self.step = step
        parties = {party.pk: party.name for party in about.parties}
        self.who = parties[step.party_id]
        self.on = day(london_day(step.at))
        self.it = f"{about.name} of your MoU with {about.others}"
        others = [name for pk, name in parties.items() if pk != step.party_id]
        self.its = f"{about.name} of its MoU with {and_list(others)}"


def _opened(about: DisagreementLetter, told: _Told, why: str) -> Message:
    return about.message(
        f"{about.name} was opened on {told.on}",
        f"On {told.on} {told.who} opened {told.its}. It begins at the level “{about.level.label}”.",
        what_to_do(about),
        why=why,
        button=_open(about),
        asks=True,
    )


def _taken_up(about: DisagreementLetter, told: _Told, why: str) -> Message:
    return about.message(
        f"{about.name} was taken to a higher level on {told.on}",
        f"On {told.on} {told.who} took {told.its} to the level “{about.level.label}”. "
        "The reason is on its page.",
        what_to_do(about),
        why=why,
        button=_open(about),
        asks=True,
    )


def _wanted(about: DisagreementLetter, told: _Told, why: str) -> Message:
    return about.message(
        f"{told.who} said what it wants in {about.name}",
        f"On {told.on} {told.who} said what it wants in {told.its}.",
        what_to_do(about),
        why=why,
        button=_open(about),
    )


def _proposal(about: DisagreementLetter, told: _Told, why: str) -> Message:
    whose = "your answer" if about.acts else "an answer"
    return about.message(
        f"a proposal of {told.on} on {about.name} awaits {whose}",
        f"On {told.on} {told.who} made a proposal to settle {told.its}. "
        f"Once {about.all_sides} accept it, the matter is settled.",
        what_to_do(about),
        why=why,
        button="Read the proposal",
        asks=True,
    )


def _acceptance(about: DisagreementLetter, told: _Told, why: str) -> Message:
    return about.message(
        f"{told.who} accepted a proposal on {about.name}",
        f"On {told.on} {told.who} accepted a proposal to settle {told.its}. "
        f"It is settled once {about.all_sides} accept.",
        what_to_do(about),
        why=why,
        button="Read the proposal",
    )


def _advice_asked(about: DisagreementLetter, told: _Told, why: str) -> Message:
    on = day(told.step.on)
    return about.message(
        f"advice was asked on {about.name} on {on}",
        f"On {on} {told.who} asked for advice on {told.its}.",
        "Who was asked, and what, is on its page.",
        why=why,
        button=_open(about),
    )


def _advice_given(about: DisagreementLetter, told: _Told, why: str) -> Message:
    on = day(told.step.on)
    return about.message(
        f"advice was given on {about.name} on {on}",
        f"On {on} the advice asked on {told.it} was given. {told.who} recorded it.",
        what_to_do(about),
        why=why,
        button="Read the advice",
    )


def _agreed(about: DisagreementLetter, told: _Told, why: str) -> Message:
    return about.message(
        f"{about.name} was settled on {told.on}",
        f"On {told.on} {told.it} was settled: {about.all_sides} accepted the same proposal.",
        "Nothing more is asked of you. What was agreed is on its page.",
        why=why,
        button="Read what was agreed",
    )


def _withdrawn(about: DisagreementLetter, told: _Told, why: str) -> Message:
    return about.message(
        f"{about.name} was withdrawn on {told.on}",
        f"On {told.on} {told.who} withdrew {told.its}.",
        "Nothing more is asked of you. The reason is on its page.",
        why=why,
        button="See why",
    )


def _named(about: DisagreementLetter, told: _Told, why: str) -> Message:
    label = level_of(about.disagreement.terms, told.step.level).label
    return about.message(
        f"you were named to act on {about.name}",
        f"On {told.on} {told.who} named you to act on {told.its}, at the level “{label}”.",
        what_to_do(about) if about.acts else "You are told when it comes to that level.",
        why=why,
        button=_open(about),
    )


def _open(about: DisagreementLetter) -> str:
    return f"Open the {about.disagreement.word}"


_SAYS: dict[Step.Kind, Callable[[DisagreementLetter, _Told, str], Message]] = {
    Kind.OPENED: _opened,
    Kind.TAKEN_UP: _taken_up,
    Kind.WANTED: _wanted,
    Kind.PROPOSAL: _proposal,
    Kind.ACCEPTANCE: _acceptance,
    Kind.ADVICE_ASKED: _advice_asked,
    Kind.ADVICE_GIVEN: _advice_given,
    Kind.AGREED: _agreed,
    Kind.WITHDRAWN: _withdrawn,
    Kind.NAMED: _named,
}
