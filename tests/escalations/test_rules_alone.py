"""Levels and proposals as rules: no page, no database. A three-level ladder and three sides."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agreements.models import Party, Version
from agreements.terms import Level, Terms, as_stored
from escalations.models import Disagreement, Step
from escalations.rules import levels

KEYS = ("working", "responsible", "chiefs")
TERMS = Terms(levels=tuple(Level(key=key, label=key.title(), posts={}) for key in KEYS))
SIDES = [Party(pk=number, slot=f"side {number}") for number in (1, 2, 3)]
MARCH = [datetime(2026, 3, day, 12, tzinfo=UTC) for day in range(1, 30)]


def step(pk: int, kind: str, side: int, level: str = "working", about: int | None = None) -> Step:
    return Step(pk=pk, kind=kind, party_id=side, level=level, about_id=about)


@pytest.mark.parametrize(
    ("key", "above", "below", "top"),
    [
        ("working", ["responsible", "chiefs"], ["working"], False),
        ("responsible", ["chiefs"], ["working", "responsible"], False),
        ("chiefs", [], ["working", "responsible", "chiefs"], True),
    ],
)
def test_a_ladder(key: str, above: list[str], below: list[str], top: bool) -> None:
    assert [level.key for level in levels.above(TERMS, key)] == above
    assert [level.key for level in levels.up_to(TERMS, key)] == below
    assert levels.is_top(TERMS, key) is top
    assert levels.terms_first(TERMS) == "working"


def test_a_step_over_a_level_leaves_it_out() -> None:
    assert [each.key for each in levels.skipped(TERMS, "working", "chiefs")] == ["responsible"]
    assert levels.skipped(TERMS, "working", "responsible") == []
    with pytest.raises(LookupError, match="no level 'panel'"):
        levels.level_of(TERMS, "panel")


def test_each_level_has_its_time_from_when_it_came_there() -> None:
    disagreement = Disagreement(
        opened_at=MARCH[0],
        closed_at=MARCH[9],
        level="chiefs",
        version=Version(terms=as_stored(TERMS)),
    )
    moves = [
        Step(kind="note", at=MARCH[2]),
        Step(kind="taken_up", at=MARCH[4], target="responsible"),
        Step(kind="taken_up", at=MARCH[7], target="chiefs"),
    ]
    assert levels.present(disagreement).key == "chiefs"
    assert levels.stays(disagreement, moves) == {
        "working": levels.Stay(MARCH[0], MARCH[4]),
        "responsible": levels.Stay(MARCH[4], MARCH[7]),
        "chiefs": levels.Stay(MARCH[7], MARCH[9]),
    }


# What was done so far at the level "working"; the proposals that stand; whose turn it is.
TURNS: list[tuple[str, list[Step], list[int], list[int]]] = [
    ("nothing yet: all", [], [], [1, 2, 3]),
    (
        "the others answer a proposal",
        [step(1, "proposal", 1), step(2, "acceptance", 1, about=1)], [1], [2, 3],
    ),
    (
        "who accepted has answered",
        [step(1, "proposal", 1), step(2, "acceptance", 1, about=1),
         step(3, "acceptance", 3, about=1)], [1], [2],
    ),
    (
        "a newer one of the same side replaces it",
        [step(1, "proposal", 1), step(2, "acceptance", 1, about=1),
         step(3, "acceptance", 2, about=1), step(4, "proposal", 1),
         step(5, "acceptance", 1, about=4)], [4], [2, 3],
    ),
    (
        "two sides have one each: each is asked of the other's",
        [step(1, "proposal", 1), step(2, "acceptance", 1, about=1),
         step(3, "proposal", 2), step(4, "acceptance", 2, about=3)], [1, 3], [1, 2, 3],
    ),
    (
        "what was proposed at a lower level is left behind",
        [step(1, "proposal", 1, level="below"), step(2, "acceptance", 1, about=1)], [], [1, 2, 3],
    ),
    (
        "a note, or an acceptance of something that is no proposal, changes nothing",
        [step(1, "note", 1), step(2, "acceptance", 2, about=1)], [], [1, 2, 3],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("steps", "standing", "awaited"), [case[1:] for case in TURNS], ids=[case[0] for case in TURNS]
)
def test_whose_turn_it_is(steps: list[Step], standing: list[int], awaited: list[int]) -> None:
    found = levels.standing(steps, "working")
    assert [each.step.pk for each in found] == standing
    assert [party.pk for party in levels.awaited(steps, "working", SIDES)] == awaited
