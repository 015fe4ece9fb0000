"""Whoever is killed or presses twice while many are signed: each has one signature, once."""

from __future__ import annotations

import pytest

from agreements.groups.services.signing import sign_ticked
from agreements.models import Issue, Signature, SignatureRequest
from agreements.signing.services.signing import sign
from house import clock
from jobs.models import Job, JobRow
from jobs.sweep import LEASE, work_due
from tests.agreements.grouped import requests_of, share_of, to_sign, work
from tests.at_once import at_once, refusals
from tests.cast import Cast, acting
from tests.killed import Steps, killed

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def ticked(cast: Cast, issue: Issue) -> Job:
    chosen = {each.pk: each.version.sha256 for each in requests_of(issue, cast.ccg)}
    return sign_ticked(
        by=acting(cast.other_signatory), share=share_of(issue, cast.ccg), ticked=chosen,
        typed_name="Orla Officer",
    )  # fmt: skip


def each_has_one(number: int = 2) -> bool:
    signed = SignatureRequest.objects.filter(state="signed").count()
    return signed == number == Signature.objects.count()


@pytest.mark.parametrize("step", [2, 6, 13, 21])
def test_a_killed_worker_signs_none_twice(cast: Cast, step: int) -> None:
    job = ticked(cast, to_sign(cast))

    def works_and_dies() -> None:
        with Steps(at=step).counted():
            work_due()

    assert killed(works_and_dies)
    with clock.at(clock.now() + LEASE):
        work()
    assert each_has_one()
    job.refresh_from_db()
    assert job.state == "done"


def test_two_windows_sign_each_once(cast: Cast) -> None:
    issue = to_sign(cast)
    first, second = ticked(cast, issue), ticked(cast, issue)
    at_once([(cast.other_signatory, work_due)] * 2)
    work()
    assert each_has_one()
    left = JobRow.objects.filter(job__in=[first, second], state=JobRow.State.FAILED)
    assert {row.problem for row in left} == {"You have signed this version already."}
    assert left.count() == 2


def test_her_page_and_the_page_of_all_at_one_moment(cast: Cast) -> None:
    issue = to_sign(cast)
    one = requests_of(issue, cast.ccg)[0]
    ticked(cast, issue)
    by = acting(cast.other_signatory)

    def alone() -> object:
        return sign(by=by, request=one, sha256=one.version.sha256, typed_name="Orla Officer")

    answers = at_once([(cast.other_signatory, work_due), (cast.other_signatory, alone)])
    assert set(refusals(answers)) <= {"You have signed this version already."}
    work()
    assert each_has_one()
