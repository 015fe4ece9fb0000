"""The last signature against whatever may end it: one legal end, told in its order."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest

from agreements.models import Happening, Seal, Signature, SignatureRequest, Version
from agreements.signing.services.ending import take_back_signature
from agreements.versions.services.approving import record_approval
from agreements.versions.services.versions import recall
from audit.models import Entry
from house import clock
from house.refusals import Refused
from parties.models import User
from parties.services.roles import set_roles
from tests.agreements.signers import after, signs
from tests.at_once import ON_POSTGRES, ROUNDS, Act, at_once
from tests.cast import Cast, acting
from tests.proof_plugin import Proof
from tests.rounds import rounds
from tests.stages import asked, give

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]

ENDS = {"signed": "in force", "withdrawn": "recalled", "out_for_signature": "still out"}
# Verb in the audit -> what must not have been told before it.
NEVER_AFTER = {
    "signed": {"recalled", "decided", "changed roles", "in_force"},
    "in_force": {"recalled", "decided", "in_force"},
    "recalled": {"in_force", "recalled"},
    "signature_withdrawn": {"in_force", "recalled"},
}
STEPS = ("signed", "decided", "in_force", "recalled", "signature_withdrawn")


@pytest.mark.proof("C3")
def test_signing_against_withdrawing_expiring_and_rejecting(cast: Cast, proof: Proof) -> None:
    """Here a signatory's role is what expires: their administrator ends it."""
    ours, theirs = asked(cast)
    give(cast.signatory, ours)
    acts = [*_against(cast, theirs), takes_back(cast.signatory, ours)]
    number, chance, found = proof.size(small=2 * ROUNDS, full=200), proof.chance(), Counter[str]()
    told = Entry.objects.count()
    for _ in rounds(number):
        at_once(_chosen(chance, signs(cast.other_signatory, theirs, ours.version.sha256), acts))
        story = list(Entry.objects.order_by("pk")[told:])
        found[_end_of(theirs, _told(story))] += 1
    ends = ", ".join(f"{times} {end}" for end, times in sorted(found.items()))
    proof.shows(f"{number} races: {ends}; each as the audit tells it, in its order", reached=True)


def takes_back(who: User, request: SignatureRequest) -> Act:
    """Who signed thinks again, while the other signs."""

    def act() -> Any:
        rows = SignatureRequest.objects.select_related("version__agreement", "party", "person")
        by, own = acting(who), rows.get(pk=request.pk)
        return take_back_signature(by=by, request=own, because="Once more.")

    return who, act


def test_withdrawing_ones_signature_against_the_last(cast: Cast) -> None:
    """Either it is in force with both, or one is withdrawn and the other waits: never both."""
    ours, theirs = asked(cast)
    give(cast.signatory, ours)
    signing, found = signs(cast.other_signatory, theirs, ours.version.sha256), Counter[str]()
    withdrawing = takes_back(cast.signatory, ours)
    for number in rounds(2 * ROUNDS):
        # Each is the first by turns; now and then by nothing at all.
        late = (number % 5) * 0.01
        first, then = (0.0, late) if number % 2 else (late, 0.0)
        answers = at_once([after(first, signing), after(then, withdrawing)])
        version = Version.objects.select_related("agreement").get(pk=ours.version_id)
        withdrew = SignatureRequest.objects.get(pk=ours.pk).state == "taken_back"
        assert (version.state == "signed") != withdrew
        assert (version.agreement.state == "in_force") != withdrew
        assert [isinstance(each, Refused) for each in answers] == [False, not withdrew]
        assert Signature.objects.count() == 2
        assert Signature.objects.standing().count() == 2 - withdrew
        assert Seal.objects.filter(version=version).exists() != withdrew
        found["withdrawn" if withdrew else "in force"] += 1
    assert not ON_POSTGRES or len(found) == 2, found


def _against(cast: Cast, theirs: SignatureRequest) -> list[Act]:
    version, today = theirs.version.pk, clock.today()
    by, other = acting(cast.manager), acting(cast.other_manager)
    administrator = acting(cast.other_administrator)
    signatory = cast.other_signatory

    def withdraw() -> Any:
        return recall(by=by, version=Version.objects.get(pk=version), because="A word.")

    def reject() -> Any:
        given = Version.objects.get(pk=version)
        return record_approval(by=other, version=given, decision="rejected", decided_on=today)

    def expire() -> Any:
        return set_roles(by=administrator, organisation=cast.ccg, user=signatory, roles=[])

    return [
        (cast.manager, withdraw), (cast.other_manager, reject), (cast.other_administrator, expire)
    ]  # fmt: skip


def _chosen(chance: Random, signing: Act, against: list[Act]) -> list[Act]:
    """The signature and one to three of the others, each a moment earlier or later."""
    others = chance.sample(against, chance.randint(1, len(against)))
    return [after(chance.uniform(0, 0.04), act) for act in (signing, *others)]


def _told(story: list[Entry]) -> list[str]:
    """The verbs that matter, in the audit's order; each that could not follow fails."""
    told: list[str] = []
    for entry in story:
        assert not NEVER_AFTER.get(entry.verb, set()).intersection(told), [*told, entry.verb]
        told.append(entry.verb)
    assert [each.at for each in story] == sorted(each.at for each in story)
    return told


def _end_of(theirs: SignatureRequest, told: list[str]) -> str:
    """The state in which it ended: everything that hangs on it says the same."""
    version = Version.objects.select_related("agreement").get(pk=theirs.version_id)
    end = ENDS[version.state]
    assert ("in_force" in told, "recalled" in told) == (end == "in force", end == "recalled")
    assert Signature.objects.filter(request=theirs).exists() == ("signed" in told)
    assert Seal.objects.filter(version=version).exists() == (end == "in force")
    assert (version.agreement.state == "in_force") == (end == "in force")
    states = set(version.signature_requests.values_list("state", flat=True))
    assert (states <= {"void", "taken_back"}) == (end == "recalled")
    assert ("taken_back" in states) == ("signature_withdrawn" in told)
    shown = Happening.objects.filter(agreement=version.agreement, verb__in=STEPS).order_by("pk")
    written = [verb for verb in told if verb in STEPS]
    assert [each.verb for each in shown][-len(written) :] == written or not written
    return end
