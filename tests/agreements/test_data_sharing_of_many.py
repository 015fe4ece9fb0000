"""Shared data among many parties, over a succession, and after the MoU is over."""

from __future__ import annotations

import pytest

from agreements.changes.services.answering import answer_change
from agreements.changes.services.opening import record_event
from agreements.core.left_open import left_open
from agreements.core.parties import parties_of
from agreements.data_sharing.forms import SharingForm
from agreements.data_sharing.services import change_sharing, end_sharing
from agreements.data_sharing.telling import concerned
from agreements.models import DataSharing, DataSharingEntry
from house import clock
from house.refusals import NotYours
from tests import federations
from tests.agreements.costs import queries_of
from tests.agreements.sharing import newest, said, shared, sharing
from tests.agreements.succeeded import board_of, succeeded
from tests.cast import Cast, acting
from tests.conftest import ClientOf

pytestmark = pytest.mark.django_db


def test_of_many_parties_those_that_it_names_are_told(cast: Cast) -> None:
    agreement = federations.signed(cast).agreement
    ccg, ash, *others = parties_of(agreement)
    form = SharingForm(parties=[ccg, ash, *others])
    offered = dict(form.fields["sender"].choices)  # type: ignore[attr-defined]
    assert offered["all"] == "Every other party"
    record = DataSharing(agreement=agreement, kept_by=ccg)
    for receiver, told in ((ash, [ccg, ash]), (None, [ccg, ash, *others])):
        entry = DataSharingEntry(record=record, sender=ccg, receiver=receiver)
        assert concerned(entry) == told


def test_who_takes_the_place_of_who_recorded_it_goes_on_with_it(cast: Cast) -> None:
    record = shared(cast.manager, sharing(cast))
    board, administrator, manager = board_of(cast)
    succeeded(administrator, cast.administrator, cast.area_team, board, clock.today())
    again = DataSharing.objects.select_related("agreement").get(pk=record.pk)
    change_sharing(
        by=acting(manager), record=again, edit_no=1, because="By us now.",
        said=said(again.agreement, safeguards="By letter"),
    )  # fmt: skip
    assert newest(again).added_for == board


def test_the_end_of_the_mou_ends_no_sharing_and_any_party_says_that_it_has(cast: Cast) -> None:
    record = shared(cast.manager, sharing(cast))
    agreement, today = record.agreement, clock.today()
    theirs = acting(cast.other_manager)
    with pytest.raises(NotYours):
        end_sharing(by=theirs, record=record, because="It is over.", ended_on=today)
    event = record_event(
        by=acting(cast.manager), agreement=agreement, on=today, because="It was housed."
    )
    answer_change(by=theirs, change=event, agrees=True)
    agreement.refresh_from_db()
    assert left_open([agreement.pk])[agreement.pk] == 1
    end_sharing(by=theirs, record=record, because="It is over.", ended_on=today)
    assert left_open([agreement.pk])[agreement.pk] == 0


def test_the_list_asks_no_more_for_many_than_for_one(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = sharing(cast), client_of(cast.other_viewer)
    shared(cast.manager, agreement)
    pages = ("data-sharing/", "kept/")
    few = [queries_of(client, agreement, page) for page in pages]
    for _ in range(6):
        shared(cast.manager, agreement)
    assert [queries_of(client, agreement, page) for page in pages] == few
    assert max(few) <= 20
