from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from agreements.core.texts import content_of, hash_of
from agreements.models import Clause, ClauseText, Version
from agreements.versions.services.versions import recall
from house.canonical import fingerprint
from house.triggers import lifted
from tests.cast import Cast, acting
from tests.stages import (
    draft_of,
    drafted,
    frozen,
    in_force,
)

pytestmark = pytest.mark.django_db
# No code that there may be one day changes a numbered version: the database refuses.


def test_the_hash_is_of_the_text_and_of_nothing_else(cast: Cast) -> None:
    version = in_force(cast)
    assert version.label == "1.0"
    assert hash_of(version) == version.sha256


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("heading", "Gatherings"),
        ("body", "The parties meet once."),
        ("kind", "statement"),
        ("status", "stopped"),
        ("bindings", ["review"]),
        ("owed_by", ["ccg"]),
        ("position", 1_000),
    ],
)
def test_whatever_a_clause_says_is_hashed(cast: Cast, field: str, value: object) -> None:
    version = frozen(cast)
    text = version.texts.get(clause__key="meet")
    assert getattr(text, field) != value
    setattr(text, field, value)
    with lifted():
        text.save()
        assert hash_of(Version.objects.get(pk=version.pk)) != version.sha256


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("terms", {}),
        ("party_names", [{"slot": "area_team", "name": "Another team"}]),
        ("party_names", []),
    ],
)
def test_the_terms_and_the_names_of_the_parties_are_hashed(
    cast: Cast, field: str, value: object
) -> None:
    version = frozen(cast)
    setattr(version, field, value)
    assert hash_of(version) != version.sha256


def test_the_form_of_what_is_hashed_stays_for_ever() -> None:
    """Signed copies of years ago are hashed again by the code of today."""
    text = ClauseText(
        clause=Clause(key="meet"), kind="duty", heading="Meetings", body="At the café.",
        status="in_use", bindings=["meetings"], owed_by=["ccg"],
    )  # fmt: skip
    names = [{"slot": "ccg", "name": "Eastmoor CCG", "held_since": "2013-04-01"}]
    content = content_of(Version(terms={"format": 1}, party_names=names), [text])
    assert content == {
        "clauses": [
            {"key": "meet", "kind": "duty", "heading": "Meetings", "body": "At the café.",
             "status": "in_use", "bindings": ["meetings"], "owed_by": ["ccg"]},
        ],
        "terms": {"format": 1},
        "parties": [{"slot": "ccg", "name": "Eastmoor CCG"}],
    }  # fmt: skip
    assert (
        fingerprint(content) == "788fd96964782ac23d44d3df8cfe054135ee699138ff9841e5e9bd51790a48a8"
    )


RAW = {
    "a word": "UPDATE agreements_clausetext SET body = 'other' WHERE version_id = %s",
    "a clause out": "DELETE FROM agreements_clausetext WHERE version_id = %s",
    "the terms": "UPDATE agreements_version SET terms = '{}' WHERE id = %s",
    "the names": "UPDATE agreements_version SET party_names = '[]' WHERE id = %s",
    "the hash": "UPDATE agreements_version SET sha256 = 'f' WHERE id = %s",
    "back to draft": "UPDATE agreements_version SET state = 'draft', sha256 = '' WHERE id = %s",
}


@pytest.mark.sqlite
@pytest.mark.parametrize("what", RAW)
def test_raw_sql_cannot_change_a_numbered_version(cast: Cast, what: str) -> None:
    version = frozen(cast)
    with pytest.raises(DatabaseError, match="does not change"):  # noqa: SIM117
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(RAW[what], [version.pk])
    assert hash_of(Version.objects.get(pk=version.pk)) == version.sha256


@pytest.mark.sqlite
def test_raw_sql_cannot_put_a_clause_into_a_numbered_version(cast: Cast) -> None:
    agreement = drafted(cast)
    first = frozen(cast, agreement)
    recall(by=acting(cast.manager), version=first, because="Again.")
    text = draft_of(agreement).texts.first()
    assert text
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        ClauseText(
            version=first, clause=agreement.clauses.create(key="new"), position=9, kind="duty",
            heading="New",
        ).save()  # fmt: skip
    with pytest.raises(DatabaseError, match="does not change"):  # noqa: SIM117
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE agreements_clausetext SET version_id = %s WHERE id = %s",
                [first.pk, text.pk],
            )
