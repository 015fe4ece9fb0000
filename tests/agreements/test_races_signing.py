"""Signing at once: on PostgreSQL row locks decide, on SQLite the one writer at a time."""

from __future__ import annotations

from typing import Any

import pytest

from agreements.contacts.services.naming import name_contact
from agreements.core.access import true_access
from agreements.core.texts import hash_of
from agreements.drafting.services.editing import edit_clause
from agreements.models import (
    Agreement,
    Happening,
    Seal,
    Signature,
    SignatureRequest,
    Version,
)
from agreements.signing.services.asking import open_for_signature
from agreements.signing.services.signing import sign
from agreements.versions.services.versions import freeze, recall
from house.refusals import Refused
from parties.models import Role, User
from tests.at_once import ROUNDS, Act, at_once, refusals
from tests.cast import Cast, acting, organisation, user
from tests.stages import asked, clause, draft_of, drafted, give, make, template

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]
SIGNERS = 10


class TenParties:
    """Ten organisations with one person each, who manages and signs."""

    def __init__(self) -> None:
        sides = [f"side_{number}" for number in range(SIGNERS)]
        self.people = {
            slot: user(
                f"Signer {slot}", organisation(f"Party {slot}"), Role.MANAGER, Role.SIGNATORY
            )
            for slot in sides
        }
        self.source = template(self._organisation(sides[0]), sides)

    def _organisation(self, slot: str) -> Any:
        return acting(self.people[slot]).organisation

    def out_for_signature(self) -> list[tuple[User, SignatureRequest]]:
        first, *_ = self.people.values()
        sides = {slot: self._organisation(slot) for slot in self.people}
        draft = draft_of(make(acting(first), self.source, sides, {"area": "here"}))
        version = freeze(by=acting(first), version=draft, summary="First.")
        requests = []
        for slot, somebody in self.people.items():
            assert somebody.person
            request = open_for_signature(
                by=acting(somebody), version=version, slot=f"{slot}_signs",
                person=somebody.person, because="Agreed.",
            )  # fmt: skip
            requests.append((somebody, request))
        return requests


def _signs(who: User, request: SignatureRequest, sha256: str) -> Act:
    """As the page does it: what was read is in hand, the rest is read anew."""
    name = str(who)

    def act() -> Signature:
        own = SignatureRequest.objects.select_related("version", "party", "person").get(
            pk=request.pk
        )
        return sign(by=acting(who), request=own, sha256=sha256, typed_name=name)

    return who, act


def test_ten_signers_each_twice_at_once() -> None:
    parties = TenParties()
    for _ in range(2):
        requests = parties.out_for_signature()
        sha256 = requests[0][1].version.sha256
        acts = [_signs(who, request, sha256) for who, request in requests for _ in (1, 2)]
        answers = at_once(acts)
        version = Version.objects.select_related("agreement").latest("pk")
        assert Signature.objects.filter(request__version=version).count() == SIGNERS
        assert set(refusals(answers)) == {"You have signed this version already."}
        assert len(refusals(answers)) == SIGNERS
        assert Seal.objects.filter(version=version).count() == 1
        assert (version.state, version.agreement.state) == ("signed", "in_force")
        in_force = Happening.objects.filter(agreement=version.agreement, verb="in_force")
        assert in_force.count() == 1


def test_signing_against_a_recall_and_an_edit(cast: Cast) -> None:
    source = template(cast.area_team)
    for _ in range(ROUNDS):
        agreement = drafted(cast, source=source)
        version, _ = _asked(cast, agreement)
        request = version.signature_requests.get(party__slot="area_team")

        def recall_and_edit(version: Version = version, agreement: Agreement = agreement) -> None:
            recall(by=acting(cast.other_manager), version=version, because="A word.")
            text = clause(agreement, "meet")
            edit_clause(
                by=acting(cast.other_manager),
                clause=text,
                edit_no=text.edit_no,
                body="Other words.",
            )

        answers = at_once(
            [
                _signs(cast.signatory, request, version.sha256),
                (cast.other_manager, recall_and_edit),
            ]
        )
        shown = Version.objects.get(pk=version.pk)
        assert hash_of(shown) == version.sha256
        given = Signature.objects.filter(request=request)
        if isinstance(answers[0], Refused):
            assert answers[0].sentence == (
                "This version is recalled now, so it cannot be signed. Nothing was signed."
            )
            assert not given.exists()
        else:
            assert given.get().sha256 == version.sha256
        request.refresh_from_db()
        assert request.state == "void"


def _asked(cast: Cast, agreement: Agreement) -> tuple[Version, SignatureRequest]:
    version = freeze(by=acting(cast.manager), version=draft_of(agreement), summary="First.")
    assert cast.signatory.person
    request = open_for_signature(
        by=acting(cast.manager), version=version, slot="area_team_signs",
        person=cast.signatory.person, because="Agreed.",
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
            _signs(cast.other_signatory, theirs, ours.version.sha256),
            names(cast.other_manager, cast.ccg.pk),
        ]
    )
    agreement = Agreement.objects.get()
    assert agreement.state == "in_force"
    for access in agreement.access.all():
        truth = true_access(agreement, [access.organisation_id])[access.organisation_id]
        assert {name: getattr(access, name) for name in truth} == truth


def test_both_signatures_at_once_put_it_in_force_once(cast: Cast) -> None:
    ours, theirs = asked(cast)
    sha256 = ours.version.sha256
    at_once([_signs(cast.signatory, ours, sha256), _signs(cast.other_signatory, theirs, sha256)])
    agreement = Agreement.objects.get()
    assert agreement.state == "in_force"
    assert Seal.objects.count() == 1
