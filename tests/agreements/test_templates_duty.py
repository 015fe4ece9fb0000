"""A01: one template, filled in per counterparty; a change to it changes no agreement made."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from agreements.models import Agreement
from parties.models import Organisation, User
from tests.cast import Cast
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def send(client: Client, path: str, **typed: Any) -> str:
    """Opens a page, types, sends it; the address that it leads to."""
    sent = fields_of(client.get(path).content.decode()) | typed
    answer = client.post(path, sent)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def start(client: Client, area_team: Organisation, ccg: Organisation, area: str) -> str:
    """Makes an agreement from the one template, page by page; the address of its text."""
    page = client.get("/agreements/new/").content.decode()
    chosen = re.search(r'name="template"[^>]*value="(\d+)"', page)
    assert chosen
    parties = send(client, "/agreements/new/", template=chosen[1])
    contacts = send(client, parties, title=f"Quality in {area}", area_team=area_team.pk, ccg=ccg.pk)
    check = send(client, contacts, **{"blank-area": area})
    return send(client, check) + "text/"


def text_at(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    return page[page.index('class="portal-document') :]


@pytest.mark.duty("A01")
def test_a_template_is_filled_in_per_party_and_its_change_changes_no_agreement(
    cast: Cast, client_of: ClientOf
) -> None:
    manager, ccgs = client_of(cast.manager), (cast.ccg, cast.third_ccg)
    template = manager.post("/templates/library/area-team-and-ccg/").headers["Location"]
    made = [start(manager, cast.area_team, ccg, f"the dale of {ccg}") for ccg in ccgs]
    before = [text_at(manager, path) for path in made]
    for ccg, text in zip(ccgs, before, strict=True):
        assert f"the dale of {ccg}" in text
        assert sum(str(each) in text for each in ccgs) == 1

    draft = manager.post(f"{template}draft/").headers["Location"]
    for user in (cast.colleague, cast.other_manager):
        assert client_of(user).get(f"{draft}clauses/purpose/").status_code in (403, 404)
    send(manager, f"{draft}clauses/purpose/", body="A purpose of the second version.")
    send(manager, f"{draft}terms/announcements/", publication_hours="96")
    send(manager, f"{draft}clauses/shorter-notice/remove/")
    send(manager, f"{draft}publish/")

    assert [text_at(manager, path) for path in made] == before
    later = text_at(manager, start(manager, cast.area_team, cast.far_ccg, "the far vale"))
    assert "A purpose of the second version." in later
    assert "about 96 hours before its release" in later
    assert "A purpose of the second version." in text_at(manager, draft)
    started_from = Agreement.objects.order_by("pk").values_list("template_version__seq", flat=True)
    assert list(started_from) == [1, 1, 2]
