"""Organisations and people to choose one from: by name, former name, code or address."""

from __future__ import annotations

from datetime import date

import pytest

from parties.models import Organisation, OrganisationName, Person
from parties.offers import Organisations, People
from tests.cast import organisation, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered() -> Organisations:
    for name, code in (
        ("Park Lane Surgery", "A81001"), ("Park Lane Surgery", "A81002"), ("St Mary's", "A81003"),
        ("Moor & Dale Practice", "A81004"), ("Moor", None), ("Closed", "A81005"),
    ):  # fmt: skip
        organisation(name, ods_code=code)
    was = Organisation.objects.get(ods_code="A81003")
    before = {"starts_on": date(2010, 1, 1), "ends_on": date(2013, 3, 31)}
    OrganisationName.objects.create(organisation=was, name="Old Mill Surgery", **before)
    return Organisations(Organisation.objects.exclude(ods_code="A81005"))


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("a81002", ["Park Lane Surgery (A81002)"]),
        ("A81 002", ["Park Lane Surgery (A81002)"]),
        ("Park Lane Surgery (A81001)", ["Park Lane Surgery (A81001)"]),
        ("PARK LANE SURGERY", ["Park Lane Surgery (A81001)", "Park Lane Surgery (A81002)"]),
        ("moor", ["Moor"]),
        ("dale and moor", ["Moor & Dale Practice (A81004)"]),
        ("St. Mary", ["St Mary's (A81003)"]),
        ("old mill", ["St Mary's (A81003)"]),
        ("closed", []),
        ("A81005", []),
        ("mill park", []),
    ],
)
def test_what_words_can_mean(offered: Organisations, typed: str, labels: list[str]) -> None:
    assert [label for _, label in offered.meant(typed, 11)] == labels


def test_a_person_is_told_apart_by_the_address() -> None:
    ann, other = person("Ann Lee", "a@x.example"), person("Ann Lee", "b@x.example")
    longer = person("Ann Leeson", "c@x.example")
    people = People(Person.objects.all())
    assert people.meant("Ann Lee", 11) == [
        (str(ann.pk), "Ann Lee, a@x.example"), (str(other.pk), "Ann Lee, b@x.example"),
    ]  # fmt: skip
    assert people.meant("B@x.example", 11) == people.among([str(other.pk), "no number"])
    assert people.meant("Ann Lee, a@x.example", 11) == people.among([str(ann.pk)])
    assert people.meant("lees", 11) == [(str(longer.pk), "Ann Leeson, c@x.example")]
