from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.html import strip_tags

from parties.models import User
from tests.bad_input import BAD_TEXTS
from tests.cast import Cast
from tests.conftest import Mailbox
from tests.reading import main_button, words
from tests.stages import draft_of, drafted, frozen

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def test_work_on_it_can_be_stopped(cast: Cast, client_of: ClientOf, mailbox: Mailbox) -> None:
    told, client, agreement = cast.other_manager.email, client_of(cast.manager), drafted(cast)
    at = f"/agreements/{agreement.reference}/stop/"
    assert "This cannot be undone." in client.get(at).content.decode()
    assert "Say why work on it stops" in client.post(at, {"because": " "}).content.decode()
    page = client.post(at, {"because": "We join another."}, follow=True).content.decode()
    assert f"Work on {agreement.reference} is stopped." in page
    assert "The reason: We join another." in page
    assert main_button(client, agreement) == "Read the draft"
    assert mailbox.to(told)[-1].subject.startswith("Preparing stopped on")
    assert client_of(cast.stranger).get(at).status_code == 404


def test_a_version_under_way_is_recalled_first(cast: Cast, client_of: ClientOf) -> None:
    agreement = frozen(cast).agreement
    at = f"/agreements/{agreement.reference}/stop/"
    page = client_of(cast.manager).post(at, {"because": "No."}).content.decode()
    assert "A version is under way. Recall it first, then stop." in page
    assert "Stop work on this agreement" not in words(client_of(cast.colleague), agreement)


def test_a_stranger_learns_nothing(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.stranger)
    there = client.get(f"/agreements/{agreement.reference}/")
    nowhere = client.get("/agreements/MOU-9999/")
    assert there.status_code == nowhere.status_code == 404
    assert strip_tags(there.content.decode()) == strip_tags(nowhere.content.decode())


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_the_reason_for_stopping_can_be_anything(
    cast: Cast, client_of: ClientOf, text: str
) -> None:
    agreement = drafted(cast)
    at, client = f"/agreements/{agreement.reference}/stop/", client_of(cast.manager)
    page = client.post(at, {"because": text}, follow=True)
    assert page.status_code == 200
    assert b"<script>alert" not in page.content
    assert draft_of(agreement).is_draft
