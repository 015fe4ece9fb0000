"""Links to people without an account: what they open, to whomever, and what they never show."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client

from agreements.core.by_link import ANSWERS_COPY
from agreements.models import KeyContact, SignatureRequest
from agreements.signing.by_link import link_of
from house import clock
from mail.links.purposes import purposes
from mail.links.sending import link_to, url_of
from mail.models import SentLink
from tests.access.test_table import CANARIES
from tests.access.world import OURS_ALONE, World, written
from tests.agreements.registered import registered
from tests.cast import person
from tests.without_account import practice_template

pytestmark = pytest.mark.django_db
NAMES = ("", "answer/", "contacts/", "pdf/", "document/", "nothing-there/")


def _path(world: World) -> str:
    asked = SignatureRequest.objects.get(pk=world.places["sent_link"]["pk"])
    link = link_of(asked)
    assert link
    return url_of(link).partition("8000")[2]


def test_whoever_has_the_link_reads_this_text_and_no_other(world: World) -> None:
    """Logged in as anybody or nobody: the link alone counts. None of it is written down."""
    for asker in world.askers:
        world.client.cookies = SimpleCookie(world.cookies.get(asker))
        for name in NAMES:
            with transaction.atomic():
                answer = world.client.get(_path(world) + name)
                body = b"".join(answer) if answer.streaming else answer.content
                changed = written() != world.written
                transaction.set_rollback(True)
            # No document is named: the text is read with none.
            expected = 404 if name in ("document/", "nothing-there/") else 200
            assert (answer.status_code, changed) == (expected, False), (asker, name)
            met = {each for each in CANARIES if each.encode() in body}
            assert met <= {OURS_ALONE}, (asker, name)


def test_the_link_of_a_registered_copy_shows_that_one_and_no_other(world: World) -> None:
    """To whomever it was forwarded; and no link of another purpose opens its file."""
    with transaction.atomic():
        path = _path_of_copy(world)
        before = written()
        for asker in world.askers:
            world.client.cookies = SimpleCookie(world.cookies.get(asker))
            for name in ("", "pdf/"):
                answer = world.client.get(path + name)
                body = b"".join(answer) if answer.streaming else answer.content
                assert answer.status_code == 200, (asker, name)
                met = {each for each in CANARIES if each.encode() in body}
                # The words of the file are packed.
                assert met == (set() if name else {OURS_ALONE}), (asker, name)
            assert world.client.get(f"{path}contacts/").status_code == 404
        assert written() == before
        transaction.set_rollback(True)


def _path_of_copy(world: World) -> str:
    """Of what waits for Beckside Surgery, whose lead has no account."""
    cast = world.cast
    copy = registered(
        cast, source=practice_template(cast.area_team, "copy"), words=OURS_ALONE, title=OURS_ALONE,
        sides={"area_team": cast.area_team, "practice": cast.practice},
    )  # fmt: skip
    party = copy.agreement.parties.get(slot="practice")
    lead = person("Lena Lead", "lead@beckside.example")
    KeyContact.objects.create(party=party, role="lead", person=lead, starts_on=clock.today())
    return url_of(link_to(ANSWERS_COPY, f":{party.pk}:{lead.pk}", lead.email)).partition("8000")[2]


def test_without_the_link_nobody_gets_there(world: World) -> None:
    path = _path(world)
    token = path.strip("/").partition("/")[2]
    for wrong in (token[:-1], token[::-1], token.upper(), f"{token}A", "1", "None"):
        for method in ("get", "post"):
            answer = getattr(Client(), method)(f"/link/{wrong}/", {"send_code": "1"})
            assert answer.status_code == 404, wrong
            assert OURS_ALONE not in answer.content.decode()


def test_the_link_of_one_thing_opens_no_other(world: World) -> None:
    """Its secret follows from its row and its purpose."""
    path = _path(world)
    SentLink.objects.update(purpose="raises_issue")
    with transaction.atomic():
        assert Client().get(f"{path}pdf/").status_code == 404
        transaction.set_rollback(True)


def test_every_purpose_says_what_it_is_good_for() -> None:
    for purpose in purposes():
        assert purpose.what, purpose.key
        assert purpose.lasts.days <= 90, purpose.key
