"""A template shared with another organisation to use, copied, and withdrawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from agreements.core.choices import newest_published
from agreements.models import Template, TemplateShare
from agreements.templates.services.keeping import (
    discard_draft,
    new_template_draft,
    publish,
    withdraw,
)
from agreements.templates.services.making import copy_template, make_template
from agreements.templates.services.parts import SIDES
from agreements.templates.services.people import let_edit
from agreements.templates.services.sharing import share_template, stop_sharing
from audit.models import Entry
from house import clock
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import User
from tests.cast import Cast, acting, organisation
from tests.conftest import Mailbox
from tests.stages import drafted, template
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def kept(cast: Cast) -> Template:
    return template(cast.area_team).template


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def at(kept: Template, path: str = "") -> str:
    return f"/templates/{kept.pk}/{path}"


def share(cast: Cast, kept: Template) -> None:
    share_template(by=acting(cast.manager), template=kept, organisation=cast.ccg)


def send(client: Client, path: str, **typed: object) -> str:
    sent = fields_of(text_of(client, path)) | typed
    return client.post(path, sent, follow=True).content.decode()


# --- Sharing --------------------------------------------------------------------------------


def test_another_organisation_uses_it_until_that_is_stopped(
    kept: Template, cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    client, other = client_of(cast.manager), client_of(cast.other_colleague)
    _ = cast.other_manager
    page = send(client, at(kept, "sharing/"), organisation=str(cast.ccg.pk))
    assert "Eastmoor CCG may use this template now." in page
    assert "We told its 1 MoU manager by e-mail." in page
    letter = mailbox.to(cast.other_manager.email)[-1]
    assert letter.subject == "You may start MoUs from a template of Northern Moors Area Team"
    offered = text_of(other, f"/agreements/new/?template={kept.versions.get().pk}")
    assert "Kept by Northern Moors Area Team." in offered
    assert fields_of(offered)["template"] == str(kept.versions.get().pk)
    assert "Shared with you, to use" in text_of(other, "/templates/")
    page = client.post(at(kept, "sharing/"), {"stop": cast.ccg.pk}, follow=True).content.decode()
    assert "Agreements that it made stay as they are." in page
    assert "Short" not in text_of(other, "/agreements/new/")
    assert other.get(at(kept)).status_code == 404
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["template_shared", "template_share_ended"]


def test_an_agreement_made_from_it_stays(kept: Template, cast: Cast, client_of: ClientOf) -> None:
    share(cast, kept)
    agreement = drafted(cast, source=kept.versions.get())
    stop_sharing(by=acting(cast.manager), template=kept, organisation=cast.ccg)
    withdraw(by=acting(cast.manager), version=kept.versions.get(), because="A newer law.")
    page = client_of(cast.other_manager).get(f"/agreements/{agreement.reference}/text/")
    assert "The parties are open with each other." in page.content.decode()


def test_whom_it_is_shared_with_reads_what_is_published_alone(
    kept: Template, cast: Cast, client_of: ClientOf
) -> None:
    share(cast, kept)
    new_template_draft(by=acting(cast.manager), template=kept)
    client = client_of(cast.other_manager)
    page = text_of(client, at(kept))
    assert "You cannot change it" in page
    assert "Version 1" in page
    assert "A draft of version 2" not in page
    assert "Maud Manager" not in page
    assert client.get(at(kept, "versions/1/")).status_code == 200
    assert client.get(at(kept, "versions/2/")).status_code == 404


def test_whom_it_is_shared_with_changes_nothing(
    kept: Template, cast: Cast, client_of: ClientOf
) -> None:
    share(cast, kept)
    client = client_of(cast.other_manager)
    for path in ("name/", "people/", "sharing/", "versions/1/withdraw/", "versions/1/sides/add/"):
        assert client.get(at(kept, path)).status_code == 403, path
    assert client.post(at(kept, "draft/")).status_code == 403
    assert "Withdraw" not in text_of(client, at(kept, "versions/1/"))


def test_a_share_says_nothing_to_whoever_acts_for_nobody(kept: Template, cast: Cast) -> None:
    share(cast, kept)
    nobody = Acting(user=cast.nobody, organisation=None, roles=frozenset(), choices=())
    assert not Template.objects.visible_to(nobody).exists()
    assert newest_published(acting(cast.stranger)) == []


def test_sharing_twice_or_with_oneself_is_told(kept: Template, cast: Cast) -> None:
    share(cast, kept)
    with pytest.raises(Refused, match="Eastmoor CCG may use this template already"):
        share(cast, kept)
    with pytest.raises(Refused, match="Your organisation keeps this template"):
        share_template(by=acting(cast.manager), template=kept, organisation=cast.area_team)
    stop_sharing(by=acting(cast.manager), template=kept, organisation=cast.ccg)
    share(cast, kept)
    assert TemplateShare.objects.count() == 2


def test_only_managers_of_its_keeper_share_it(
    kept: Template, cast: Cast, client_of: ClientOf
) -> None:
    let_edit(by=acting(cast.manager), template=kept, user=cast.other_manager)
    for who in (cast.colleague, cast.other_manager):
        with pytest.raises(NotYours):
            share_template(by=acting(who), template=kept, organisation=cast.third_ccg)
    assert client_of(cast.colleague).get(at(kept, "sharing/")).status_code == 403


def test_the_page_says_with_whom_it_is_shared_to_its_keepers_alone(
    kept: Template, cast: Cast, client_of: ClientOf
) -> None:
    share(cast, kept)
    share_template(by=acting(cast.manager), template=kept, organisation=cast.third_ccg)
    assert "Westmoor CCG, since" in text_of(client_of(cast.viewer), at(kept))
    assert "Shared with 2 organisations" in text_of(client_of(cast.viewer), "/templates/")
    assert "Westmoor" not in text_of(client_of(cast.other_manager), at(kept))


def test_with_however_many_it_is_shared_a_page_names_fifty(
    kept: Template, cast: Cast, client_of: ClientOf
) -> None:
    for number in range(52):
        to = organisation(f"CCG number {number}")
        TemplateShare.objects.create(
            template=kept, organisation=to, shared_by=cast.manager, shared_at=clock.now()
        )
    client = client_of(cast.manager)
    assert text_of(client, at(kept)).count("CCG number") == 50
    assert text_of(client, at(kept, "?shares=2")).count("CCG number") == 2
    assert text_of(client, at(kept, "sharing/?page=2")).count(">since ") == 2


# --- Copying --------------------------------------------------------------------------------


def test_a_manager_copies_a_template_that_is_shared(
    kept: Template, cast: Cast, client_of: ClientOf
) -> None:
    share(cast, kept)
    page = send(client_of(cast.other_manager), at(kept, "copy/"), name="Ours")
    assert "“Ours” is made." in page
    source, copy = kept.versions.get(), Template.objects.get(name="Ours").versions.get()
    assert (copy.template.organisation, copy.state) == (cast.ccg, "draft")
    assert (copy.slots, copy.blanks, copy.terms) == (source.slots, source.blanks, source.terms)
    fields = ("key", "position", "kind", "heading", "body", "bindings", "owed_by")
    assert list(copy.clauses.values_list(*fields)) == list(source.clauses.values_list(*fields))


def test_a_change_to_a_copy_leaves_the_other_as_it_is(kept: Template, cast: Cast) -> None:
    copy = copy_template(by=acting(cast.manager), version=kept.versions.get(), name="Copy")
    SIDES.add(by=acting(cast.manager), version=copy, label="the Practice")
    assert len(kept.versions.get().slots) == 2


def test_what_is_published_is_copied_and_not_the_draft(
    kept: Template, cast: Cast, client_of: ClientOf
) -> None:
    draft = new_template_draft(by=acting(cast.manager), template=kept)
    SIDES.add(by=acting(cast.manager), version=draft, label="the Practice")
    client = client_of(cast.manager)
    assert 'value="Copy of Short"' in text_of(client, at(kept, "copy/"))
    send(client, at(kept, "copy/"))
    assert len(Template.objects.get(name="Copy of Short").versions.get().slots) == 2


# --- Withdrawing ----------------------------------------------------------------------------


def test_a_withdrawn_version_is_offered_no_more_and_says_why(
    kept: Template, cast: Cast, client_of: ClientOf
) -> None:
    share(cast, kept)
    client = client_of(cast.manager)
    assert "Nobody can start an agreement" in text_of(client, at(kept, "versions/1/withdraw/"))
    page = send(client, at(kept, "versions/1/withdraw/"), because="The law changed.")
    assert "Version 1 is withdrawn." in page
    assert newest_published(acting(cast.manager)) == []
    for who in (cast.viewer, cast.other_manager):
        assert "The law changed." in text_of(client_of(who), at(kept))
        assert "The law changed." in text_of(client_of(who), at(kept, "versions/1/"))


def test_agreements_start_from_the_version_before_the_withdrawn_one(
    kept: Template, cast: Cast, client_of: ClientOf
) -> None:
    by = acting(cast.manager)
    publish(by=by, version=new_template_draft(by=by, template=kept))
    path = at(kept, "versions/2/withdraw/")
    assert "New agreements start from version 1 then." in text_of(client_of(cast.manager), path)
    withdraw(by=by, version=kept.versions.get(seq=2), because="Wrong.")
    assert [version.seq for version in newest_published(by)] == [1]
    assert new_template_draft(by=by, template=kept).seq == 3


def test_only_a_published_version_is_withdrawn_once(kept: Template, cast: Cast) -> None:
    by, version = acting(cast.manager), kept.versions.get()
    withdraw(by=by, version=version, because="Wrong.")
    with pytest.raises(Refused, match="is not published now"):
        withdraw(by=by, version=version, because="Again.")
    with pytest.raises(NotYours):
        withdraw(by=acting(cast.colleague), version=version, because="No.")


def test_a_template_that_was_shared_stays_without_a_version(cast: Cast) -> None:
    by, version = acting(cast.manager), make_template(by=acting(cast.manager), name="New")
    share(cast, version.template)
    assert not discard_draft(by=by, version=version)
    assert new_template_draft(by=by, template=Template.objects.get()).seq == 1
