"""The access table: every URL, method and asker. What is refused also changes nothing.

A form is sent as it comes, and filled in: a hole behind a valid form would show in no empty one.
Each page also keeps to its budget of queries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from django.contrib.auth import get_user
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from house import clock
from mou_portal import urls
from mou_portal.access import OF_PACKAGES, who_may_open
from parties.models import User
from tests.access.filled_in import Body, filled_in
from tests.access.world import (
    BETWEEN_TWO,
    FOR_OTHER_VIEWER,
    FOR_VIEWER,
    KEPT_BY_US,
    NAMED_ALONE,
    OTHERS_ALONE,
    OURS,
    OURS_ALONE,
    THEIRS,
    World,
    written,
)
from tests.cast import Cast

TABLE = yaml.safe_load(Path(__file__).with_name("table.yaml").read_text())
URLS: dict[str, dict[str, Any]] = TABLE["urls"]

# Their head alone would be noted as a reading.
READING_IS_NOTED = {
    "announcements:draft", "announcements:draft_file",
    "announcements:team_answer", "announcements:team_file", "heads_ups:heads_up",
}  # fmt: skip
CANARIES = {
    OURS, THEIRS, OURS_ALONE, OTHERS_ALONE, BETWEEN_TWO, FOR_VIEWER, FOR_OTHER_VIEWER,
    NAMED_ALONE, KEPT_BY_US,
}  # fmt: skip
OUR_OWN = {OURS, OURS_ALONE, BETWEEN_TWO, FOR_OTHER_VIEWER}
OTHERS_OWN = {OURS, OTHERS_ALONE, BETWEEN_TWO, FOR_VIEWER}
# Each page asks no more than this of the database, whoever reads it.
MOST_QUERIES = {"agreements:list": 10, "home": 30}
OF_ANY_PAGE = 20
# What is read by whom it names, and by nobody for a role.
BY_NAME = {"manager": {NAMED_ALONE, KEPT_BY_US}, "other_manager": {NAMED_ALONE}}
OUTSIDERS = {"anonymous", "nobody", "stranger"}

pytestmark = pytest.mark.django_db


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
    wrong, forms = [], forms_of(world, name)
    for asker in world.askers:
        for each in tries_of(name, asker, forms):
            expected, got = expected_code(each), ask(world, each)
            if got != expected:
                how = f"{each.method}, filled in" if each.form else each.method
                wrong.append(f"{asker} {how}: {got}, not {expected}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", URLS)
def test_no_url_takes_another_method(world: World, name: str) -> None:
    for asker in ("anonymous", "manager"):
        for method in ("put", "delete"):
            assert ask(world, Try(name, asker, method)) in {403, 405, "log-in"}, (asker, method)


@pytest.mark.parametrize("name", URLS)
def test_a_head_is_answered_as_its_page_is(world: World, name: str) -> None:
    page = Try(name, "manager", "get")
    expected = 405 if name in READING_IS_NOTED else ask(world, page)
    assert ask(world, Try(name, "manager", "head")) == expected


@dataclass(frozen=True)
class Try:
    """One request: without a form, or with one that is filled in."""

    name: str
    asker: str
    method: str
    form: Body | None = None

    @property
    def row(self) -> dict[str, Any]:
        return URLS[self.name]


def forms_of(world: World, name: str) -> dict[bool, Body]:
    """The page's form, filled in: for the other party's people, if it is theirs too, and for ours.

    Nothing if the row knows of none. Whoever is refused sends the form of somebody who may.
    """
    row, forms = URLS[name], {}
    if "done" in row:
        ours = askers_of(row)
        theirs = [f"other_{asker}" for asker in ours if f"other_{asker}" in world.askers]
        for asker in (*ours[:1], *theirs[:1]):
            each = Try(name, asker, "get")
            if may(each):
                page = sent(world, each).content.decode()
                forms[asker.startswith("other_")] = filled_in(page, row.get("fill", {}))
    return forms


def ask(world: World, each: Try) -> int | str:
    """Sends one request and takes its writes back. Looks for canaries and for refused writes."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            response = sent(world, each)
        body = b"".join(response) if response.streaming else response.content
        changed = written() != world.written
        transaction.set_rollback(True)
    code = response.status_code
    if changed and (code >= 400 or not (may(each) or each.asker == "stranger")):
        return f"{code} and changed something"
    if each.form and each.asker == askers_of(each.row)[0] and not changed:
        return f"{code} and changed nothing"
    asked = sum("SAVEPOINT" not in query["sql"] for query in queries)
    if each.method == "get" and asked > MOST_QUERIES.get(each.name, OF_ANY_PAGE):
        return f"{code} and asked {asked} queries"
    if code == 200 and not says_of_which(each, world, body):
        return f"{code} and a title that other agreements' pages have too"
    answered = body + repr(response.headers).encode()
    for foreign in must_not_meet(each.asker):
        if foreign.encode() in answered:
            return f"{code} and met {foreign}"
    return "log-in" if "/account/login" in response.get("Location", "") else code


def sent(world: World, each: Try) -> Any:
    world.client.cookies = SimpleCookie(world.cookies.get(each.asker))
    url = reverse(each.name, kwargs=world.places[each.row["at"]] if "at" in each.row else {})
    # One moment for all: what is printed for several of them is the same document.
    with clock.at(world.made_at):
        return getattr(world.client, each.method)(url, each.form or {})


