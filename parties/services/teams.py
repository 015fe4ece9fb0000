"""Teams: people behind one shared address."""

from __future__ import annotations

from django.db import transaction

from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Organisation, Person, Team, TeamMember
from parties.rules import must_administer, yesterday
from parties.services.people import cut_short
from parties.services.recording import record


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
    must_administer(by, organisation)
    with transaction.atomic():
        lock(organisation)
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
        cut_short(member, yesterday())
        record(by, "ended a team member", member.team, person=member.person_id)
