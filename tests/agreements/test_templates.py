"""Which templates there are, who sees and who edits them, and letting others in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.library import library
from agreements.models import Template, TemplateVersion
from agreements.templates.services.keeping import new_template_draft, publish
from agreements.templates.services.people import let_edit
from audit.models import Entry
from parties.models import User
from tests.cast import Cast, acting
from tests.reading import words_at
from tests.stages import drafted, template
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
LIBRARY = "/templates/library/area-team-and-ccg/"


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


# --- The list and the library ---------------------------------------------------------------


def test_a_manager_takes_a_template_from_the_library(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    assert "keeps no template yet" in text_of(client, "/templates/")
    page = client.post(LIBRARY, follow=True).content.decode()
    assert "Northern Moors Area Team keeps its own copy of this template now." in page
    taken = Template.objects.get()
    assert taken.organisation == cast.area_team
    assert taken.versions.get().state == "published"
    assert library()["area-team-and-ccg"].description not in text_of(client, "/templates/")
    assert Entry.objects.filter(verb="template_taken").exists()


def test_whoever_has_taken_all_of_them_is_told_so(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    for key in library():
        assert f"/templates/library/{key}/" in text_of(client, "/templates/")
        client.post(f"/templates/library/{key}/")
    assert "every template that comes with the portal" in text_of(client, "/templates/")


def test_a_template_begins_agreements_with_what_it_leaves_for_later(
    cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast.manager)
    client.post("/templates/library/ccg-and-federations/")
    version = TemplateVersion.objects.get()
    left = version.clauses.get(status="to_be_defined")
    assert left.key == "role-quality"
    at = f"/templates/{version.template_id}/versions/1/"
    assert "Left for a later version" in text_of(client, at)
    draft = client.post(f"/templates/{version.template_id}/draft/").headers["Location"]
    typed = fields_of(text_of(client, f"{draft}clauses/role-quality/"))
    assert typed["to_be_defined"] == "on"
    del typed["to_be_defined"]
    client.post(f"{draft}clauses/role-quality/", typed | {"body": "It is clear now."})
    newest = TemplateVersion.objects.get(state="draft")
    assert newest.clauses.get(key="role-quality").status == "defined"
    assert "Status: Defined. Before: Left for a later version." in text_of(
        client, f"{draft}publish/"
    )


def test_taking_it_twice_is_told_and_makes_no_second(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    client.post(LIBRARY)
    assert "has this template already" in client.post(LIBRARY, follow=True).content.decode()
    assert Template.objects.count() == 1


def test_only_managers_take(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.colleague).post(LIBRARY).status_code == 403
    assert client_of(cast.manager).get(LIBRARY).status_code == 405
    assert client_of(cast.manager).post("/templates/library/no-such/").status_code == 404
    page = text_of(client_of(cast.viewer), "/templates/")
    assert "Take it" not in page
    assert "An MoU manager of your organisation can take it." in page


def test_another_organisations_templates_are_not_there(cast: Cast, client_of: ClientOf) -> None:
    made = template(cast.area_team)
    for user in (cast.other_manager, cast.stranger):
        client = client_of(user)
        assert "Short" not in text_of(client, "/templates/")
        for path in ("", "people/", "versions/1/", "versions/1/terms/", "versions/1/terms/period/"):
            assert client.get(f"/templates/{made.template_id}/{path}").status_code == 404, path


# --- A template's page ----------------------------------------------------------------------


def test_the_page_says_what_agreements_start_from(cast: Cast, client_of: ClientOf) -> None:
    made = template(cast.area_team)
    publish(by=acting(cast.manager), version=_draft(cast, made.template))
    drafted(cast, source=made)
    page = text_of(client_of(cast.manager), f"/templates/{made.template_id}/")
    assert "Template kept by Northern Moors Area Team" in page
    assert "New agreements start from version 2 of" in page
    assert "Maud Manager" in page
    assert "Open a draft" in page
    assert 'href="/agreements/new/?template=' in page


def test_a_reader_reads_and_has_no_buttons(cast: Cast, client_of: ClientOf) -> None:
    made, client = template(cast.area_team), client_of(cast.viewer)
    _draft(cast, made.template)
    for path in ("", "versions/1/", "versions/2/"):
        page = text_of(client, f"/templates/{made.template_id}/{path}").split("<main")[1]
        for word in ("Open a draft", "Publish version", ">Edit<", "Move up", "Remove", "<form"):
            assert word not in page, (path, word)


def test_a_manager_opens_one_draft(cast: Cast, client_of: ClientOf) -> None:
    made, client = template(cast.area_team), client_of(cast.manager)
    path = f"/templates/{made.template_id}/draft/"
    assert client.get(path).status_code == 405
    answer = client.post(path, follow=True)
    assert answer.redirect_chain[0][0] == f"/templates/{made.template_id}/versions/2/"
    assert "A draft of version 2 is open." in answer.content.decode()
    again = client.post(path, follow=True).content.decode()
    assert "A draft of this template is open already." in again
    assert "Go on with the draft" in again
    assert made.template.versions.count() == 2


# --- How much the pages ask the database ----------------------------------------------------


def test_the_list_asks_as_much_for_many_as_for_two(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    made = template(cast.area_team)
    let_edit(by=acting(cast.manager), template=made.template, user=cast.other_manager)
    few = _queries(client, "/templates/")
    for number in range(8):
        Template.objects.create(
            organisation=cast.area_team, key=f"more-{number}", name=f"More {number}"
        )
    assert _queries(client, "/templates/") == few


def test_a_template_asks_as_much_with_many_versions(cast: Cast, client_of: ClientOf) -> None:
    made, client = template(cast.area_team), client_of(cast.manager)
    path = f"/templates/{made.template_id}/"
    few = _queries(client, path)
    for guest in (cast.other_manager, cast.third_manager, cast.stranger):
        let_edit(by=acting(cast.manager), template=made.template, user=guest)
        publish(by=acting(cast.manager), version=_draft(cast, made.template))
    assert _queries(client, path) == few
    page = words_at(client, path)
    assert [f"Version {number}" in page for number in (1, 2, 3, 4)] == [True] * 4
    assert {str(each) in page for each in (cast.other_manager, cast.stranger)} == {True}


def _queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def _draft(cast: Cast, of: Template) -> TemplateVersion:
    return new_template_draft(by=acting(cast.manager), template=of)
