"""What is read of organisations and people by id, for many as for one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from house import clock
from parties.models import Membership, OrganisationName, Role, User
from parties.reader import holders, members, names
from tests.cast import Cast, give, person_of, user

pytestmark = pytest.mark.django_db


def end_yesterday(somebody: User) -> None:
    """All the roles that somebody has."""
    for membership in Membership.objects.filter(user=somebody):
        membership.ends_on = clock.today() - timedelta(days=1)
        membership.save()


def test_members_are_those_who_belong_there_today_and_can_log_in(cast: Cast) -> None:
    there = {person_of(cast.manager).pk, person_of(cast.viewer).pk}
    closed = user("Clara Closed", cast.area_team, Role.VIEWER)
    closed.is_active = False
    closed.save()
    end_yesterday(user("Leo Left", cast.area_team, Role.VIEWER))
    theirs = person_of(cast.other_manager).pk
    found = members([cast.area_team.pk, cast.ccg.pk, cast.third_ccg.pk])
    assert found == {
        cast.area_team.pk: there, cast.ccg.pk: {theirs}, cast.third_ccg.pk: frozenset(),
    }  # fmt: skip


def test_a_role_is_held_today_in_the_order_in_which_people_got_it(cast: Cast) -> None:
    second = user("Minna Second", cast.area_team, Role.VIEWER)
    first = cast.manager
    give(second, cast.area_team, Role.MANAGER)
    end_yesterday(user("Leo Left", cast.area_team, Role.MANAGER))
    asked = [
        (cast.area_team.pk, Role.MANAGER), (cast.area_team.pk, Role.VIEWER),
        (cast.ccg.pk, Role.MANAGER),
    ]  # fmt: skip
    assert holders(asked) == {
        asked[0]: (first, second), asked[1]: (second,), asked[2]: (),
    }  # fmt: skip


def test_an_organisation_is_called_as_it_is_today(cast: Cast) -> None:
    pk = cast.ccg.pk
    former = cast.ccg.names.get()
    former.ends_on = date(2014, 8, 31)
    former.save()
    OrganisationName.objects.create(
        organisation=cast.ccg, name="Eastmoor and Coast CCG", starts_on=date(2014, 9, 1)
    )
    called = {cast.area_team.pk: "Northern Moors Area Team", pk: "Eastmoor and Coast CCG"}
    assert names(called) == called
