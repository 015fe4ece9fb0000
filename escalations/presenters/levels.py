"""The levels of a disagreement as steps: where it is, who acts there, how long it took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from agreements.models import Party
from agreements.terms import Level
from deadlines.rules.working_days import Holidays
from escalations.models import Step
from escalations.presenters.words import page_of
from escalations.queries.people import OnLevel
from escalations.rules.levels import Stay, stays
from escalations.rules.who import Standing
from house import clock
from nhsuk.components import Link, Tag
from nhsuk.dates import day

Kind = Step.Kind
At = Literal["past", "here", "left out", "to come"]
_TAGS: dict[str, Tag] = {
    "here": Tag("Now at this level", "blue"),
    "left out": Tag("Left out", "yellow"),
    "settled": Tag("Settled here", "green"),
    "withdrawn": Tag("Withdrawn here", "grey"),
}


@dataclass(frozen=True)
class SideOnLevel:
    """Who acts for one side: names, or in words that nobody does; and where that is changed."""

    party: str
    names: str
    vacancy: str
    note: str
    name_link: Link | None


@dataclass(frozen=True)
class LevelView:
    label: str
    at: At
    tag: Tag | None
    time: str
    sides: tuple[SideOnLevel, ...]

    @property
    def aria_current(self) -> str:
        """What says to a screen reader that it is the present one."""
        return "step" if self.at == "here" else "false"


def level_views(reader: Standing, steps: Sequence[Step], holidays: Holidays) -> list[LevelView]:
    disagreement = reader.disagreement
    spent = stays(disagreement, steps)
    left_out = {step.level for step in steps if step.kind == Kind.SKIPPED}
    acted = {step.level: step.people for step in steps if step.kind in Step.LEAVING}
    found = []
    for level in disagreement.terms.levels:
        at = _at(level, disagreement.level, spent, left_out)
        reached = at in {"past", "here"} or (at == "to come" and disagreement.is_open)
        found.append(
            LevelView(
                label=level.label,
                at=at,
                tag=_tag(at, disagreement.state),
                time=_time(spent.get(level.key), holidays) if reached else _not_reached(at),
                sides=tuple(_sides(reader, level, acted.get(level.key))) if reached else (),
            )
        )
    return found


def _not_reached(at: At) -> str:
    return "It was not needed." if at == "to come" else ""


def _at(level: Level, present: str, spent: dict[str, Stay], left_out: set[str]) -> At:
    if level.key == present:
        return "here"
    if level.key in left_out:
        return "left out"
    return "past" if level.key in spent else "to come"


def _tag(at: At, state: str) -> Tag | None:
    ended = {"agreed": "settled", "withdrawn": "withdrawn"}.get(state, "")
    return _TAGS.get(ended or at) if at == "here" else _TAGS.get(at)


def _time(stay: Stay | None, holidays: Holidays) -> str:
    """ "Since 3 September 2013, for 12 days (8 working days)." """
    if stay is None:
        return ""
    how_long = stay.words(clock.today(), holidays)
    if stay.until is None:
        return f"Since {day(stay.since)}, for {how_long}."
    return f"From {day(stay.since)} to {day(stay.until)}, for {how_long}."


def _sides(reader: Standing, level: Level, acted: dict[str, str] | None) -> list[SideOnLevel]:
    """Who acts there; of a level that it has left, who acted there then."""
    disagreement, people = reader.disagreement, reader.people
    parties = people.parties(disagreement)
    if acted is not None:
        return [_who_acted(level, party, acted.get(str(party.pk), "")) for party in parties]
    return [_side(reader, people.on(disagreement, level, party)) for party in parties]


def _who_acted(level: Level, party: Party, names: str) -> SideOnLevel:
    vacancy = "" if names else "Nobody acted for this side."
    post = level.posts.get(party.slot, "")
    return SideOnLevel(party.name, names, vacancy, post, name_link=None)


def _side(reader: Standing, on: OnLevel) -> SideOnLevel:
    own = on.party == reader.party and reader.disagreement.is_open
    link = None
    if own and reader.may_name(on.level):
        text = "Say who acts" if on.is_vacant else "Change who acts"
        url = page_of(reader.disagreement, "people", on.level.key)
        link = Link(text, url, f"at the level {on.level.label}")
    return SideOnLevel(
        party=on.party.name,
        names=on.names,
        vacancy=_vacancy(on) if on.is_vacant else "",
        note=_note(reader, on),
        name_link=link,
    )


def _vacancy(on: OnLevel) -> str:
    if not on.post:
        return "The terms name no post for this side, and nobody is named yet."
    return f"Nobody is named yet. By the terms: {on.post}."


def _note(reader: Standing, on: OnLevel) -> str:
    """The post, whom a deputy stands in for, and who cannot act here themselves."""
    if on.is_vacant:
        return ""
    parts = [on.post] if on.post and on.post.lower() != on.names.lower() else []
    if on.deputy_of:
        parts.append(f"deputy of {on.deputy_of}, who is away")
    absent = [p.name for p in on.people if reader.people.must_be_recorded_for(p, on.party)]
    if absent and not on.team:
        parts.append("their MoU manager records for them")
    return ", ".join(parts)
