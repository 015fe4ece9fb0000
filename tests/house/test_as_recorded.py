"""Rows as the record held them before an instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Q

from house import clock
from house.tracked import as_recorded, create_all, save_all
from parties.models import Person

pytestmark = pytest.mark.django_db
NOON = datetime(2014, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def _names(before: datetime, **which: Any) -> list[str]:
    return [person.name for person in as_recorded(Person, before, **which)]


def test_history_is_dated_by_the_portals_clock() -> None:
    with clock.at(NOON):
        alone = Person.objects.create(name="Ada")
        together = create_all([Person(name="Bea")])
    with clock.at(NOON + MINUTE):
        save_all(together, ["name"])
    dates = [row.history_date for row in Person.history.order_by("history_id")]
    assert dates == [NOON, NOON, NOON + MINUTE]
    assert alone.history.get().history_date == NOON


def test_a_row_is_read_as_it_was_before_the_instant_and_not_at_it() -> None:
    with clock.at(NOON):
        person = Person.objects.create(name="Ada")
    with clock.at(NOON + MINUTE):
        person.name = "Ida"
        person.save()
    assert _names(NOON, id=person.pk) == []
    assert _names(NOON + MINUTE, id=person.pk) == ["Ada"]
    assert _names(NOON + 2 * MINUTE, id=person.pk) == ["Ida"]


def test_what_was_taken_away_is_not_there_afterwards() -> None:
    with clock.at(NOON):
        person = Person.objects.create(name="Ada")
    key = person.pk
    with clock.at(NOON + MINUTE):
        person.delete()
    assert _names(NOON + MINUTE, id=key) == ["Ada"]
    assert _names(NOON + 2 * MINUTE, id=key) == []


def test_what_must_have_held_then_is_asked_of_the_newest_row_alone() -> None:
    with clock.at(NOON):
        person = Person.objects.create(name="Ada")
    with clock.at(NOON + MINUTE):
        person.name = "Ida"
        person.save()
    late, called = NOON + 2 * MINUTE, Q(name="Ada")
    assert _names(late, id=person.pk, where=called) == []
    assert _names(NOON + MINUTE, id=person.pk, where=called) == ["Ada"]
