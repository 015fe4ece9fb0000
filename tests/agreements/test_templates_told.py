"""Whoever may use another's template is told once of a new version, and drafts say so too."""

from __future__ import annotations

import pytest

from agreements.models import ClauseKind, Template, TemplateVersion
from agreements.templates.services.keeping import EDITING, new_template_draft, publish, withdraw
from agreements.templates.services.sharing import share_template, stop_sharing
from mail.models import Delivery
from tests.cast import Cast, acting, user
from tests.conftest import ClientOf, Mailbox
from tests.stages import drafted, template

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(cast: Cast) -> Template:
    """Kept by the Area Team; Eastmoor CCG, with an MoU manager, may use it."""
    _ = cast.other_manager
    found = template(cast.area_team).template
    share_template(by=acting(cast.manager), template=found, organisation=cast.ccg)
    return found


def next_version(cast: Cast, kept: Template) -> TemplateVersion:
    """Published, with one clause changed and one added."""
    by = acting(cast.manager)
    draft = new_template_draft(by=by, template=kept)
    clause = draft.clauses.get(key="openness")
    EDITING.edit_clause(
        by=by, clause=clause, heading=clause.heading, body="The parties are very open.",
        kind=clause.kind, edit_no=clause.edit_no,
    )  # fmt: skip
    EDITING.add_clause(
        by=by, version=draft, after=clause, heading="Trust", body="They trust each other.",
        kind=ClauseKind.PRINCIPLE,
    )  # fmt: skip
    publish(by=by, version=draft)
    return draft


def test_a_new_version_is_told_once_with_what_changed(
    cast: Cast, kept: Template, mailbox: Mailbox
) -> None:
    second = user("Olive Otherton", cast.ccg, "manager")
    next_version(cast, kept)
    for told in (cast.other_manager, second):
        [letter] = [m for m in mailbox.to(told.email) if "new version" in m.subject]
        assert letter.subject == (
            "There is a new version of a template of Northern Moors Area Team"
        )
        assert "published version 2" in letter.body
        assert "1 clause changed, 1 clause added." in letter.body
        assert "very open" not in letter.body
    assert not [m for m in mailbox.to(cast.manager.email) if "new version" in m.subject]


def test_a_withdrawn_version_is_told_with_what_is_left(
    cast: Cast, kept: Template, mailbox: Mailbox
) -> None:
    second = next_version(cast, kept)
    withdraw(by=acting(cast.manager), version=second, because="Clause 2 was wrong.")
    letter = mailbox.to(cast.other_manager.email)[-1]
    assert letter.subject == "A version of a template of Northern Moors Area Team is withdrawn"
    assert "New agreements start from version 1." in letter.body
    assert "Clause 2 was wrong." not in letter.body
    withdraw(by=acting(cast.manager), version=kept.versions.get(seq=1), because="An old law.")
    letter = mailbox.to(cast.other_manager.email)[-1]
    assert "New agreements cannot start from this template now." in letter.body


def test_whoever_may_not_use_it_any_more_is_not_told(cast: Cast, kept: Template) -> None:
    stop_sharing(by=acting(cast.manager), template=kept, organisation=cast.ccg)
    next_version(cast, kept)
    assert not Delivery.objects.filter(kind="template_published").exists()


def test_a_version_that_is_withdrawn_before_it_is_told_is_not(
    cast: Cast, kept: Template, mailbox: Mailbox
) -> None:
    second = next_version(cast, kept)
    withdraw(by=acting(cast.manager), version=second, because="Too early.")
    told = [m.subject for m in mailbox.to(cast.other_manager.email)]
    assert not [subject for subject in told if "new version" in subject]


def test_a_draft_says_that_a_newer_version_exists_and_stays_as_it_is(
    cast: Cast, kept: Template, client_of: ClientOf
) -> None:
    agreement = drafted(cast, source=kept.versions.get())
    path = f"/agreements/{agreement.reference}/text/"
    client = client_of(cast.other_manager)
    assert "This draft began from" not in client.get(path).content.decode()
    next_version(cast, kept)
    page = client.get(path).content.decode()
    assert (
        "This draft began from version 1 of its template. A newer version exists: version 2" in page
    )
    assert "This draft stays as it is." in page
    assert "The parties are open with each other." in page
    withdraw(by=acting(cast.manager), version=kept.versions.get(seq=1), because="An old law.")
    assert "That version was withdrawn on" in client.get(path).content.decode()


def test_a_party_that_may_not_use_the_template_reads_nothing_of_it(
    cast: Cast, kept: Template, client_of: ClientOf
) -> None:
    agreement = drafted(cast, source=kept.versions.get())
    stop_sharing(by=acting(cast.manager), template=kept, organisation=cast.ccg)
    next_version(cast, kept)
    path = f"/agreements/{agreement.reference}/text/"
    assert "newer version" not in client_of(cast.other_manager).get(path).content.decode()
    assert "newer version" in client_of(cast.manager).get(path).content.decode()
