"""Letting people of other organisations edit a template, and stopping that."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from agreements.templates.services.people import let_edit, stop_letting_edit
from audit.models import Entry
from parties.models import User
from parties.services.people import end_at_once
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.stages import template

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def offered(client: Client, path: str, mailbox: Mailbox, email: str) -> str:
    """Offers it to whoever has the address; the path of the link that was sent there."""
    page = client.post(path, {"email": email}, follow=True).content.decode()
    assert f"We wrote to {email.lower()}." in page
    body = str(mailbox.to(email.lower())[-1].body)
    found = re.search(r"http://127\.0\.0\.1:8000(/templates/offers/\S+)", body)
    assert found
    return found[1]


def test_somebody_of_another_organisation_accepts_and_is_stopped(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    made, client = template(cast.area_team), client_of(cast.manager)
    guest = client_of(cast.other_colleague)
    people = f"/templates/{made.template_id}/people/"
    link = offered(client, people, mailbox, cast.other_colleague.email.upper())
    assert guest.get(f"/templates/{made.template_id}/").status_code == 404
    assert "Maud Manager of Northern Moors Area Team offers to let you" in text_of(guest, link)
    assert "Oscar Othersby" not in text_of(client, people)
    guest.post(link)
    assert "Oscar Othersby" in text_of(client, people)
    assert "You may edit it" in text_of(guest, "/templates/")
    assert guest.post(f"/templates/{made.template_id}/draft/").status_code == 302
    assert guest.get(f"/templates/{made.template_id}/versions/2/terms/").status_code == 200
    page = client.post(people, {"stop": cast.other_colleague.pk}, follow=True).content.decode()
    assert "Oscar Othersby may not edit this template any more." in page
    assert guest.get(f"/templates/{made.template_id}/").status_code == 404
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "template_offered", "template_grant", "template_draft_opened", "template_grant_ended",
    ]  # fmt: skip


def test_no_answer_tells_whose_an_address_is(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    made, client = template(cast.area_team), client_of(cast.manager)
    people = f"/templates/{made.template_id}/people/"
    _ = cast.nobody
    addresses = ("free@moors.example", cast.nobody.email, cast.other_colleague.email)
    pages = []
    for email in addresses:
        offered(client, people, mailbox, email)
        page = client.post(people, {"email": email}, follow=True).content.decode()
        assert not {"Oscar", "Othersby", "Ned", "Nobody who"} & set(page.replace(">", " ").split())
        pages.append(page.count(email))
    assert len(set(pages)) == 1


def test_an_offer_is_for_its_address_alone_and_ends_with_who_made_it(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    made, client = template(cast.area_team), client_of(cast.manager)
    people = f"/templates/{made.template_id}/people/"
    link = offered(client, people, mailbox, cast.other_colleague.email)
    for who in (cast.other_manager, cast.stranger, cast.manager):
        assert client_of(who).get(link).status_code == client_of(who).post(link).status_code == 404
    guest = client_of(cast.other_colleague)
    assert guest.get(f"{link[:-4]}/").status_code == 404
    end_at_once(cast.manager.memberships.get())
    assert guest.post(link).status_code == 404
    assert not made.template.grants.exists()


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("", "Enter an e-mail address"),
        ("maud.manager@moors.example", "Maud Manager may edit this template already."),
        ("a\x00b", "Enter an e-mail address"),
    ],
)
def test_who_cannot_be_let_in_is_told(
    email: str, sentence: str, cast: Cast, client_of: ClientOf
) -> None:
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
    client.post(f"/templates/{made.template_id}/people/", {"email": cast.colleague.email})
    (mail,) = mailbox.to(cast.colleague.email)
    assert mail.subject == "You may edit a template of MoUs: of Northern Moors Area Team"
    assert f"/templates/{made.template_id}/" in str(mail.body)
    assert made.template.name not in mail.subject


def test_who_was_stopped_before_it_was_sent_gets_no_e_mail(cast: Cast, mailbox: Mailbox) -> None:
    made, by = template(cast.area_team), acting(cast.manager)
    let_edit(by=by, template=made.template, user=cast.other_manager)
    stop_letting_edit(by=by, template=made.template, user=cast.other_manager)
    assert mailbox.to(cast.other_manager.email) == []
