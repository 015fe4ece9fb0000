"""Deciding at once: the version's row decides who was first."""

from __future__ import annotations

from typing import Any

import pytest

from agreements.models import Approval, Signature, Version
from agreements.signing.services.signing import sign
from agreements.versions.services.approving import record_approval
from agreements.versions.services.confirming import record_confirmation
from house import clock
from parties.models import Role, User
from tests.agreements.changed import asks_changes, change
from tests.at_once import Act, at_once, refusals
from tests.cast import Cast, acting, user
from tests.stages import approve, asked, give, sent

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def _deciding(who: User, version: Version, decision: str, edit_no: int | None = 0) -> Act:
    by, today = acting(who), clock.today()

    def act() -> Any:
        return record_approval(
            by=by, version=version, decision=decision, decided_on=today, edit_no=edit_no
        )

    return who, act


def test_of_two_opposite_decisions_the_second_is_told(cast: Cast) -> None:
    version, second = sent(cast), user("Mina Manager", cast.ccg, Role.MANAGER)
    acts = [
        _deciding(cast.other_manager, version, "approved"), _deciding(second, version, "rejected")
    ]  # fmt: skip
    [said] = refusals(at_once(acts))
    assert "recorded another decision since you opened this page" in said
    assert Approval.objects.count() == 1


def test_a_rejection_and_the_last_signature_leave_no_rejected_version_in_force(cast: Cast) -> None:
    ours, theirs = asked(cast)
    give(cast.signatory, ours)
    by, sha256 = acting(cast.other_signatory), theirs.version.sha256

    def signing() -> Any:
        return sign(by=by, request=theirs, sha256=sha256, typed_name="Orla Officer")

    rejecting = _deciding(cast.other_manager, theirs.version, "rejected", None)
    said = refusals(at_once([(cast.other_signatory, signing), rejecting]))
    version = Version.objects.get(pk=theirs.version_id)
    first = Signature.objects.filter(request=theirs).exists()
    assert (version.state == "signed") is first is not bool(said)


def test_an_approval_and_the_last_signature_wait_for_each_other_in_one_order(cast: Cast) -> None:
    ours, theirs = asked(cast)
    give(cast.other_signatory, theirs)
    approve(cast.other_manager, theirs.version, "rejected")
    by, sha256 = acting(cast.signatory), ours.version.sha256

    def signing() -> Any:
        return sign(by=by, request=ours, sha256=sha256, typed_name="Sid Signatory")

    approving = _deciding(cast.other_manager, theirs.version, "approved", None)
    assert not refusals(at_once([(cast.signatory, signing), approving]))
    assert Version.objects.get(pk=ours.version_id).state == "signed"


def test_of_two_who_record_the_chairs_word_at_once_the_second_is_told(cast: Cast) -> None:
    version, second = sent(cast), user("Mina Manager", cast.ccg, Role.MANAGER)
    rests_on = asks_changes(cast.other_manager, version)
    newer = change(cast, version)

    def saying(who: User, *, agrees: bool) -> Act:
        by, today = acting(who), clock.today()

        def act() -> Any:
            return record_confirmation(
                by=by, version=newer, rests_on=rests_on, agrees=agrees,
                confirmed_by="Chris Chair", confirmed_on=today, note="He wrote to me.",
            )  # fmt: skip

        return who, act

    acts = [saying(cast.other_manager, agrees=True), saying(second, agrees=False)]
    [said] = refusals(at_once(acts))
    assert "This version has a decision of its own by now" in said
    assert newer.approvals.count() == 1
