from __future__ import annotations

import pytest

from house.actor import acting_as
from house.tracked import create_all, save_all
from parties.models import Person, User
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_bulk_write_without_history_is_refused() -> None:
    with pytest.raises(TypeError, match="history"):
        Person.objects.filter(name="Ada").update(name="Bea")
    with pytest.raises(TypeError, match="create_all"):
        Person.objects.bulk_create([Person(name="Ada")])


def test_bulk_writes_with_history_name_whoever_acts(cast: Cast) -> None:
    with acting_as(cast.manager):
        people = create_all([Person(name="Ada"), Person(name="Bea")])
        people[0].name = "Ida"
        save_all(people, ["name"])
    rows = Person.history.filter(id=people[0].pk).order_by("history_id")
    assert [row.name for row in rows] == ["Ada", "Ida"]
    assert {row.history_user for row in rows} == {cast.manager}


def test_what_nobody_did_by_hand_is_the_systems(cast: Cast) -> None:
    person = Person.objects.create(name="Ada")
    assert person.history.get().history_user == User.objects.system()


def test_nobody_can_log_in_as_the_system() -> None:
    assert not User.objects.system().is_active
    assert not User.objects.system().has_usable_password()
