"""A page or a service reads once what its parts ask for, and never what is out of date."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from django.db import transaction

from house.once import each_once, once_a_page, one_job, one_page, read_together
from house.tracked import create_all
from parties.models import Area, Person

asked: list[str] = []


@once_a_page
def read(what: str) -> list[str]:
    asked.append(what)
    return list(asked)


def test_a_page_reads_once_and_the_next_page_anew() -> None:
    asked.clear()
    for _ in range(2):
        with one_page():
            assert read("parties") is read("parties")
            read("holidays")
    assert asked == ["parties", "holidays"] * 2


def test_elsewhere_each_time_is_another_read() -> None:
    asked.clear()
    read("parties")
    assert read("parties") == ["parties", "parties"]


def test_a_page_within_a_page_keeps_to_itself() -> None:
    asked.clear()
    with one_page():
        read("parties")
        with one_page():
            read("parties")
        read("parties")
    assert asked == ["parties", "parties"]


@each_once(Person)
def names(people: Collection[int]) -> dict[int, str]:
    asked.append(",".join(map(str, people)))
    known = dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
    return {pk: known.get(pk, "nobody") for pk in people}


@pytest.fixture
def ada(db: None) -> Person:
    asked.clear()
    return Person.objects.create(name="Ada")


def test_by_key_only_what_is_lacking_is_read_and_all_of_it_at_once(ada: Person) -> None:
    with one_page():
        assert names([ada.pk, 0]) == {ada.pk: "Ada", 0: "nobody"}
        assert names([0]) == {0: "nobody"}
        with read_together(), one_job():
            assert names(iter([-1, ada.pk, -2])) == {-1: "nobody", ada.pk: "Ada", -2: "nobody"}
        names([-1])
    assert asked == [f"{ada.pk},0", "-1,-2"]


def test_by_key_elsewhere_each_time_is_another_read(ada: Person) -> None:
    for _ in range(2):
        with one_job():
            names([ada.pk])
            names([ada.pk])
    names([ada.pk])
    assert len(asked) == 3


def test_what_is_written_is_read_anew(ada: Person) -> None:
    with one_job():
        names([ada.pk, 0])
        Area.objects.create(name="The moors")
        names([ada.pk, 0])
        assert len(asked) == 1
        ada.name = "Ada Lovelace"
        ada.save()
        assert names([ada.pk]) == {ada.pk: "Ada Lovelace"}
        create_all([Person(pk=0, name="Nora")])
        assert names([0]) == {0: "Nora"}
        Person.objects.filter(pk=0).delete()
        assert names([0]) == {0: "nobody"}


def test_a_step_that_failed_leaves_nothing_behind(ada: Person) -> None:
    def fails() -> None:
        with one_job():
            ada.name = "Somebody else"
            ada.save()
            assert names([ada.pk]) == {ada.pk: "Somebody else"}
            raise LookupError

    with one_job():
        with pytest.raises(LookupError), transaction.atomic():
            fails()
        assert names([ada.pk]) == {ada.pk: "Ada"}
