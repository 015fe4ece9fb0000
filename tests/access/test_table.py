"""The access table: every URL, method and asker. What is refused also changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from agreements.models import Happening
from audit.models import Entry
from mail.models import Delivery
from mou_portal import urls
from mou_portal.access import OF_PACKAGES, who_may_open
from tests.access.places.communications import UNDER_EMBARGO
from tests.access.world import OURS, THEIRS, World
from tests.cast import Cast

TABLE = yaml.safe_load(Path(__file__).with_name("table.yaml").read_text())
URLS: dict[str, dict[str, Any]] = TABLE["urls"]

# Their head alone would be noted as a reading.
READING_IS_NOTED = {"announcements:draft", "announcements:draft_file"}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for all cells; each cell's writes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def pages(
    resolver: URLResolver, namespace: str = ""
) -> Iterator[tuple[str, Callable[..., HttpResponse]]]:
    """Each URL's name and its view."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern.callback
        elif pattern.namespace != "admin":
            deeper = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from pages(pattern, deeper)


def test_every_url_says_who_may_open_it_and_stands_in_the_table() -> None:
    found = list(pages(get_resolver()))
    names = [name for name, _ in found]
    assert sorted(names) == sorted(URLS)
    assert [name for name, view in found if who_may_open(name, view) is None] == []
    assert set(OF_PACKAGES) <= set(names)


urlpatterns = [*urls.urlpatterns, path("nobody-said/", lambda _: HttpResponse(), name="unsaid")]


def test_a_url_that_does_not_say_who_may_open_it_stays_shut(settings: Any, cast: Cast) -> None:
    settings.ROOT_URLCONF = __name__
    client = Client()
    client.force_login(cast.manager)
    assert client.get("/accessibility/").status_code == 200
    assert client.get("/nobody-said/").status_code == 404


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


@pytest.mark.parametrize("name", URLS)
def test_a_head_is_answered_as_its_page_is(world: World, name: str) -> None:
    expected = 405 if name in READING_IS_NOTED else ask(world, name, "manager", "get")
    assert ask(world, name, "manager", "head") == expected


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
