"""The access table: every URL, method and asker. What is refused also changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from agreements.models import Happening
from audit.models import Entry
from mail.models import Delivery
from mou_portal.access import ACCESS
from tests.access.places.communications import UNDER_EMBARGO
from tests.access.world import OURS, THEIRS, World

TABLE = yaml.safe_load(Path(__file__).with_name("table.yaml").read_text())
URLS: dict[str, dict[str, Any]] = TABLE["urls"]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for all cells; each cell's writes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        elif pattern.namespace != "admin":
            deeper = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern, deeper)


def test_every_url_stands_in_both_tables() -> None:
    urls = set(names(get_resolver()))
    assert urls == set(ACCESS)
    assert urls == set(URLS)


def test_every_url_is_allowed_to_somebody_and_refused_to_somebody_or_open_to_all() -> None:
    for name, row in URLS.items():
        allowed = askers_of(row)
        assert allowed, name
        assert len(allowed) < 10 or row["allow"] == "everybody", name


@pytest.mark.parametrize("name", URLS)
def test_each_asker_gets_what_the_table_says(world: World, name: str) -> None:
    wrong = []
    for asker in world.askers:
        for method in ("get", "post"):
            expected, got = expected_code(name, asker, method), ask(world, name, asker, method)
            if got != expected:
                wrong.append(f"{asker} {method}: {got}, not {expected}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", URLS)
def test_no_url_takes_another_method(world: World, name: str) -> None:
    for asker in ("anonymous", "manager"):
        for method in ("put", "delete"):
            assert ask(world, name, asker, method) in {403, 405, "log-in"}, (asker, method)


def ask(world: World, name: str, asker: str, method: str) -> int | str:
    """Sends one request and takes its writes back. Looks for canaries and for refused writes."""
    row = URLS[name]
    client = Client(raise_request_exception=False)
    if asker != "anonymous":
        client.cookies.update(world.cookies[asker])
    with transaction.atomic():
        before = written()
        url = reverse(name, kwargs=world.places[row["at"]] if "at" in row else {})
        response = getattr(client, method)(url)
        body = b"".join(response) if response.streaming else response.content
        changed = written() != before
        transaction.set_rollback(True)
    refused = asker not in askers_of(row) and asker != "stranger"
    if changed and (refused or response.status_code >= 400):
        return f"{response.status_code} and changed something"
    answered = body + repr(response.headers).encode()
    for foreign in must_not_meet(asker):
        if foreign.encode() in answered:
            return f"{response.status_code} and met {foreign}"
    return "log-in" if "/account/login" in response.get("Location", "") else response.status_code


def must_not_meet(asker: str) -> Iterator[str]:
    """The canaries of what is not this asker's to see."""
    yield OURS if asker in {"anonymous", "nobody", "stranger"} else THEIRS
    if asker != "viewer":
        yield UNDER_EMBARGO


def written() -> tuple[int, int, int]:
    return Entry.objects.count(), Happening.objects.count(), Delivery.objects.count()


def askers_of(row: dict[str, Any]) -> list[str]:
    allow = row["allow"]
    return list(allow if isinstance(allow, list) else TABLE["groups"][allow])


def expected_code(name: str, asker: str, method: str) -> int | str:
    row = URLS[name]
    if asker in askers_of(row):
        logged_in = row.get("logged_in", {}) if asker != "anonymous" else {}
        code: int | str = logged_in.get(method, row.get(method, 405))
        return code
    if asker == "anonymous":
        return "log-in"
    if asker == "stranger" and row["allow"] != "system_administrators":
        code = row.get("stranger", 404 if "at" in row else row.get(method, 405))
        # A method that the URL does not have is refused before anything is looked for.
        return int(405 if row.get(method, 405) == 405 else code)
    if "members" in row and asker in TABLE["groups"]["members"]:
        return int(405 if row.get(method, 405) == 405 else row["members"])
    return 403


def test_whoever_may_read_an_agreement_finds_its_canary(world: World) -> None:
    for place, name in (("drafted", "agreements:text"), ("drafted", "agreements:agreement")):
        client = Client()
        client.force_login(world.cast.viewer)
        page = client.get(reverse(name, kwargs=world.places[place]))
        assert OURS.encode() in page.content, name


def test_a_stranger_and_nothing_there_look_the_same(world: World) -> None:
    client = Client()
    client.force_login(world.cast.stranger)
    theirs = client.get(reverse("agreements:agreement", kwargs=world.places["drafted"]))
    nothing = client.get(reverse("agreements:agreement", kwargs={"reference": "MOU-9999"}))
    assert theirs.status_code == nothing.status_code == 404
    without_path = [page.content.split(b"<main")[1] for page in (theirs, nothing)]
    assert without_path[0] == without_path[1]
