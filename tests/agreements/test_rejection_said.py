"""A rejection is said where people look first: the overview's first sentence, and Home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from agreements.models import Version
from agreements.versions.services.versions import recall
from deadlines.models import Deadline
from house import clock
from mou_portal.home_page import HomePage
from nhsuk.dates import day
from parties.models import User
from tests.agreements.changed import asks_changes
from tests.cast import Cast, acting
from tests.stages import approve, asked, in_force, make, sent, template

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
LINE = "Decide what follows: the Governing Body rejected version 0.1 of the MoU with"


def _overview(client: Client, version: Version) -> str:
    page = client.get(f"/agreements/{version.agreement.reference}/").content.decode()
    return " ".join(page.split())


def _said(who: User) -> tuple[list[str], list[str]]:
    """What waits for this reader, and what for others."""
    home = HomePage(acting(who))
    return [todo.sentence for todo in home.mine], [todo.sentence for todo in home.others]


def test_the_first_sentence_says_who_rejected_it(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    approve(cast.other_manager, version, "rejected")
    first = f"Version 0.1 is out for approval, rejected by Eastmoor CCG on {day(clock.today())}."
    for who in (cast.viewer, cast.other_manager):
        assert first in _overview(client_of(who), version)
    approve(cast.other_manager, version)
    assert "rejected by" not in _overview(client_of(cast.viewer), version)


def test_it_is_said_of_what_is_in_force_too(cast: Cast, client_of: ClientOf) -> None:
    version = in_force(cast)
    approve(cast.other_manager, version, "rejected")
    today = day(clock.today())
    page = _overview(client_of(cast.viewer), version)
    assert f"since {today}, rejected by Eastmoor CCG on {today}. Review due" in page
    line = f"{LINE.replace('0.1', '1.0')} Northern Moors Area Team"
    assert line in _said(cast.other_manager)[0]


def test_changes_that_are_asked_for_stand_there_too(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    asks_changes(cast.other_manager, version)
    first = "Version 0.1 is out for approval, approved subject to changes by Eastmoor CCG."
    assert first in _overview(client_of(cast.viewer), version)


def test_of_three_parties_two_rejected_it(cast: Cast, client_of: ClientOf) -> None:
    sides = {"area_team": cast.area_team, "ccg": cast.ccg, "second_ccg": cast.third_ccg}
    source = template(cast.area_team, tuple(sides))
    agreement = make(acting(cast.manager), source, sides, {"area": "the moors"})
    draft = agreement.versions.get()
    assert "All parties can edit the draft." in _overview(client_of(cast.viewer), draft)
    version = sent(cast, agreement)
    for manager in (cast.other_manager, cast.third_manager):
        approve(manager, version, "rejected")
    today = day(clock.today())
    both = f"rejected by Eastmoor CCG on {today} and Westmoor CCG on {today}."
    assert both in _overview(client_of(cast.viewer), version)
    assert Deadline.objects.still_open().filter(kind="rejection_stands").count() == 2


def test_it_waits_for_its_managers_and_the_others_see_for_whom(cast: Cast) -> None:
    ours, _ = asked(cast)
    approve(cast.other_manager, ours.version, "rejected")
    assert f"{LINE} Northern Moors Area Team" in _said(cast.other_manager)[0]
    assert f"{LINE} Eastmoor CCG" in _said(cast.manager)[1]
    assert not any(LINE in line for line in _said(cast.manager)[0])
    approve(cast.other_manager, ours.version)
    assert not any(LINE in line for line in _said(cast.other_manager)[0])


def test_a_later_deferral_or_an_earlier_approval_leaves_the_line(cast: Cast) -> None:
    version = sent(cast)
    approve(cast.other_manager, version, "rejected")
    approve(cast.other_manager, version, "deferred")
    approve(cast.other_manager, version, on=clock.today() - timedelta(days=3))
    assert any(LINE in line for line in _said(cast.other_manager)[0])


def test_it_ends_when_the_version_is_recalled(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    approve(cast.other_manager, version, "rejected")
    recall(by=acting(cast.manager), version=version, because="They rejected it.")
    assert not any(LINE in line for line in _said(cast.other_manager)[0])
    assert "rejected by" not in _overview(client_of(cast.viewer), version)
