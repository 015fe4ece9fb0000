"""A signed copy that could not be made, and is made once its cause is mended."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from agreements.models import Seal, Version
from agreements.signing.services import sealing
from agreements.signing.services.sealing import LEASE, MOST_ATTEMPTS, WAITS, seal_due
from audit.models import Entry
from house import clock
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.federations import signed
from tests.reading import all_words
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


def test_a_worker_that_dies_each_time_is_not_asked_for_ever(
    cast: Cast, client_of: ClientOf
) -> None:
    """Its process was ended, so that nobody marked the tries."""
    agreement, start = in_force(cast).agreement, clock.now()
    for tries in range(MOST_ATTEMPTS):
        with clock.at(start + tries * LEASE):
            assert sealing._lease_next()
    viewer = client_of(cast.viewer)
    assert "It could not be made yet. The portal tries again by" in all_words(viewer, agreement)
    with clock.at(start + MOST_ATTEMPTS * LEASE):
        assert seal_due() == 0
    seal = Seal.objects.get()
    assert (seal.state, seal.problem) == (Seal.State.FAILED, sealing.TOO_OFTEN)
    assert "The file could not be made. Ask your system" in all_words(viewer, agreement)
    first_page = client_of(cast.system_administrator).get("/admin/").content.decode()
    assert "1 signed copy could not be made." in first_page


def test_a_fault_of_ours_holds_up_no_other_copy_and_ends(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(version: Version, **_: object) -> bytes:
        raise KeyError("mou_manager")

    in_force(cast)
    monkeypatch.setattr(sealing, "build_signed_copy", build)
    assert seal_due() == 0  # and raises nothing: the sweep goes on to the next
    seal = Seal.objects.get()
    assert (seal.state, seal.problem) == (Seal.State.WAITING, "KeyError('mou_manager')")
    for tries in range(1, MOST_ATTEMPTS):
        with clock.at(clock.now() + timedelta(hours=7 * tries)):
            seal_due()
    assert Seal.objects.get().state == Seal.State.FAILED


def test_who_was_too_slow_takes_nothing_from_the_copy_that_another_made(cast: Cast) -> None:
    in_force(cast)
    slow = sealing._lease_next()
    assert slow
    with clock.at(clock.now() + 2 * LEASE):
        assert seal_due() == 1
    Seal.objects.update(attempts=MOST_ATTEMPTS)
    sealing._try_later(slow, "No room on the disk.")
    seal = Seal.objects.get()
    assert (seal.state, seal.problem) == (Seal.State.SEALED, "")


def test_one_that_waits_or_is_made_stays_as_it_is(cast: Cast, client_of: ClientOf) -> None:
    seal = in_force(cast).seal
    answer = client_of(cast.system_administrator).post(
        "/admin/agreements/seal/",
        {"action": "make_again", "_selected_action": [seal.pk]},
        follow=True,
    )
    assert "0 of 1 marked are being made again." in answer.content.decode()


def test_other_work_comes_in_between_where_many_copies_wait(cast: Cast) -> None:
    for version in (in_force(cast), signed(cast)):
        assert version.seal.state == Seal.State.WAITING
    assert seal_due(seconds=0) == 1
    assert Seal.objects.filter(state=Seal.State.WAITING).count() == 1
    assert seal_due() == 1
