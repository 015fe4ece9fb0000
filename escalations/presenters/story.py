"""What happened to a disagreement, as sentences: on the agreement's timeline and its own page."""

from __future__ import annotations

from collections.abc import Sequence

from escalations.models import Disagreement, Step
from escalations.rules.levels import level_of
from nhsuk.components import TimelineEntry
from nhsuk.dates import day
from nhsuk.words import and_list

Kind = Step.Kind

# For the timeline of the agreement, which all its parties read; notes are not told there.
SENTENCES: dict[str, str] = {
    "disagreement_opened": "{actor} opened {word} {number}: “{subject}”.",
    "disagreement_wanted": "{actor} said what {party} wants in {word} {number}.",
    "disagreement_named": (
        "{actor} named {who} to act for {party} at the level “{level}” of {word} {number}."
    ),
    "disagreement_name_left": (
        "{who} leaves {party}, and was named for the level “{level}” of {word} {number}."
    ),
    "disagreement_proposal": "{actor} made a proposal{for_whom} on {word} {number}.",
    "disagreement_accepted": "{actor} accepted a proposal{for_whom} on {word} {number}.",
    "disagreement_taken_up": "{actor} took {word} {number}{for_whom} to the level “{level}”.",
    "disagreement_skipped": "{actor} left out the level “{level}” of {word} {number}{for_whom}.",
    "disagreement_advice_asked": (
        "{actor} asked {adviser} for advice{for_whom} on {word} {number}, on {on}."
    ),
    "disagreement_advice_given": "{actor} recorded the advice of {adviser} on {word} {number}.",
    "disagreement_agreed": "All parties accepted a proposal: {word} {number} is settled.",
    "disagreement_brought_in": "{actor} brought {brought} into {word} {number}{for_whom}.",
    "disagreement_withdrawn": "{actor} withdrew {word} {number}{for_whom}.",
}
# The same of one that is not between all of them (record 0054).
OF_SOME: dict[str, str] = {
    "disagreement_opened_between": "{party} opened {word} {number} with {others}.",
    "disagreement_brought_in_between": "{party} brought {brought} into {word} {number}.",
    "disagreement_agreed_between": "{between} settled {word} {number}.",
    "disagreement_withdrawn_between": "{party} withdrew {word} {number} with {others}.",
}

_SAYS = {
    Kind.OPENED: "Opened by {actor}",
    Kind.NAMED: "{actor} named {named} to act for {party} at the level “{level}”",
    Kind.WANTED: "{actor} said what {party} wants",
    Kind.NOTE: "{actor} added a note",
    Kind.SHARED: "{actor} shared a note",
    Kind.PROPOSAL: "{actor} made a proposal{for_whom}",
    Kind.ACCEPTANCE: "{actor} accepted the proposal of {proposer}{for_whom}",
    Kind.TAKEN_UP: "{actor} took it from “{level}” to “{target}”{for_whom}",
    Kind.SKIPPED: "The level “{level}” was left out",
    Kind.BROUGHT_IN: "{actor} brought in {brought}{for_whom}",
    Kind.ADVICE_ASKED: "{actor} asked {adviser} for advice{for_whom}, on {on}",
    Kind.ADVICE_GIVEN: "{adviser} gave advice on {on}, recorded by {actor}",
    Kind.AGREED: "Settled: all sides accepted the same proposal",
    Kind.WITHDRAWN: "{actor} withdrew it{for_whom}",
}
_NOBODY_NAMED = "Nobody is named for {party} at the level “{level}” any more: who was has left"
# Their words stand elsewhere on the page, in full.
_TOLD_ELSEWHERE = frozenset(
    {Kind.NOTE, Kind.PROPOSAL, Kind.ADVICE_ASKED, Kind.ADVICE_GIVEN, Kind.AGREED}
)


def story_of(
    disagreement: Disagreement, steps: Sequence[Step], names: dict[int, str]
) -> list[TimelineEntry]:
    """The steps that the reader may see, the newest first. `names`: party id -> its name."""
    shown = [step for step in steps if not _is_implied(step)]
    return [_entry(disagreement, step, names) for step in reversed(shown)]


def _is_implied(step: Step) -> bool:
    """Whoever proposes accepts: that is not told a second time."""
    return bool(
        step.kind == Kind.ACCEPTANCE and step.about and step.about.party_id == step.party_id
    )


def _entry(disagreement: Disagreement, step: Step, names: dict[int, str]) -> TimelineEntry:
    brought = step.people if step.kind == Kind.BROUGHT_IN else {}
    says = _SAYS[Kind(step.kind)]
    if step.kind == Kind.NAMED and step.named is None:
        says = _NOBODY_NAMED
    said = says.format(
        actor=step.by_link or step.by.get_full_name(),
        party=names[step.party_id],
        for_whom=f" for {step.for_person.name}" if step.for_person else "",
        named=step.named.name if step.named else "",
        adviser=step.adviser,
        on=day(step.on),
        level=level_of(disagreement.terms, step.level).label,
        target=level_of(disagreement.terms, step.target).label if step.target else "",
        brought=and_list(names[int(pk)] for pk in brought),
        proposer=names[step.about.party_id] if step.about else "",
    )
    return TimelineEntry(
        when=step.at,
        title=f"{said}.",
        who=names[step.party_id],
        detail="" if step.kind in _TOLD_ELSEWHERE else step.text,
    )
