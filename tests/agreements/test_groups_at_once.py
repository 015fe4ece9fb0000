"""Whoever is killed while a group is made, or works beside: each agreement is made once."""

from __future__ import annotations

import pytest

from agreements.groups.services import sending
from agreements.models import Agreement, Issue, IssueLine
from house import clock
from jobs.models import Job
from jobs.sweep import LEASE, work_due
from tests.agreements.grouped import listed, work
from tests.at_once import at_once, refusals
from tests.cast import Cast, acting
from tests.killed import Steps, killed

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def begun(cast: Cast) -> Issue:
    issue = listed(cast, ours=2, theirs=0)
    sending.send(by=acting(cast.other_manager), issue=issue)
    return issue


def each_has_one(number: int = 2) -> bool:
    made = set(IssueLine.objects.values_list("agreement", flat=True))
    return len(made - {None}) == number == Agreement.objects.count()


@pytest.mark.parametrize("step", [4, 25, 60, 110])
def test_a_killed_worker_makes_none_twice(cast: Cast, step: int) -> None:
    begun(cast)

    def works_and_dies() -> None:
        with Steps(at=step).counted():
            work_due()

    assert killed(works_and_dies)
    with clock.at(clock.now() + LEASE):
        work()
    assert each_has_one()
    assert Job.objects.get().state == "done"


def test_two_workers_make_none_twice(cast: Cast) -> None:
    begun(cast)
    at_once([(cast.other_manager, work_due)] * 2)
    work()
    assert each_has_one()


def test_two_who_press_at_once_send_it_once(cast: Cast) -> None:
    issue = listed(cast, ours=1, theirs=0)
    by = acting(cast.other_manager)

    def press() -> object:
        return sending.send(by=by, issue=Issue.objects.get(pk=issue.pk))

    answers = at_once([(cast.other_manager, press)] * 2)
    assert refusals(answers) == []
    work()
    assert (each_has_one(1), Job.objects.count()) == (True, 1)
