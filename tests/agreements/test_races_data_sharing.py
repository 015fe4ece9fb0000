"""Records of shared data at one moment: on PostgreSQL the agreement's lock decides."""

from __future__ import annotations

from functools import partial

import pytest

from agreements.data_sharing.services import end_sharing, review_sharing, say_of_sharing
from agreements.models import Agreement, DataSharing, DataSharingWord
from house import clock
from parties.models import User
from tests.agreements.sharing import newest, shared, sharing
from tests.at_once import at_once, refusals
from tests.cast import Cast, acting

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def test_each_gets_a_number_of_its_own_and_one_of_two_entries_is_made(cast: Cast) -> None:
    pk = sharing(cast).pk

    def record(by: User) -> None:
        shared(by, Agreement.objects.get(pk=pk))

    both = (cast.manager, cast.other_manager)
    assert not refusals(at_once([(by, partial(record, by)) for by in both]))
    assert [each.number for each in DataSharing.objects.all()] == [1, 2]
    ours = DataSharing.objects.get(kept_by__slot="area_team")

    def review(by: User) -> None:
        one = DataSharing.objects.select_related("agreement").get(pk=ours.pk)
        review_sharing(by=acting(by), record=one, edit_no=1, reviewed_on=clock.today())

    two = (cast.manager, cast.colleague)
    assert len(refusals(at_once([(by, partial(review, by)) for by in two]))) == 1
    assert newest(ours).seq == 2


def test_a_word_and_the_end_come_one_after_the_other(cast: Cast) -> None:
    pk = shared(cast.manager, sharing(cast)).pk

    def again() -> DataSharing:
        return DataSharing.objects.select_related("agreement").get(pk=pk)

    def end() -> None:
        end_sharing(
            by=acting(cast.manager), record=again(), because="Over.", ended_on=clock.today()
        )

    def say() -> None:
        say_of_sharing(by=acting(cast.other_manager), record=again(), edit_no=1, agrees=True)

    answers = at_once([(cast.manager, end), (cast.other_manager, say)])
    assert not again().is_running
    assert DataSharingWord.objects.count() == 1 - len(refusals(answers))
