from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.core.access import true_access, words_of
from agreements.models import (
    Access,
    Agreement,
    OtherParty,
    Party,
    PartySpell,
    TemplateVersion,
)
from agreements.versions.services.versions import stop_preparing
from house import clock
from house.tracked import create_all
from parties.models import Organisation, User
from tests.bad_input import BAD_TEXTS
from tests.cast import Cast, acting
from tests.stages import drafted, in_force, template

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]
ClientOf = Callable[[User], Client]


def agreements(cast: Cast, number: int, *, other: Organisation, **fields: Any) -> None:
    """Many at once, as rows: with a title, a state and a date each."""
    source = TemplateVersion.objects.first() or template(cast.area_team)
    first = Agreement.objects.count() + 1
    made = create_all(
        [
            Agreement(
                reference=f"MOU-{n:04d}",
                title=f"Agreement {n:04d}",
                template_version=source,
                state=fields.get("state", "in_force"),
                created_at=clock.now(),
                created_by=cast.manager,
            )
            for n in range(first, first + number)
        ]
    )
    for place, organisation in enumerate((cast.area_team, other), start=1):
        parties = Party.objects.bulk_create(
            Party(agreement=each, slot=f"s{place}", label="side", position=place) for each in made
        )
        for party in parties:
            PartySpell.objects.create(party=party, organisation=organisation)
        Access.objects.bulk_create(
            Access(
                organisation=organisation,
                agreement=each,
                words=words_of(each.title, each.reference),
                state=each.state,
                next_due_on=fields.get("next_due_on"),
                next_due_kind="review" if fields.get("next_due_on") else "",
                vacant_roles=fields.get("vacant_roles", 0),
            )
            for each in made
        )
    OtherParty.objects.get_or_create(organisation=cast.area_team, other=other)


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/agreements/{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("nothing_but_agreements")
def test_a_row_says_what_it_is_and_what_comes_next(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(clock.now()):
        agreement = in_force(cast).agreement
        shown = page(client_of(cast.viewer))
    assert f'href="/agreements/{agreement.reference}/">{agreement.title}</a>' in shown
    assert f"With Eastmoor CCG, {agreement.reference}" in shown
    assert ">In force</strong>" in shown
    # The nearest date, of whatever room.
    assert re.search(r"\w due \d+ \w+ \d{4} ", shown)
    assert re.search(r"in \d+ months", shown)
    assert "With Northern Moors Area Team" in page(client_of(cast.other_viewer))


def test_only_ones_own_are_listed_and_counted(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast)
    shown = page(client_of(cast.stranger))
    assert agreement.title not in shown
    assert "has no agreements here yet" in shown
    assert "Eastmoor CCG" not in shown


def test_who_may_add_one_has_two_ways_in(cast: Cast, client_of: ClientOf) -> None:
    for user, may in ((cast.colleague, True), (cast.manager, True), (cast.viewer, False)):
        shown = page(client_of(user))
        assert ("Start from a template" in shown) is may
        assert ("Register a signed MoU" in shown) is may


def test_it_is_narrowed_by_state_party_text_and_attention(cast: Cast, client_of: ClientOf) -> None:
    later = clock.today() + timedelta(days=90)
    agreements(cast, 1, other=cast.ccg, state="being_prepared")
    agreements(cast, 1, other=cast.third_ccg, next_due_on=later, vacant_roles=2)
    agreements(cast, 1, other=cast.ccg, next_due_on=clock.today() - timedelta(days=1))
    agreements(cast, 1, other=cast.ccg, next_due_on=later)
    client = client_of(cast.manager)
    for query, expected in (
        ("?state=being_prepared", {1}),
        (f"?party={cast.third_ccg.pk}", {2}),
        ("?text=westmoor", {2}),
        ("?text=mou-0003", {3}),
        ("?text=AGREEMENT+0004", {4}),
        ("?attention=on", {2, 3}),
        ("?attention=on&text=eastmoor", {3}),
        ("?text=nothing+has+this+name", set()),
    ):
        shown = page(client, query)
        assert {n for n in range(1, 5) if f">Agreement {n:04d}</a>" in shown} == expected, query
        assert f"{len(expected)} of 4 agreements" in shown
    assert "2 contact roles vacant" in page(client)
    assert "Review late" in page(client)


def test_the_next_date_comes_first_and_none_comes_last(cast: Cast, client_of: ClientOf) -> None:
    agreements(cast, 1, other=cast.ccg, state="being_prepared")
    agreements(cast, 1, other=cast.ccg, next_due_on=date(2031, 1, 2))
    agreements(cast, 1, other=cast.ccg, next_due_on=date(2031, 1, 1))
    client = client_of(cast.manager)
    by_date, by_title = page(client), page(client, "?sort=title")
    assert _order(by_date) == [3, 2, 1]
    assert _order(by_title) == [1, 2, 3]


def test_a_page_has_twenty_five_and_keeps_its_filters(cast: Cast, client_of: ClientOf) -> None:
    agreements(cast, 60, other=cast.ccg)
    client = client_of(cast.manager)
    assert len(_order(page(client))) == 25
    assert len(_order(page(client, "?state=in_force&page=3"))) == 10
    assert 'href="?state=in_force&amp;page=2"' in page(client, "?state=in_force")
    # What is no page leads to one that is.
    assert len(_order(page(client, "?page=99"))) == 10
    assert len(_order(page(client, "?page=x"))) == 25


def test_more_rows_do_not_mean_more_queries(cast: Cast, client_of: ClientOf) -> None:
    client, counts, rows = client_of(cast.manager), [], []
    for more in (10, 190):
        agreements(cast, more, other=cast.ccg, state="being_prepared")
        agreements(cast, 1, other=cast.third_ccg, next_due_on=clock.today())
        page(client)
        with CaptureQueriesContext(connection) as queries:
            rows.append(len(_order(page(client))))
        counts.append(sum("SAVEPOINT" not in each["sql"] for each in queries))
    assert rows == [11, 25]
    assert counts[0] == counts[1]
    assert counts[0] <= 10


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
@pytest.mark.parametrize("name", ["text", "state", "party", "sort", "attention", "page"])
def test_nothing_in_the_address_breaks_it(
    cast: Cast, client_of: ClientOf, name: str, text: str
) -> None:
    drafted(cast)
    response = client_of(cast.manager).get("/agreements/", {name: text})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_what_the_list_stands_on_is_the_truth(cast: Cast) -> None:
    signed = in_force(cast).agreement
    stopped = drafted(cast, source=signed.template_version)
    stop_preparing(by=acting(cast.manager), agreement=stopped, because="Not wanted.")
    for access in Access.objects.select_related("agreement"):
        truth = true_access(access.agreement, [access.organisation_id])[access.organisation_id]
        assert {name: getattr(access, name) for name in truth} == truth
    assert Access.objects.count() == 4
    pairs = {(cast.area_team.pk, cast.ccg.pk), (cast.ccg.pk, cast.area_team.pk)}
    assert set(OtherParty.objects.values_list("organisation", "other")) == pairs


def _order(shown: str) -> list[int]:
    parts = shown.split(">Agreement ")[1:]
    return [int(part[:4]) for part in parts if part[:4].isdigit()]
