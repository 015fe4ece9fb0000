"""Letting people of other organisations edit a template, and stopping that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from agreements.templates.services.people import let_edit, stop_letting_edit
from audit.models import Entry
from parties.models import User
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.stages import template

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_somebody_of_another_organisation_is_let_in_and_stopped(
    cast: Cast, client_of: ClientOf
) -> None:
    made, client = template(cast.area_team), client_of(cast.manager)
    guest = client_of(cast.other_colleague)
    people = f"/templates/{made.template_id}/people/"
    sent = {"email": cast.other_colleague.email.upper()}
    page = client.post(people, sent, follow=True).content.decode()
    assert "Oscar Othersby may edit this template now." in page
    assert "You may edit it" in text_of(guest, "/templates/")
    assert guest.post(f"/templates/{made.template_id}/draft/").status_code == 302
    assert guest.get(f"/templates/{made.template_id}/versions/2/terms/").status_code == 200
    page = client.post(people, {"stop": cast.other_colleague.pk}, follow=True).content.decode()
    assert "Oscar Othersby may not edit this template any more." in page
    assert guest.get(f"/templates/{made.template_id}/").status_code == 404
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["template_grant", "template_draft_opened", "template_grant_ended"]


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("", "Enter an e-mail address"),
        ("nobody@moors.example", "Nobody who works here for an organisation has this address"),
        ("ned.nobody@moors.example", "Nobody who works here for an organisation"),
        ("maud.manager@moors.example", "Maud Manager may edit this template already."),
        ("a\x00b", "Enter an e-mail address"),
    ],
)
def test_who_cannot_be_let_in_is_told(
    email: str, sentence: str, cast: Cast, client_of: ClientOf
) -> None:
    _ = cast.nobody
    made, client = template(cast.area_team), client_of(cast.manager)
    answer = client.post(f"/templates/{made.template_id}/people/", {"email": email})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not made.template.grants.exists()


@pytest.mark.parametrize("stop", ["", "x", "²", "999999", "-1"])
def test_stopping_whom_nobody_let_in_changes_nothing(
    stop: str, cast: Cast, client_of: ClientOf
) -> None:
    made, client = template(cast.area_team), client_of(cast.manager)
    answer = client.post(f"/templates/{made.template_id}/people/", {"stop": stop}, follow=True)
    assert "was not let in, or somebody stopped it already" in answer.content.decode()


def test_whom_they_let_in_lets_nobody_in(cast: Cast, client_of: ClientOf) -> None:
    made = template(cast.area_team)
    let_edit(by=acting(cast.manager), template=made.template, user=cast.other_manager)
    path = f"/templates/{made.template_id}/people/"
    for method in ("get", "post"):
        assert getattr(client_of(cast.other_manager), method)(path).status_code == 403
    assert "people/" not in text_of(client_of(cast.other_manager), path.removesuffix("people/"))


def test_they_are_told_by_e_mail(cast: Cast, client_of: ClientOf, mailbox: Mailbox) -> None:
    made, client = template(cast.area_team), client_of(cast.manager)
    client.post(f"/templates/{made.template_id}/people/", {"email": cast.other_manager.email})
    (mail,) = mailbox.to(cast.other_manager.email)
    assert mail.subject == "You may edit a template of MoUs: of Northern Moors Area Team"
    assert f"/templates/{made.template_id}/" in str(mail.body)
    assert made.template.name not in mail.subject


def test_who_was_stopped_before_it_was_sent_gets_no_e_mail(cast: Cast, mailbox: Mailbox) -> None:
    made, by = template(cast.area_team), acting(cast.manager)
    let_edit(by=by, template=made.template, user=cast.other_manager)
    stop_letting_edit(by=by, template=made.template, user=cast.other_manager)
    assert mailbox.to(cast.other_manager.email) == []
