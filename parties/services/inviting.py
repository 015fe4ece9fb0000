"""Invitations: how somebody gets an account, and who may ask them.

The link is signed and holds the number of the invitation alone. Opening it does nothing; the
page behind it has a button. A link that is wrong, old, used or withdrawn is one and the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.db import transaction

from audit.services import record, write_entry
from house import clock
from house.actor import acting_as
from house.refusals import Refused
from mail.services import queue_mail
from parties.acting import Acting
from parties.models import Invitation, Membership, Organisation, Person, Role, User
from parties.services.joining import be_one_person
from parties.services.knowing import meant_or_made
from parties.services.roles import give_roles
from parties.who import administering, must_administer

LASTS = timedelta(days=14)
_SALT = "parties.invitation"
GONE = "This invitation does not work any more."
OF_THEIR_OWN = "Whoever logs in needs an address of their own: enter another one."


def invite(
    *, by: Acting, organisation: Organisation, name: str, email: str, roles: Iterable[str]
) -> Invitation:
    """Asks somebody of this name to make an account, or to take the roles with the one they have.

    Nobody is looked for outside the organisation: who it is they say themselves, by accepting.
    """
    with administering(by, organisation):
        person = meant_or_made(organisation, name, email)
        return invite_person(by=by, organisation=organisation, person=person, roles=roles)


def invite_person(
    *, by: Acting, organisation: Organisation, person: Person, roles: Iterable[str]
) -> Invitation:
    """The same for somebody whom the organisation has already."""
    wanted = sorted({Role(role) for role in roles})
    if not person.email:
        raise Refused(f"{person.name} has no e-mail address here. Add one first.")
    with administering(by, organisation):
        if not wanted:
            raise Refused("Choose at least one role.", field="roles")
        _must_be_their_own(organisation, person)
        _refuse_second(organisation, person)
        invitation = Invitation.objects.create(
            person=person,
            organisation=organisation,
            email=person.email.lower(),
            roles=wanted,
            invited_by=by.user,  # type: ignore[misc]
            invited_at=clock.now(),
            expires_at=clock.now() + LASTS,
        )
        record(by, "invited", invitation, person=invitation.person_id, roles=wanted)
        _send(invitation)
    return invitation


def _send(invitation: Invitation) -> None:
    queue_mail(
        kind="invitation",
        address=invitation.email,
        organisation_id=invitation.organisation_id,
        context={"invitation": invitation.pk},
        dedupe=f"invitation:{invitation.pk}",
    )


def _must_be_their_own(organisation: Organisation, person: Person) -> None:
    """Two people share a mailbox, but never a log-in. Of other organisations nothing is said."""
    here = User.objects.filter(memberships__organisation=organisation)
    other = here.filter(email__iexact=person.email).exclude(person=person).first()
    if other:
        raise Refused(f"{other} logs in with this address. {OF_THEIR_OWN}", field="email")


def _refuse_second(organisation: Organisation, person: Person) -> None:
    """One open invitation to an address; one that ran out makes room for the next."""
    for earlier in Invitation.objects.filter(
        organisation=organisation, email__iexact=person.email, accepted_at=None, withdrawn_at=None
    ).select_related("person"):
        if earlier.expires_at <= clock.now():
            earlier.withdrawn_at = clock.now()
            earlier.save(update_fields=["withdrawn_at"])
        elif earlier.person == person:
            raise Refused("An invitation to this address is open already.", field="email")
        else:
            raise Refused(f"{earlier.person} is invited with this address. {OF_THEIR_OWN}",
                          field="email")  # fmt: skip


def withdraw(*, by: Acting, invitation: Invitation) -> None:
    """Closes an invitation: its link does not work any more."""
    must_administer(by, invitation.organisation)
    with transaction.atomic():
        invitation = _locked_open(invitation.pk)
        invitation.withdrawn_at = clock.now()
        invitation.save(update_fields=["withdrawn_at"])
        record(by, "withdrew an invitation", invitation)


def token_for(invitation: Invitation) -> str:
    """What the link carries. Made when the e-mail is sent, stored nowhere."""
    return signing.dumps(invitation.pk, salt=_SALT)


def opened_with(token: str) -> Invitation | None:
    """The open invitation that this link is for, or None."""
    try:
        number = signing.loads(token, salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    return open_invitation(number)


def open_invitation(number: int) -> Invitation | None:
    return (
        Invitation.objects.filter(
            pk=number, accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now()
        )
        .select_related("person", "organisation")
        .first()
    )


def asked_from_inside(invitation: Invitation) -> bool:
    """Whether one of the organisation's own people invites, and not a system administrator."""
    by, organisation = invitation.invited_by_id, invitation.organisation_id
    return Membership.objects.filter(user=by, organisation=organisation).exists()


def account_for(invitation: Invitation) -> User | None:
    """The account of the invited person, else the one that logs in with the address."""
    theirs = User.objects.filter(person=invitation.person).first()
    return theirs or User.objects.filter(email=invitation.email).first()


def accept_as_new(*, invitation: Invitation, password: str) -> User:
    """Makes the account, with the invited roles. Raises ValidationError for a weak password."""
    validate_password(password, User(email=invitation.email, person=invitation.person))
    return _make_account(invitation, password)


def accept_with_sign_on(*, invitation: Invitation) -> User:
    """Makes the account without a password, for somebody who logs in elsewhere."""
    return _make_account(invitation, None)


def _make_account(invitation: Invitation, password: str | None) -> User:
    with transaction.atomic():
        invitation = _locked_open(invitation.pk)
        if account_for(invitation):
            raise Refused("You have an account already. Log in, then accept.")
        user = User.objects.create_user(invitation.email, password, person=invitation.person)
        _take_up(invitation, user)
    return user


def accept_as_user(*, invitation: Invitation, user: User) -> None:
    """Gives the invited roles to the account that the invited person has."""
    with transaction.atomic():
        invitation = _locked_open(invitation.pk)
        if account_for(invitation) != user:
            raise Refused("This invitation is for somebody else. Log out, then open its link.")
        _take_up(invitation, user)


def _take_up(invitation: Invitation, user: User) -> None:
    """Whoever accepts says so that they are the person whom the organisation has by that name."""
    with acting_as(user):
        given = give_roles(invitation.organisation, user, invitation.roles)
        if user.person != invitation.person:
            be_one_person(invitation.organisation, was=invitation.person, user=user)
        invitation.accepted_at = clock.now()
        invitation.save(update_fields=["accepted_at"])
        write_entry(
            actor=user,
            organisation_id=invitation.organisation_id,
            verb="accepted an invitation",
            about=invitation,
            payload={"given": given, "person": user.person_id},
        )


def _locked_open(number: int) -> Invitation:
    """The invitation, locked. Raises Refused when it is not open any more."""
    invitation = Invitation.objects.select_for_update().get(pk=number)
    gone = invitation.accepted_at or invitation.withdrawn_at
    if gone or invitation.expires_at <= clock.now():
        raise Refused(GONE)
    return invitation


def invite_again(*, by: Acting, invitation: Invitation) -> Invitation:
    """Withdraws the invitation and sends a new one, whose link lasts its full time."""
    with transaction.atomic():
        withdraw(by=by, invitation=invitation)
        return invite_person(
            by=by,
            organisation=invitation.organisation,
            person=invitation.person,
            roles=invitation.roles,
        )
