"""An organisation is brought in together with whoever looks after it first, in one act.

Only a system administrator does that, and only until the organisation has an administrator of its
own: from then on its people are its own matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from house.refusals import NotYours, Refused
from nhsuk.words import and_list
from parties.acting import Acting
from parties.models import Area, Invitation, Organisation, Person, Role
from parties.queries import open_invitations
from parties.services.alike import AlikeFound, alike
from parties.services.correcting import change_person
from parties.services.enrolling import Enrolled, give_or_invite
from parties.services.inviting import withdraw
from parties.services.knowing import meant_here, one_called
from parties.services.organisations import OrganisationLine, make_organisations
from parties.services.people import add_post, make_with_post
from parties.who import SUPERUSERS, administering, administrators_of

# What stands for "another one" where those that are alike were asked about.
ANOTHER = "another"


@dataclass(frozen=True)
class BroughtIn:
    """What was done. `withdrawn`: whose open invitations this one takes the place of."""

    organisation: Organisation
    first: Enrolled
    is_new: bool = False
    new_area: str = ""
    withdrawn: tuple[str, ...] = ()


def bring_in(
    *,
    by: Acting,
    name: str,
    kind: str,
    ods: str,
    area: str,
    address: str,
    person: str,
    email: str,
    title: str,
    roles: Sequence[str],
    which: str = "",
    shares: bool = False,
) -> BroughtIn:
    """Adds the organisation and invites its first administrator.

    Those with the same ODS code or an alike name are asked about: AlikeFound is raised until
    `which` says which one is meant (its id; it stays as it is), or ANOTHER. `ods` is its code, or
    empty. `shares`: as in `add_person`.
    """
    _must_be_one_to_ask(by)
    first = {"person": person, "email": email, "title": title, "roles": roles, "shares": shares}
    found = alike(name, ods)
    if found and which not in {ANOTHER, *(str(each.pk) for each in found)}:
        raise AlikeFound(found)
    if found and which != ANOTHER:
        meant = next(each for each in found if str(each.pk) == which)
        return invite_first(by=by, organisation=meant, **first)  # type: ignore[arg-type]
    new_area = area if area and not Area.objects.filter(name__iexact=area).exists() else ""
    line = OrganisationLine(name, kind, ods, area, address)
    with transaction.atomic():
        made = _made(by, line)
        invited = invite_first(by=by, organisation=made, **first)  # type: ignore[arg-type]
    return BroughtIn(made, invited.first, is_new=True, new_area=new_area)


def _made(by: Acting, line: OrganisationLine) -> Organisation:
    code = line.ods_code
    if code and (taken := Organisation.objects.named().filter(ods_code=code).first()):
        raise Refused(
            f"The ODS code {code} belongs to {taken}. Correct the code, or choose {taken}.",
            field="ods",
        )
    try:
        with transaction.atomic():
            return make_organisations(Acting(by.who), [line])[0]
    except IntegrityError:
        raise Refused(
            "Somebody else added an organisation with this code or area just now. Send this again.",
            field="ods",
        ) from None


def invite_first(
    *,
    by: Acting,
    organisation: Organisation,
    person: str,
    email: str,
    title: str,
    roles: Sequence[str],
    shares: bool = False,
) -> BroughtIn:
    """Invites somebody to look after an organisation that nobody looks after.

    Open invitations to do so are withdrawn: this one takes their place.
    """
    _must_be_one_to_ask(by)
    by = Acting(by.who, sets_up=organisation.pk)
    with _administering_its_invitations(by, organisation):
        _must_have_nobody(organisation)
        if Role.ADMINISTRATOR not in roles:
            raise Refused("Somebody must look after its people: keep this role.", field="roles")
        earlier = invited_to_look_after(organisation)
        for invitation in earlier:
            withdraw(by=by, invitation=invitation)
        known = one_called([each.person for each in earlier], person)
        somebody = _first_person(by, organisation, known, person, email, title, shares)
        first = give_or_invite(by, organisation, somebody, roles)
    withdrawn = tuple(str(each.person) for each in earlier)
    return BroughtIn(organisation, first, withdrawn=withdrawn)


@contextmanager
def _administering_its_invitations(by: Acting, organisation: Organisation) -> Iterator[None]:
    """Whoever accepts an invitation holds it before their place in the organisation."""
    with transaction.atomic():
        open_to = Invitation.objects.filter(organisation=organisation, accepted_at=None)
        list(open_to.order_by("pk").select_for_update())
        with administering(by, organisation):
            yield


def invited_to_look_after(organisation: Organisation) -> list[Invitation]:
    """The open invitations to be its administrator."""
    return [each for each in open_invitations(organisation) if Role.ADMINISTRATOR in each.roles]


def _first_person(
    by: Acting,
    organisation: Organisation,
    known: Person | None,
    name: str,
    email: str,
    title: str,
    shares: bool,
) -> Person:
    """`known` was invited by this name before: their address may be another now."""
    if known and known.email != email.lower():
        change_person(by=by, organisation=organisation, person=known, name=name, email=email,
                      shares=shares)  # fmt: skip
        known.refresh_from_db()
    found = known or meant_here(organisation, name, email, shares=shares)
    if found is None:
        return make_with_post(by=by, organisation=organisation, name=name, email=email, title=title)
    if not found.posts.current().filter(organisation=organisation, title__iexact=title).exists():
        add_post(by=by, organisation=organisation, person=found, title=title)
    return found


def _must_be_one_to_ask(by: Acting) -> None:
    if not SUPERUSERS.includes(by):
        raise NotYours("Only a system administrator may bring in an organisation.")


def _must_have_nobody(organisation: Organisation) -> None:
    if organisation.is_closed:
        raise Refused(f"{organisation} is closed. Choose the one that came after it.")
    there = administrators_of(organisation).select_related("user__person")
    if names := [str(each.user) for each in there.order_by("pk")[:3]]:
        look = "looks" if len(names) == 1 else "look"
        raise Refused(
            f"{and_list(names)} {look} after {organisation} already. Ask them to invite people."
        )
