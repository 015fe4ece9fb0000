"""An agreement that comes into force brings the meetings that its text asks for."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from agreements.models import Agreement
from agreements.terms import Often
from deadlines.models import Deadline
from deadlines.sweep import sweep_reminders
from house import clock
from house.clock import months_after
from house.lifecycle import lock
from meetings.models import Series, SeriesAgreement, Turn
from meetings.services.series import cadence_of, came_into_force
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.meetings.stage import START, in_force, newest, on, series_of, words
from tests.on_terms import in_force_on
from tests.stages import in_force as signed_here
from tests.termed import meet, series


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


THREE = meet(
    1, series("planning_group", "Planning group", "quarterly"),
    series("forum", "Clinical forum", "as_required"),
)  # fmt: skip


def test_each_series_of_the_terms_begins_and_owes_its_own(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = in_force_on(cast, meetings=THREE)
    made = Series.objects.filter(serves__agreement=agreement).order_by("pk")
    assert [(each.term_key, each.name, each.how_often) for each in made] == [
        ("wider", "Wider meeting", "Once in each MoU year"),
        ("planning_group", "Planning group", "Quarterly"),
        ("forum", "Clinical forum", "As required"),
    ]
    assert agreement.start_on
    year, quarter = (
        months_after(agreement.start_on, months) - timedelta(days=1) for months in (12, 3)
    )
    owed = [
        list(
            Deadline.objects.filter(subject_key=f"series:{each.key}").values_list(
                "due_on", flat=True
            )
        )
        for each in made
    ]
    assert owed == [[year], [quarter], []]
    page = words(client_of(cast.manager), f"/agreements/{agreement.reference}/kept/")
    assert "Wider meeting: None of one held this MoU year" in page
    assert "Planning group: One owed in the quarter to" in page
    assert "Planning group" in words(client_of(cast.viewer), f"/meetings/series/{made[1].key}/")
    with on(quarter - timedelta(days=7 + quarter.weekday())):
        sweep_reminders()
        mail = newest(mailbox, "quarterly meeting")
    assert "Hold one quarterly meeting by" in mail.subject


def test_they_are_made_once(cast: Cast) -> None:
    agreement = in_force(cast)
    with transaction.atomic():
        came_into_force(lock(agreement), acting(cast.manager))
    assert Series.objects.count() == 2


@pytest.mark.parametrize(
    ("cadence", "per_year", "said"),
    [
        ("twice_a_year", None, {"cadence": "twice_a_year"}),
        ("quarterly", None, {"cadence": "quarterly"}),
        ("yearly", None, {"cadence": "per_year", "per_year": 1}),
        ("n_a_year", 6, {"cadence": "per_year", "per_year": 6}),
    ],
)
def test_the_terms_say_the_cadence(
    cadence: Often, per_year: int | None, said: dict[str, Any]
) -> None:
    assert cadence_of(series("wider", "Wider meeting", cadence, per_year)) == said


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
