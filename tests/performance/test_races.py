"""Two people and one request, at one moment."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from agreements.models import Agreement
from performance.models import Request
from performance.services.recording import record_request
from performance.services.steps import acknowledge, answer, withdraw
from tests.at_once import ROUNDS, at_once, refusals
from tests.cast import Cast, acting
from tests.performance.stage import SUBJECT, with_standards

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast() -> Cast:
    return Cast()


def asked(cast: Cast, agreement: Agreement, key: uuid.UUID | None = None) -> Request:
    ours, theirs = agreement.sides
    return record_request(
        by=acting(cast.other_manager), agreement=agreement, kind="query", subject=SUBJECT,
        asked_of=ours, asked_by=theirs, key=key,
    )  # fmt: skip


def test_of_two_who_close_a_request_one_does(cast: Cast) -> None:
    agreement = with_standards(cast)
    ours, theirs = cast.manager, cast.other_manager
    for _ in range(ROUNDS):
        request = asked(cast, agreement)

        def act(user: Any, service: Any, pk: int = request.pk, **said: Any) -> None:
            found = Request.objects.select_related("agreement").get(pk=pk)
            service(by=acting(user), request=found, **said)

        answers = at_once(
            [(ours, lambda: act(ours, answer)),
             (theirs, lambda: act(theirs, withdraw, because="Found."))]
        )  # fmt: skip
        assert len(refusals(answers)) == 1
        assert request.steps.filter(kind__in=("answered", "withdrawn")).count() == 1


def test_it_is_acknowledged_once_and_numbers_and_keys_are_given_once(cast: Cast) -> None:
    agreement = with_standards(cast)
    for _ in range(ROUNDS):

        def press(key: uuid.UUID = uuid.uuid4()) -> Request:  # noqa: B008 - one for both
            return asked(cast, agreement, key)

        one, other = at_once([(cast.other_manager, press)] * 2)
        assert one == other

        def say(pk: int = one.pk) -> None:
            found = Request.objects.select_related("agreement").get(pk=pk)
            acknowledge(by=acting(cast.manager), request=found)

        assert len(refusals(at_once([(cast.manager, say)] * 2))) == 1
    made = at_once([(cast.other_manager, lambda: asked(cast, agreement))] * 4)
    assert len({request.number for request in made}) == 4
