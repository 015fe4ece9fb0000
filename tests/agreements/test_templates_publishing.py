"""The terms of a template's draft, its publication, and who may do neither."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from agreements.models import TemplateVersion
from agreements.templates.services.keeping import EDITING, publish
from agreements.terms import LeadTimes
from parties.models import User
from tests.cast import Cast, acting
from tests.template_drafts import clause, opened, template_draft, url
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
EDIT_PAGES = ("terms/period/", "publish/", "add/", "clauses/meet/", "clauses/meet/remove/")


@pytest.fixture
def draft(cast: Cast) -> TemplateVersion:
    return template_draft(cast)


# --- Terms ----------------------------------------------------------------------------------


def test_the_terms_are_edited_in_boxes(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client, path = client_of(cast.manager), url(draft, "terms/announcements/")
    answer = client.post(path, opened(client, path) | {"publication_hours": "96"})
    assert answer.headers["Location"] == url(draft, "terms/")
    draft.refresh_from_db()
    assert draft.typed_terms.lead_times.publication_hours == 96
    assert "about 96 hours before its release" in client.get(url(draft)).content.decode()


def test_terms_that_somebody_changed_meanwhile_are_not_written_over_unseen(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client, path = client_of(cast.manager), url(draft, "terms/announcements/")
    mine = opened(client, path) | {"publication_hours": "96"}
    theirs = draft.typed_terms.model_copy(
        update={"lead_times": LeadTimes(publication_hours=48, press_release_hours=24)}
    )
    EDITING.edit_terms(by=acting(cast.other_colleague), version=draft, terms=theirs)
    page = client.post(path, mine).content.decode()
    assert "Somebody changed the terms while you were editing them." in page
    assert fields_of(page)["publication_hours"] == "96"
    client.post(path, fields_of(page))
    draft.refresh_from_db()
    assert draft.typed_terms.lead_times.publication_hours == 96


# --- Publishing -----------------------------------------------------------------------------


def test_publishing_says_what_it_means_and_what_changes(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client, path = client_of(cast.other_colleague), url(draft, "publish/")
    EDITING.edit_clause(by=acting(cast.manager), clause=clause(draft), edit_no=0, body="Monthly.")
    page = client.get(path).content.decode()
    assert (
        "New agreements start from this version. Agreements made before stay as they are." in page
    )
    assert "1 clause changed." in page
    done = client.post(path, fields_of(page), follow=True).content.decode()
    assert "Version 2 is published." in done
    draft.refresh_from_db()
    assert draft.published_at is not None


def test_what_changed_since_the_page_was_opened_is_not_published_unseen(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client, path = client_of(cast.manager), url(draft, "publish/")
    shown = opened(client, path)
    EDITING.edit_clause(by=acting(cast.manager), clause=clause(draft), edit_no=0, body="Monthly.")
    assert "Somebody changed this draft" in client.post(path, shown).content.decode()
    draft.refresh_from_db()
    assert draft.is_draft


def test_another_clause_in_the_place_of_one_is_another_text(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client, path, by = client_of(cast.manager), url(draft, "publish/"), acting(cast.manager)
    shown = opened(client, path)
    last = draft.clauses.order_by("position")[5]
    EDITING.remove_clause(by=by, clause=last)
    EDITING.add_clause(by=by, version=draft, kind="duty", heading="Other", body="", edit_no=0)
    assert "Somebody changed this draft" in client.post(path, shown).content.decode()


def test_an_empty_draft_is_not_published(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    for each in draft.clauses.all():
        EDITING.remove_clause(by=acting(cast.manager), clause=each)
    page = client_of(cast.manager).post(url(draft, "publish/")).content.decode()
    assert "This draft has no clauses. Add one, then publish it." in page


def test_a_published_version_says_that_it_no_longer_changes(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast.manager)
    mine = opened(client, url(draft, "clauses/meet/")) | {"body": "Too late."}
    publish(by=acting(cast.manager), version=draft)
    for path in EDIT_PAGES:
        page = client.get(url(draft, path), follow=True).content.decode()
        assert "Version 2 is published and no longer changes." in page, path
    page = client.post(url(draft, "clauses/meet/"), mine).content.decode()
    assert "This version is published and no longer changes. Open a new draft." in page
    assert fields_of(page)["body"] == "Too late."
    moved = client.post(url(draft, "clauses/meet/move/"), {"way": "up"}, follow=True)
    assert "no longer changes" in moved.content.decode()
    assert "twice" in clause(draft).body


# --- Who may not ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*EDIT_PAGES, "clauses/meet/move/"])
def test_who_may_read_only_gets_403_and_a_stranger_404(
    path: str, draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    for user in (cast.viewer, cast.colleague, cast.administrator):
        # The button that moves a clause has no page of its own.
        page = 405 if path.endswith("/move/") else 403
        assert client_of(user).get(url(draft, path)).status_code == page
        assert client_of(user).post(url(draft, path)).status_code == 403
    assert client_of(cast.stranger).post(url(draft, path)).status_code == 404
    assert client_of(cast.other_manager).post(url(draft, path)).status_code == 404
