from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from audit.services import write_entry
from tests.cast import Cast, acting


def test_the_manager_acts_for_the_area_team(cast: Cast) -> None:
    who = acting(cast.manager)
    assert who.organisation == cast.area_team
    assert who.roles == {"manager"}


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", [1, 2])
def test_tables_are_emptied_after_a_test_with_real_transactions(cast: Cast, round_: int) -> None:
    with transaction.atomic():
        write_entry(actor=cast.manager, organisation_id=None, verb="looked", about=cast.manager)
    assert Entry.objects.count() == 1
    with pytest.raises(IntegrityError):
        Entry.objects.all().delete()
