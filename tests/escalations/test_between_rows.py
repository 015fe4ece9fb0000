"""The rows that say whom a disagreement is between: for good, and of those from before."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from escalations.models import Disagreement
from tests.cast import Cast, acting
from tests.once import made_once
from tests.two_of_ten import (
    of_ten,
    somebody,
    with_ash,
)

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]
made, cast = made_once(of_ten)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE escalations_concernedparty SET party_id = 1 WHERE disagreement_id = %s",
        "DELETE FROM escalations_concernedparty WHERE disagreement_id = %s",
    ],
)
def test_nobody_is_taken_out_again(cast: Cast, statement: str) -> None:
    opened = with_ash(cast)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [opened.pk])


def test_one_without_names_is_between_all(cast: Cast) -> None:
    """As the former version opens them while this one is being put in its place."""
    agreement = of_ten(cast)
    with_ash(cast, agreement)
    found = Disagreement.objects.get()
    found.pk, found.number, found.between = None, 2, []
    found.save(force_insert=True)
    birch = acting(somebody("Mo Birch"))
    assert [each.number for each in Disagreement.objects.visible_to(birch)] == [2]
    assert len(Disagreement.objects.get(number=2).parties) == 10
    assert not Disagreement.objects.visible_to(acting(cast.stranger)).exists()


def test_the_upgrade_names_all_parties_of_those_from_before(cast: Cast) -> None:
    first = with_ash(cast)
    before = Disagreement.objects.get()
    before.pk, before.number, before.between = None, 2, []
    before.save(force_insert=True)
    opened = first.steps.get(kind="opened")
    opened.pk, opened.disagreement = None, before
    opened.save(force_insert=True)
    fill = import_module("escalations.migrations.0008_fill_concerned_parties").fill
    for _ in range(2):
        fill(apps, connection.schema_editor())
    before.refresh_from_db()
    assert len(before.between) == before.concerned.count() == 10
    assert {each.step for each in before.concerned.all()} == {opened}
    first.refresh_from_db()
    assert first.between == ["ccg", "federation-1"]
    assert first.concerned.count() == 2
