"""Teams, which are people behind one shared address, and bodies that decide, with their seats."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from audit.services import record
from house import clock
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import Body, BodyOrganisation, Organisation, Person, Seat, Team, TeamMember
from parties.services.people import end_at_once
from parties.who import administering, must_administer


def save_team(
    *,
    by: Acting,
    organisation: Organisation,
    team: Team | None = None,
    name: str,
    purpose: str,
    address: str,
) -> Team:
    """Makes a team, or changes what it is called, what it is for and its address."""
    with administering(by, organisation):
        team = lock(team) if team else Team(organisation=organisation)
        same_name = Team.objects.filter(organisation=organisation, name__iexact=name)
        if same_name.exclude(pk=team.pk).exists():
            raise Refused("This organisation has a team of this name already.", field="name")
        team.name, team.purpose, team.address = name, purpose, address.lower()
        team.save()
        record(by, "saved a team", team)
    return team


def add_member(*, by: Acting, team: Team, person: Person) -> TeamMember:
    """Puts somebody into the team from today."""
    must_administer(by, team.organisation)
    with transaction.atomic():
        lock(team)
        if TeamMember.objects.current().filter(team=team, person=person).exists():
            raise Refused(f"{person.name} is in this team already.", field="person")
        member = TeamMember.objects.create(team=team, person=person, starts_on=clock.today())
        record(by, "added a team member", team, person=person.pk)
    return member


def end_member(*, by: Acting, member: TeamMember) -> None:
    """Takes somebody out of the team, at once."""
    must_administer(by, member.team.organisation)
    with transaction.atomic():
        member = lock(member)
        end_at_once(member)
        record(by, "ended a team member", member.team, person=member.person_id)


def add_body(*, by: Acting, organisation: Organisation, name: str, kind: str) -> Body:
    """Makes a body that decides for the organisation from today."""
    with administering(by, organisation):
        if organisation.bodies.filter(name__iexact=name).exists():
            raise Refused("This organisation has a body of this name already.", field="name")
        body = Body.objects.create(name=name, kind=kind)
        BodyOrganisation.objects.create(
            body=body, organisation=organisation, starts_on=clock.today()
        )
        record(by, "added a body", body)
    return body


def change_body(*, by: Acting, body: Body, name: str, kind: str) -> None:
    """Corrects a body's name and kind, unless it serves other organisations too."""
    _must_serve(by, body)
    others = body.served.filter(ends_on=None).exclude(organisation=by.organisation)
    if others.exists():
        raise Refused("This body serves others too. Ask a system administrator to change it.")
    with transaction.atomic():
        body = lock(body)
        body.name, body.kind = name, kind
        body.save(update_fields=["name", "kind"])
        record(by, "changed a body", body)


def add_seat(
    *,
    by: Acting,
    body: Body,
    kind: str,
    voting: bool,
    person: Person | None = None,
    organisation: Organisation | None = None,
) -> Seat:
    """Adds a seat for the organisation one acts for, held from today or vacant.

    A committee says which other organisations have seats on it (B02): those are vacant, for each
    organisation names its own people.
    """
    _must_serve(by, body)
    of_other = organisation is not None and organisation != by.organisation
    if of_other and not by.on_behalf_of.is_committee:
        raise NotYours("Each organisation enters its own seats.")
    if of_other and person:
        raise Refused(
            f"{organisation} names its own people. Leave this seat vacant.", field="person"
        )
    with transaction.atomic():
        lock(body)
        seat = Seat.objects.create(
            body=body,
            organisation=organisation or by.organisation,
            person=person,
            kind=kind,
            voting=voting,
            starts_on=clock.today(),
        )
        record(by, "added a seat", seat, person=person.pk if person else None)
    return seat


def hand_over_seat(
    *, by: Acting, seat: Seat, person: Person | None, starts_on: date | None = None
) -> Seat:
    """Ends a seat's holder and opens the same seat for the next one, or as vacant."""
    _must_hold_for(by, seat)
    with transaction.atomic():
        seat = lock(seat)
        if seat.ends_on:
            raise Refused("This seat has been handed over already.")
        end_at_once(seat)
        following = Seat.objects.create(
            body=seat.body,
            organisation=seat.organisation,
            person=person,
            kind=seat.kind,
            voting=seat.voting,
            starts_on=starts_on or clock.today(),
        )
        record(by, "handed a seat over", following, before=seat.pk)
    return following


def end_seat(*, by: Acting, seat: Seat) -> None:
    """Ends a seat: the body has one fewer. A committee ends the seats of others on it too."""
    if by.organisation and by.organisation.is_committee:
        _must_serve(by, seat.body)
    else:
        _must_hold_for(by, seat)
    with transaction.atomic():
        seat = lock(seat)
        end_at_once(seat)
        record(by, "ended a seat", seat)


def _must_serve(by: Acting, body: Body) -> None:
    organisation = by.organisation
    if organisation is None or not body.organisations.filter(pk=organisation.pk).exists():
        raise NotYours("Only an administrator of an organisation it serves may change this body.")
    must_administer(by, organisation)


def _must_hold_for(by: Acting, seat: Seat) -> None:
    if seat.organisation is None:
        raise NotYours("This seat is for no single organisation. Ask a system administrator.")
    must_administer(by, seat.organisation)
