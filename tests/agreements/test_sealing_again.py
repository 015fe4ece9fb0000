"""A signed copy that could not be made, and is made once its cause is mended."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from agreements.models import Seal
from agreements.signing.services.sealing import WAITS, seal_due
from audit.models import Entry
from house import clock
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.stages import in_force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("can_seal")]


def test_the_key_is_away_until_the_portal_gives_up_and_comes_back(
    cast: Cast, client_of: ClientOf, settings: Settings
) -> None:
    seal = in_force(cast).seal
    key = Path(settings.SEAL_KEY)
    kept = key.rename(key.with_suffix(".kept"))
    for attempt in range(len(WAITS) + 1):
        with clock.at(clock.now() + timedelta(hours=7 * attempt)):
            seal_due()
    seal.refresh_from_db()
    assert seal.state == Seal.State.FAILED
    assert seal.problem == f"The key of the seal cannot be read: {key}."
    kept.rename(key)
    answer = client_of(cast.system_administrator).post(
        "/admin/agreements/seal/",
        {"action": "make_again", "_selected_action": [seal.pk]},
        follow=True,
    )
    assert "1 of 1 marked are being made again." in answer.content.decode()
    assert seal_due() == 1
    assert Seal.objects.get().state == Seal.State.SEALED
    entry = Entry.objects.get(verb="asked for a signed copy again")
    assert entry.actor == cast.system_administrator


def test_one_that_waits_or_is_made_stays_as_it_is(cast: Cast, client_of: ClientOf) -> None:
    seal = in_force(cast).seal
    answer = client_of(cast.system_administrator).post(
        "/admin/agreements/seal/",
        {"action": "make_again", "_selected_action": [seal.pk]},
        follow=True,
    )
    assert "0 of 1 marked are being made again." in answer.content.decode()
