"""What an organisation held beside its agreements, when another takes its place in full (X07)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.models import Access, IssueShare
from communications.models import Announcement
from deadlines.models import Holder
from house import clock
from tests.agreements.grouped import sent
from tests.agreements.succeeded import board_of, succeeded
from tests.cast import Cast, acting
from tests.communications import desk
from tests.stages import in_force

pytestmark = pytest.mark.django_db


def test_what_is_planned_goes_over_and_what_was_released_stays(cast: Cast) -> None:
    agreement = in_force(cast).agreement
    planned = desk.planned(cast, agreement, hours=300)
    board, chair, _ = board_of(cast)
    succeeded(chair, cast.administrator, cast.area_team, board, clock.today())
    found = Announcement.objects.get(pk=planned.pk)
    assert found.owner == board
    assert Announcement.objects.visible_to(acting(chair)).filter(pk=planned.pk).exists()
    assert not Holder.objects.filter(organisation=cast.area_team, is_open=True).exists()
    assert found.planned_for - clock.now() < timedelta(hours=300)


def test_a_group_is_the_successors_with_each_of_its_agreements(cast: Cast) -> None:
    issue = sent(cast)
    board, chair, mo = board_of(cast)
    succeeded(chair, cast.other_administrator, cast.ccg, board, clock.today())
    issue.refresh_from_db()
    assert issue.organisation == board
    shares = IssueShare.objects.filter(issue=issue).order_by("pk")
    assert [share.organisation for share in shares] == [board, cast.third_ccg]
    rows = Access.objects.filter(organisation=board)
    assert {row.in_group for row in rows} == {True}
    assert rows.count() == issue.lines.filter(share=shares[0]).count() == 2
    assert type(issue).objects.visible_to(acting(mo)).exists()