def says_of_which(each: Try, world: World, body: bytes) -> bool:
    """Whether a page of one agreement is called by its reference: many have the same title."""
    place = world.places[each.row["at"]] if "at" in each.row else {}
    reference = str(place.get("reference", ""))
    _, _, titled = body.partition(b"<title>")
    return not titled or reference in titled.partition(b"</title>")[0].decode()


def must_not_meet(asker: str) -> set[str]:
    """The canaries of what is not this asker's to see."""
    if asker in OUTSIDERS:
        return CANARIES - ({THEIRS} if asker == "stranger" else set())
    named = BY_NAME.get(asker, set())
    if asker.startswith("other_"):
        named = named | ({FOR_OTHER_VIEWER} if asker == "other_viewer" else set())
        return CANARIES - OTHERS_OWN - named
    return CANARIES - OUR_OWN - named - ({FOR_VIEWER} if asker == "viewer" else set())


def askers_of(row: dict[str, Any]) -> list[str]:
    allow = row["allow"]
    return list(allow if isinstance(allow, list) else TABLE["groups"][allow])


def part_of(asker: str) -> str:
    """The other party's people may what our own of the same role may, unless the row says so."""
    return asker.removeprefix("other_")


def tries_of(name: str, asker: str, forms: dict[bool, Body]) -> list[Try]:
    """The page, the form with nothing in it, and filled in. Who is refused sends the full one."""
    page, empty = Try(name, asker, "get"), Try(name, asker, "post")
    if not forms:
        return [page, empty]
    full = Try(name, asker, "post", forms.get(asker.startswith("other_"), forms[False]))
    return [page, empty, full] if may(full) else [page, full]


def theirs(each: Try) -> int | str | None:
    """What the row says of this one of the other party; None if it is as for our own."""
    said = each.row.get("theirs") if each.asker.startswith("other_") else None
    part = part_of(each.asker)
    if isinstance(said, dict):
        code = said.get(part, said.get("rest"))
        return None if code == "same" else code
    return said if part in askers_of(each.row) else None


def may(each: Try) -> bool:
    return part_of(each.asker) in askers_of(each.row) and theirs(each) is None


def expected_code(each: Try) -> int | str:
    row = each.row
    code: int | str = row.get(each.method, 405)
    of_theirs = theirs(each)
    if of_theirs is not None:
        return refused(code, of_theirs)
    if may(each):
        logged_in = row.get("logged_in", {}) if each.asker != "anonymous" else {}
        return row["done"] if each.form else logged_in.get(each.method, code)
    if each.asker == "anonymous":
        return "log-in"
    if each.asker == "stranger" and row["allow"] != "system_administrators":
        return refused(code, row.get("stranger", 404 if "at" in row else code))
    if "members" in row and part_of(each.asker) in TABLE["groups"]["members"]:
        return refused(code, row["members"])
    return 403


def refused(code: int | str, otherwise: int | str) -> int | str:
    """A method that the URL does not have is refused before anything is looked for."""
    return 405 if code == 405 else otherwise


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


# What is written however often somebody comes: their session, and that the form was sent.
BESIDES = {"django_session", "web_sentform"}
FILLED_IN = [name for name, row in URLS.items() if "done" in row]


@pytest.mark.parametrize("name", FILLED_IN)
def test_a_form_that_is_sent_twice_is_carried_out_once(world: World, name: str) -> None:
    """The second tap on its button, on every form of the portal."""
    form = forms_of(world, name)[False]
    each = Try(name, askers_of(URLS[name])[0], "post", form)
    with transaction.atomic():
        first = sent(world, each)
        before = rows_in_all()
        second = sent(world, each)
        made = {
            table: n - before[table] for table, n in rows_in_all().items() if n != before[table]
        }
        transaction.set_rollback(True)
    assert made == {}
    assert second.status_code == first.status_code == 302
    assert second["Location"] == first["Location"]


def rows_in_all() -> dict[str, int]:
    """How many rows each table has."""
    tables = [t for t in connection.introspection.django_table_names() if t not in BESIDES]
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return dict(zip(tables, cursor.fetchone(), strict=True))


@pytest.mark.parametrize("name", FILLED_IN)
def test_what_was_typed_is_kept_over_a_log_in(world: World, name: str) -> None:
    """Every form of the portal, sent after the session ended, stands there again as it was."""
    row = URLS[name]
    asker, form = askers_of(row)[0], forms_of(world, name)[False]
    page = reverse(name, kwargs=world.places[row["at"]] if "at" in row else {})
    with transaction.atomic(), clock.at(world.made_at):
        user = get_user(sent(world, Try(name, asker, "get")).wsgi_request)
        world.client.cookies = SimpleCookie()
        to_log_in = world.client.post(page, form, HTTP_REFERER=f"http://testserver{page}")
        world.client.force_login(cast("User", user))
        back = parse_qs(urlsplit(to_log_in["Location"]).query)["next"][0]
        again = filled_in(world.client.get(back).content.decode(), {})
        transaction.set_rollback(True)
    kept = {field: values for field, values in form.items() if field in again and any(values)}
    lost = {field: again[field] for field, values in kept.items() if again[field] != values}
    assert set(lost) <= {"csrfmiddlewaretoken", "form_key", "password"}
    assert kept
