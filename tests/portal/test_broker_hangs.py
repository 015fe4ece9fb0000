"""A Redis that takes connections and says nothing: what people and whoever runs the portal see."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from agreements.models import Agreement, Seal
from deadlines.sweep import sweep_reminders
from tests.broker import Broker, ask_again, at_the_portal, needs_redis
from tests.cast import PASSWORD, Cast
from tests.conftest import ClientOf
from tests.stages import asked, give
from tests.typed import fields_of

pytestmark = [pytest.mark.django_db, needs_redis]
SAYS = "Redis does not answer."


@pytest.fixture
def hanging(settings: Settings) -> Iterator[Broker]:
    with at_the_portal(settings) as broker:
        broker.hang()
        yield broker


def test_the_last_signature_is_given_and_says_so(
    cast: Cast, client_of: ClientOf, hanging: Broker, django_capture_on_commit_callbacks: Any
) -> None:
    first, last = asked(cast)
    give(cast.signatory, first)
    client = client_of(cast.other_signatory)
    url = f"/agreements/{last.version.agreement.reference}/sign/{last.pk}/"
    typed = fields_of(client.get(url).content.decode())
    name = str(cast.other_signatory.person)
    typed |= {"typed_name": name, "agree": "on", "password": PASSWORD}
    before = monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url, typed)
    assert answer.status_code == 302
    assert monotonic() - before < 2  # with the password's check and all that it brings
    assert Agreement.objects.get().state == "in_force"
    assert Seal.objects.get().next_try is not None


def test_it_is_degraded_but_ready_until_redis_answers(client: Client, hanging: Broker) -> None:
    sweep_reminders()
    for _ in range(2):
        before = monotonic()
        answer = client.get("/readyz")
        assert monotonic() - before < 1
        assert (answer.status_code, answer.json()) == (
            200, {"status": "degraded", "problems": [SAYS]},
        )  # fmt: skip
    hanging.go_on()
    ask_again()
    assert client.get("/readyz").json() == {"status": "ok"}


def test_administrators_read_what_to_do(cast: Cast, client_of: ClientOf, hanging: Broker) -> None:
    page = client_of(cast.system_administrator).get("/admin/").content.decode()
    assert SAYS in page
    assert "To do now what is due: python manage.py sweep" in page
