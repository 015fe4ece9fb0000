"""Signing at once: on PostgreSQL row locks decide, on SQLite the one writer at a time."""

from __future__ import annotations

from collections import Counter

import pytest

from agreements.contacts.services.naming import name_contact
from agreements.core.access import true_access
from agreements.core.texts import hash_of
from agreements.drafting.services.editing import edit_clause
from agreements.models import Agreement, Happening, Seal, Signature, SignatureRequest, Version
from agreements.signing.services.asking import open_for_signature
from agreements.signing.services.sealing import seal_due
from agreements.versions.services.versions import freeze, recall
from documents.storage import read
from house.refusals import Refused
from parties.models import User
from tests.agreements.signers import Signers, after, put_off_for_want_of_time, signs
from tests.at_once import ON_POSTGRES, ROUNDS, Act, at_once
from tests.cast import Cast, acting, person_of
from tests.crowd import crowd
from tests.documents.forked import children_are_forks
from tests.proof_plugin import Proof
from tests.rounds import rounds
from tests.stages import asked, clause, draft_of, drafted, give

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]
PROCESSES = 20 if ON_POSTGRES else 8
TWICE = "You have signed this version already."
RECALLED = "This version is recalled now, so it cannot be signed. Nothing was signed."


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each number of signers is a figure of its own."""
    if "signers" in metafunc.fixturenames:
        full = metafunc.config.option.in_full
        metafunc.parametrize("signers", [2, 10, 20, 50] if full else [2, 10])


@pytest.mark.proof("C1", on_sqlite="C8")
@pytest.mark.usefixtures("can_seal")
def test_many_sign_at_once_each_twice(signers: int, proof: Proof) -> None:
    """And two workers take up the sealing at once."""
    requests = Signers(signers).out_for_signature()
    version = requests[0][1].version
    acts = [signs(who, request, version.sha256) for who, request in requests] * 2
    seals: Act = (requests[0][0], seal_due)
    number, chance, found = proof.size(small=2, full=100), proof.chance(), Counter[str]()
    signing, processes = range(len(acts)), min(len(acts), PROCESSES)
    with children_are_forks(), crowd([*acts, seals, seals], processes) as press:
        for _ in rounds(number):
            said = press(chance.sample(signing, len(acts)))
            found.update(said)
            assert not any(press([len(acts), len(acts) + 1]))
            while put_off_for_want_of_time():
                assert not any(press([len(acts), len(acts) + 1]))
            found.update(_as_it_is(version.pk))
    expected = {"": signers, TWICE: signers, "signatures": signers, "people": signers}
    expected |= dict.fromkeys(("in force", "seals", "sealed", "told so"), 1)
    proof.shows(
        f"{signers} signers, {number} rounds: {found['signatures']:,} signatures, "
        f"{found[TWICE]:,} refused as the second, {found['seals']} seals, {found['sealed']} of "
        "them made; no other answer",
        reached=found == Counter({each: much * number for each, much in expected.items()}),
    )


def _as_it_is(pk: int) -> Counter[str]:
    """What there is of this version; a copy counts as sealed when its file is what was stored."""
    version = Version.objects.select_related("agreement").get(pk=pk)
    given = Signature.objects.filter(request__version=version)
    seals = Seal.objects.filter(version=version)
    story = Happening.objects.filter(agreement=version.agreement)
    return Counter(
        {
            "signatures": given.count(),
            "people": given.values("user").distinct().count(),
            "in force": int((version.state, version.agreement.state) == ("signed", "in_force")),
            "seals": seals.count(),
            "sealed": sum(each.file is not None and bool(read(each.file)) for each in seals),
            "told so": story.filter(verb="in_force").count() * story.filter(verb="sealed").count(),
        }
    )


@pytest.mark.proof("C2")
def test_signing_against_a_new_version(cast: Cast, proof: Proof) -> None:
    agreement = drafted(cast)
    (version, request), manager = _asked(cast, agreement), cast.other_manager
    number, chance, signed = proof.size(small=ROUNDS, full=500), proof.chance(), 0
    for _ in rounds(number):
        acts = [
            signs(cast.signatory, request, version.sha256),
            (manager, lambda: _new_version(manager, version)),
        ]
        answers = at_once([after(chance.uniform(0, 0.03), act) for act in acts])
        assert answers[1] is None
        signed += _require_bound(answers[0], version, request)
        new = Version.objects.get(label="0.2")
        assert hash_of(new) == new.sha256 != version.sha256
        assert not Signature.objects.filter(request__version=new).exists()
    proof.shows(
        f"{number} races: {signed} signatures of the text that was shown, void with it; "
        f"{number - signed} refused in words; none of another text",
        reached=True,
    )


def _new_version(manager: User, version: Version) -> None:
    by, old = acting(manager), Version.objects.get(pk=version.pk)
    draft = recall(by=by, version=old, because="A word.")
    text = clause(draft.agreement, "meet")
    edit_clause(by=by, clause=text, edit_no=text.edit_no, body="Other words.")
    freeze(by=by, version=draft_of(draft.agreement), summary="Second.")


def _require_bound(answer: object, version: Version, request: SignatureRequest) -> bool:
    """Whether it was signed: then the text that was shown, else it was refused in words."""
    assert hash_of(Version.objects.get(pk=version.pk)) == version.sha256
    given = Signature.objects.filter(request=request)
    assert SignatureRequest.objects.get(pk=request.pk).state == "void"
    if isinstance(answer, Refused):
        assert (answer.sentence, given.count()) == (RECALLED, 0)
        return False
    assert given.get().sha256 == version.sha256
    return True


def _asked(cast: Cast, agreement: Agreement) -> tuple[Version, SignatureRequest]:
    version = freeze(by=acting(cast.manager), version=draft_of(agreement), summary="First.")
    request = open_for_signature(
        by=acting(cast.manager), version=version, slot="area_team_signs",
        person=person_of(cast.signatory), because="Agreed.",
    )  # fmt: skip
    return version, request


def test_contacts_named_while_the_last_signature_comes(cast: Cast) -> None:
    ours, theirs = asked(cast)
    give(cast.signatory, ours)
    parties = {party.organisation.pk: party for party in ours.version.agreement.parties.all()}

    def names(who: User, organisation_id: int) -> Act:
        party, person = parties[organisation_id], who.person
        return who, lambda: name_contact(
            by=acting(who), party=party, role="mou_manager", person=person
        )

    at_once(
        [
            names(cast.manager, cast.area_team.pk),
            signs(cast.other_signatory, theirs, ours.version.sha256),
            names(cast.other_manager, cast.ccg.pk),
        ]
    )
    agreement = Agreement.objects.get()
    assert agreement.state == "in_force"
    for access in agreement.access.all():
        truth = true_access(agreement, [access.organisation_id])[access.organisation_id]
        assert {name: getattr(access, name) for name in truth} == truth
