"""What the pages of one agreement ask of the database: as much for ten parties as for two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from agreements.models import Agreement
from house import clock
from house.rooms import rooms
from tests.access.test_table import pages
from tests.agreements.varied import out_for_signature, vary
from tests.cast import Cast, acting, organisation
from tests.commitments.stage import recorded, side
from tests.communications.desk import bilateral, planned
from tests.conftest import ClientOf
from tests.costs import BUDGET, queries_at, with_many
from tests.disagreements import opened
from tests.meetings.stage import held, scheduled, series_of
from tests.reading import words_at
from tests.stages import approve, ask, frozen, make, sent, template

pytestmark = pytest.mark.django_db


def drafted_by(cast: Cast, others: int) -> Agreement:
    sides = {f"ccg_{each}": organisation(f"CCG {each} of {others}") for each in range(others)}
    sides = {"area_team": cast.area_team} | sides
    source = template(list(sides.values())[-1], tuple(sides))
    return make(acting(cast.manager), source, sides, {"area": "the moors"})


def frozen_by(cast: Cast, others: int) -> Agreement:
    return frozen(cast, drafted_by(cast, others)).agreement


def asked_by(cast: Cast, others: int) -> Agreement:
    """Out for approval, approved by ours, whose signatory is asked."""
    version = sent(cast, drafted_by(cast, others))
    approve(cast.manager, version)
    return ask(cast.manager, version, cast.signatory, because="Soon.").version.agreement


@pytest.mark.parametrize("stage", [drafted_by, frozen_by, asked_by, with_many])
def test_ten_parties_ask_no_more_than_two(
    cast: Cast, client_of: ClientOf, stage: Callable[[Cast, int], Agreement]
) -> None:
    client, counts = client_of(cast.manager), []
    for others in (1, 9):
        agreement = stage(cast, others)
        opened = {name: path for name, path in paths_of(agreement) if opens(client, path)}
        counts.append({name: queries_at(client, path) for name, path in opened.items()})
    two, ten = counts
    assert ten == two
    assert {name: asked for name, asked in ten.items() if asked > BUDGET} == {}
    assert len(ten) > 10


@pytest.mark.parametrize("stage", ["drafted", "numbered", "signing"])
def test_each_page_of_a_busy_agreement_whose_text_is_varied_keeps_to_the_budget(
    cast: Cast, client_of: ClientOf, stage: str
) -> None:
    """With a disagreement, an announcement, a meeting, an action and a text under way."""
    agreement = bilateral(cast)
    opened(cast, agreement)
    planned(cast, agreement)
    wider = series_of(agreement)
    scheduled(cast.colleague, wider, clock.today() + timedelta(days=7))
    held(cast.colleague, wider, clock.today())
    recorded(cast.colleague, side(agreement, "ccg"))
    vary(cast, agreement)
    if stage == "numbered":
        sent(cast, agreement)
    if stage == "signing":
        out_for_signature(cast, agreement)
    client = client_of(cast.manager)
    there = {name: path for name, path in paths_of(agreement) if opens(client, path)}
    counts = {name: queries_at(client, path) for name, path in there.items()}
    assert {name: asked for name, asked in counts.items() if asked > BUDGET} == {}
    assert "Variation: a new text" in words_at(client, f"/agreements/{agreement.reference}/")


def paths_of(agreement: Agreement) -> Iterator[tuple[str, str]]:
    """Each page that the reference leads to, alone or with a version's number."""
    newest = {"seq": agreement.versions.count()}
    for more in ({}, newest, *({"key": each.key} for each in subpages(agreement))):
        for name, _ in pages(get_resolver()):
            try:
                at = reverse(name, kwargs={"reference": agreement.reference} | more)
            except NoReverseMatch:
                continue
            yield f"{name} {more.get('key', '')}", at


def subpages(agreement: Agreement) -> list[Any]:
    return [each for room in rooms() for each in room.subpages(agreement)]


def opens(client: Client, path: str) -> bool:
    answer = client.get(path)
    return answer.status_code == 200 and b"<main" in answer.content
