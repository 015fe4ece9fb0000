"""An agreement that comes into force brings the meetings that its text asks for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from agreements.models import Agreement
from deadlines.models import Deadline
from deadlines.sweep import sweep_reminders
from house import clock
from house.lifecycle import lock
from meetings.models import Series, SeriesAgreement, Turn
from meetings.services.series import cadence_of, came_into_force
from tests.cast import Cast, acting
from tests.meetings.stage import START, in_force, on, series_of
from tests.stages import in_force as signed_here


def test_the_wider_and_the_locality_meetings_are_there_at_once(cast: Cast) -> None:
    agreement = in_force(cast)
    wider, locality = series_of(agreement), series_of(agreement, Series.Purpose.LOCALITY)
    assert (wider.cadence, wider.counts_from, wider.convener) == ("twice_a_year", START, None)
    assert (locality.cadence, str(locality.convener)) == ("as_required", "Northern Moors Area Team")
    owed = Deadline.objects.get(kind="meetings_owed")
    assert owed.subject_key == f"series:{wider.key}"


def test_signing_here_brings_them_too(cast: Cast) -> None:
    """The short template asks for two meetings a year, and for no locality manager."""
    agreement = signed_here(cast).agreement
    begun = Series.objects.filter(serves__agreement=agreement)
    assert [each.purpose for each in begun] == ["wider"]
    assert series_of(agreement).counts_from == agreement.start_on


def test_they_are_made_once(cast: Cast) -> None:
    agreement = in_force(cast)
    with transaction.atomic():
        came_into_force(lock(agreement), acting(cast.manager))
    assert Series.objects.count() == 2


@pytest.mark.parametrize(
    ("per_year", "said"),
    [(2, {"cadence": "twice_a_year"}), (6, {"cadence": "per_year", "per_year": 6})],
)
def test_the_number_in_the_terms_is_the_cadence(per_year: int, said: dict[str, Any]) -> None:
    assert cadence_of(per_year) == said


def test_agreements_from_before_this_room_get_theirs_with_the_upgrade(cast: Cast) -> None:
    agreement = in_force(cast)
    Turn.objects.all().delete()
    SeriesAgreement.objects.all().delete()
    Series.objects.all().delete()
    Series.history.all().delete()
    Deadline.objects.filter(kind="meetings_owed").update(state="cancelled", closed_at=clock.now())
    upgrade = import_module("meetings.migrations.0003_series_of_agreements_in_force")
    before = MigrationLoader(connection).project_state(("meetings", "0002_triggers"))
    upgrade.add_series(before.apps, None)
    assert_like_new(agreement)


def assert_like_new(agreement: Agreement) -> None:
    wider, locality = series_of(agreement), series_of(agreement, Series.Purpose.LOCALITY)
    assert (wider.cadence, wider.counts_from) == ("twice_a_year", START)
    assert str(locality.convener) == "Northern Moors Area Team"
    assert wider.history.get().cadence == "twice_a_year"
    with on(START):
        sweep_reminders()
    assert Deadline.objects.still_open().filter(subject_key=f"series:{wider.key}").exists()
