"""Links to people without an account: what they open, to whomever, and what they never show."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client

from agreements.models import SignatureRequest
from agreements.signing.by_link import link_of
from mail.links.purposes import purposes
from mail.links.sending import url_of
from mail.models import SentLink
from tests.access.test_table import CANARIES
from tests.access.world import OURS_ALONE, World, written

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
