"""A rejection holds up coming into force, and is printed as what it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from agreements.models import Seal
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.services.sealing import seal_due
from agreements.signing.signed_copy import file_of
from agreements.versions.services.approving import record_approval
from agreements.versions.services.confirming import confirm_changes
from agreements.versions.services.versions import recall
from house import clock
from house.refusals import Refused
from parties.models import User
from tests.agreements.decided import as_it_is, as_printed, page_of
from tests.agreements.rejected import HELD
from tests.agreements.reviewed import on
from tests.cast import Cast, acting, person_of
from tests.stages import approve, ask, asked, frozen, give, in_force, sent

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


# --- Coming into force


def test_a_rejection_after_the_own_signature_holds_up_coming_into_force(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(date(2026, 3, 2)):
        ours, theirs = asked(cast)
        give(cast.other_signatory, theirs)
    with on(date(2026, 3, 3)):
        approve(cast.other_manager, theirs.version, "rejected")
        give(cast.signatory, ours)
        version = as_it_is(ours.version)
        assert (version.state, version.label) == ("out_for_signature", "0.1")
        assert not Seal.objects.exists()
        page = client_of(cast.viewer).get(page_of(version)).content.decode()
        assert "it does not come into force until then" in page
        printed = as_printed(version)
    assert "Rejected, Governing Body" not in printed  # the evidence is of a signed copy
    assert "<td>Governing Body</td><td>Rejected</td>" in printed
    assert '<th scope="row">Approval</th><td>Rejected</td>' in printed
    for false in ("approved as", "to be ratified"):
        assert false not in printed.lower()
    with on(date(2026, 3, 9)):
        approve(cast.other_manager, version, on=date(2026, 3, 6))
    version = as_it_is(version)
    assert (version.state, version.label) == ("signed", "1.0")
    assert version.agreement.start_on == date(2026, 3, 6)
    assert Seal.objects.filter(version=version).exists()


def test_a_signature_before_the_approval_is_held_up_too(cast: Cast) -> None:
    version = sent(cast)
    approve(cast.manager, version)
    ours = ask(cast.manager, version, cast.signatory)
    theirs = ask(cast.other_manager, version, cast.other_signatory, because="They meet in May.")
    give(cast.other_signatory, theirs)
    approve(cast.other_manager, version, "rejected")
    give(cast.signatory, ours)
    assert as_it_is(version).state == "out_for_signature"
    recall(by=acting(cast.manager), version=version, because="It was rejected.")
    assert as_it_is(version).state == "withdrawn"


def test_a_delegated_approval_that_was_rejected_later_holds_up(cast: Cast) -> None:
    version = sent(cast)
    delegated = record_approval(
        by=acting(cast.other_manager), version=version, decision="delegated",
        decided_on=clock.today(), delegated_to=person_of(cast.other_colleague),
    )  # fmt: skip
    recall(by=acting(cast.manager), version=version, because="A word.")
    second = sent(cast, version.agreement)
    by = acting(cast.other_colleague)
    confirm_changes(by=by, version=second, rests_on=delegated)
    theirs = ask(cast.other_manager, second, cast.other_signatory)
    approve(cast.other_manager, second, "rejected")
    with pytest.raises(Refused, match=HELD):
        give(cast.other_signatory, theirs)
    with pytest.raises(Refused, match="a decision of its own"):
        confirm_changes(by=by, version=second, rests_on=delegated)


# --- Once it is in force


def test_a_signed_version_that_is_rejected_says_so_and_is_not_sealed(
    cast: Cast, client_of: ClientOf
) -> None:
    version = in_force(cast)
    approve(cast.other_manager, version, "rejected")
    assert seal_due() == 0
    seal = Seal.objects.get()
    assert (seal.state, seal.attempts) == ("waiting", 0)
    assert "waits for one that approves it" in seal.problem
    page = client_of(cast.other_manager).get(page_of(version)).content.decode()
    assert "Eastmoor CCG rejected this version" in page
    for printed in (page, as_printed(version)):
        assert "Rejected" in printed
        assert "pproved as" not in printed
        assert "to be ratified" not in printed
    data = file_of(AgreementDocument(as_it_is(version), at=clock.now()))
    assert [each.decision for each in data.approvals] == ["approved", "approved", "rejected"]
    assert [each.approval for each in data.signatures] == ["given", "rejected"]
    kept = client_of(cast.manager).get(f"/agreements/{version.agreement.reference}/kept/")
    assert "still to be recorded" not in kept.content.decode()
    approve(cast.other_manager, version)
    assert Seal.objects.get().next_try <= clock.now()


def test_what_was_deferred_is_printed_as_deferred(cast: Cast) -> None:
    version = sent(cast)
    approve(cast.other_manager, version, "deferred")
    assert "<td>Deferred</td>" in as_printed(version)
    theirs = ask(cast.other_manager, version, cast.other_signatory, because="They meet in May.")
    give(cast.other_signatory, theirs)
    assert "<td>Deferred. Approval to be ratified</td>" in as_printed(version)


def test_what_nobody_signed_has_no_approval_to_be_ratified(cast: Cast) -> None:
    printed = as_printed(frozen(cast))
    assert "Approval to be ratified" not in printed
    assert "<td>Not decided yet</td>" in printed
