"""A form is carried out once; sent again it leads where it led, and says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from agreements.models import ClauseText, SetUp
from house import clock
from parties.models import Body, Seat, User
from tests.at_once import at_once
from tests.cast import Cast
from tests.stages import asked, clause, drafted, template
from tests.typed import fields_of
from web import sent_forms
from web.models import SentForm

ClientOf = Callable[[User], Client]
AGAIN = "You sent this form twice."


def opened(client: Client, path: str, **typed: Any) -> dict[str, Any]:
    return fields_of(client.get(path).content.decode()) | typed


def clauses() -> int:
    return ClauseText.objects.count()


@pytest.mark.django_db
def test_the_second_tap_adds_no_second_clause(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    path, before = f"/agreements/{agreement.reference}/text/add/", clauses()
    sent = opened(client, path, heading="Once", kind="duty")
    first = client.post(path, sent)
    page = client.post(path, sent, follow=True)
    assert clauses() == before + 1
    assert page.redirect_chain[0][0] == first["Location"]
    assert AGAIN in page.content.decode()


@pytest.mark.django_db
def test_the_same_words_from_a_new_page_are_another_act(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    path, before = f"/agreements/{agreement.reference}/text/add/", clauses()
    for _ in range(2):
        client.post(path, opened(client, path, heading="Twice", kind="duty"))
    assert clauses() == before + 2


@pytest.mark.django_db
def test_other_words_after_going_back_are_another_act(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    path, before = f"/agreements/{agreement.reference}/text/add/", clauses()
    sent = opened(client, path, heading="One", kind="duty")
    client.post(path, sent)
    client.post(path, sent | {"heading": "Another"})
    assert clauses() == before + 2


@pytest.mark.django_db
def test_what_was_refused_may_be_sent_again(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    path = f"/agreements/{agreement.reference}/text/freeze/"
    text = clause(agreement, "meet")
    text.body = "See {{ref}}."
    text.save()
    sent = {"what_changed": "First.", "as_it_is": "on"} | opened(
        client, path, what_changed="First."
    )
    assert "which is no blank of this text" in client.post(path, sent).content.decode()
    text.body = "See below."
    text.save()
    assert client.post(path, sent).status_code == 302
    assert not agreement.versions.get().is_draft


@pytest.mark.django_db
def test_an_agreement_is_begun_once(cast: Cast, client_of: ClientOf) -> None:
    source, client = template(cast.area_team), client_of(cast.manager)
    sent = opened(client, "/agreements/new/", template=source.pk)
    first, second = (client.post("/agreements/new/", sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert SetUp.objects.count() == 1


@pytest.mark.django_db
def test_a_key_of_somebody_else_or_of_nobody_is_no_key(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast)
    path, before = f"/agreements/{agreement.reference}/text/add/", clauses()
    sent = opened(client_of(cast.manager), path, heading="Mine", kind="duty")
    client_of(cast.manager).post(path, sent)
    client_of(cast.colleague).post(path, sent)
    assert clauses() == before + 2
    for _ in range(2):
        client_of(cast.manager).post(path, sent | {"form_key": "made up"})
    assert clauses() == before + 4


@pytest.mark.django_db
def test_old_rows_go_and_hold_nothing_of_what_was_typed(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sent_forms, "DROPPED_EVERY", 1)
    agreement, client = drafted(cast), client_of(cast.manager)
    path = f"/agreements/{agreement.reference}/text/add/"
    client.post(path, opened(client, path, heading="Now", body="Heron 5512", kind="duty"))
    assert "5512" not in repr(SentForm.objects.values().get())
    with clock.at(clock.now() + timedelta(days=3)):
        again = client_of(cast.manager)
        again.post(path, opened(again, path, heading="Later", kind="duty"))
    assert SentForm.objects.count() == 1


@pytest.mark.django_db
def test_wrong_passwords_are_counted_though_the_form_is_refused(
    cast: Cast, client_of: ClientOf
) -> None:
    ours, _ = asked(cast)
    client = client_of(cast.signatory)
    path = f"/agreements/{ours.version.agreement.reference}/sign/{ours.pk}/"
    typed = opened(
        client, path, password="wrong-password-1", agree="on", typed_name="Sid Signatory"
    )
    for _ in range(5):
        client.post(path, typed)
    assert "Too many wrong passwords." in client.post(path, typed).content.decode()


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_two_taps_at_one_moment_make_one_seat(cast: Cast, client_of: ClientOf) -> None:
    cast.administrator  # noqa: B018 - made before the threads start
    client = client_of(cast.administrator)
    body = f"/organisations/{cast.area_team.pk}/bodies/"
    client.post(f"{body}add/", opened(client, f"{body}add/", name="Board", kind="governing_body"))
    path = f"{body}{Body.objects.get().pk}/seats/add/"
    sent = opened(client, path, kind="lay")
    cookies = client.cookies

    def tap() -> str:
        browser = Client()
        browser.cookies = cookies
        return str(browser.post(path, sent)["Location"])

    one, other = at_once([(cast.administrator, tap), (cast.administrator, tap)])
    assert one == other
    assert Seat.objects.count() == 1
