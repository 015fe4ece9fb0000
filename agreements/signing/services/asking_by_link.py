"""Asking somebody without an account to sign: by a link to an address that two people have seen."""

from __future__ import annotations

from agreements.contacts.services.newcomers import Newcomer, make_person
from agreements.core.asking_for import STILL_ASKED, check_asks_for
from agreements.core.parties import require_role
from agreements.models import Party, SignatureRequest, Version
from agreements.signing.by_link import SIGN, TAKEN_BACK
from agreements.signing.services.asking import NOTHING, put_instead, put_request
from agreements.signing.services.notices import ask
from agreements.signing.services.signing import lock_to_sign
from agreements.signing.wanted import Wanted
from agreements.versions.steps import keep_steps
from deadlines.services.setting import set_together
from house.lifecycle import lock
from house.once import one_job
from house.refusals import NotYours, Refused
from mail.links.sending import recall
from parties.acting import Acting
from parties.models import CheckedAddress, Person
from parties.who import MANAGERS

NOT_LOOKED_AT = (
    "Nobody has looked through this address yet. Ask a colleague to look through the list of "
    "addresses to sign by. Then send the link."
)
HAS_ACCOUNT = "{name} has an account. Give them the role of signatory, and ask them to sign here."


def ask_by_link(
    *, by: Acting, version: Version, party: Party, slot: str, address: CheckedAddress,
    because: str = "", wanted: Wanted = NOTHING,
) -> SignatureRequest:  # fmt: skip
    """Asks whoever stands on the list of checked addresses to sign for the party.

    Their own party's MoU manager does, or the sender where that party has nobody here. Raises
    Refused for an address that no second person has looked at, and as when an account is asked.
    """
    _check(by, version, party, address)
    wanted.check(address.name)
    with one_job(), set_together():
        person = _person(by, party, address)
        request = put_request(
            by, version, party, slot, wanted, because=because, person=person, address=address
        )
        ask(by, request)
        keep_steps(version)
    return request


def ask_by_link_instead(
    *, by: Acting, request: SignatureRequest, address: CheckedAddress, wanted: Wanted = NOTHING
) -> SignatureRequest:
    """Asks another one, or the same one once more: what was sent before no longer works."""
    _check(by, request.version, request.party, address)
    wanted.check(address.name)
    before = request.person.name
    with one_job(), set_together():
        person = _person(by, request.party, address)
        version = lock_to_sign(request)
        put_instead(by, request, wanted, person=person, address=address)
        ask(by, request, instead_of=before)
        keep_steps(version)
    return request


def send_again_by_link(*, by: Acting, request: SignatureRequest) -> None:
    """Sends the e-mail once more, with the same link."""
    require_role(by, MANAGERS)
    check_asks_for(by, request.version, request.party)
    with one_job(), set_together():
        if request.address:
            _check_looked_at(request.address)
        lock_to_sign(request)
        if request.address is None or request.state not in STILL_ASKED:
            raise Refused("Nobody is asked by a link here now. Nothing was sent.")
        ask(by, request)


def take_back_link(*, by: Acting, request: SignatureRequest) -> None:
    """The link no longer works; the signature is awaited all the same, on paper or by another."""
    require_role(by, MANAGERS)
    check_asks_for(by, request.version, request.party)
    recall(SIGN, [str(request.pk)], TAKEN_BACK)


def _check(by: Acting, version: Version, party: Party, address: CheckedAddress) -> None:
    require_role(by, MANAGERS)
    check_asks_for(by, version, party)
    if address.kept_by_id != by.organisation_id:
        raise NotYours("This address is on the list of another organisation.")
    if address.organisation_id != party.organisation.pk:
        raise Refused(f"{address.name} does not sign for {party.name}.", field="address")


def _check_looked_at(address: CheckedAddress) -> None:
    if lock(address).state != CheckedAddress.State.CHECKED:
        raise Refused(NOT_LOOKED_AT, field="address")


def _person(by: Acting, party: Party, address: CheckedAddress) -> Person:
    """Whom the address is of. Of one's own organisation they belong to it; whom a sender names is
    nobody's until they sign."""
    organisation = lock(party.organisation)
    organisation.name_read = party.organisation.name
    _check_looked_at(address)
    if party.organisation.pk == by.organisation_id:
        person = make_person(
            by=by, organisation=party.organisation, field="address",
            newcomer=Newcomer(address.name, address.email, address.job_title, shares=True),
        )  # fmt: skip
        if hasattr(person, "user"):
            raise Refused(HAS_ACCOUNT.format(name=person.name), field="address")
        return person
    before = address.signature_requests.select_related("person").order_by("-pk").first()
    return (
        before.person if before else Person.objects.create(name=address.name, email=address.email)
    )
