"""Seats on bodies, places in teams, and whom somebody who leaves stands in for."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from house import clock
from parties.models import Absence, Organisation, Person, Seat, TeamMember
from parties.services.people import Leaving


def seat_key(seat: Seat) -> str:
    """What it is called among all that somebody hands over."""
    return f"seat-{seat.pk}"


def place_key(place: TeamMember) -> str:
    return f"team-{place.pk}"


def absence_key(absence: Absence) -> str:
    return f"absence-{absence.pk}"


def standing_in(person: Person, organisation: Organisation) -> QuerySet[Absence]:
    """The absences of others there, of today and to come, in which the person stands in."""
    rows = Absence.objects.filter(deputy=person, ends_on__gte=clock.today())
    here = rows.filter(Q(organisation=organisation) | Q(organisation=None))
    return here.select_related("person").order_by("starts_on", "pk")


def hand_over_standing_in(leaving: Leaving) -> None:
    """Nobody stands in for themselves."""
    for absence in standing_in(leaving.person, leaving.organisation):
        follows = leaving.follows(absence_key(absence))
        absence.deputy = follows if follows != absence.person else None
        absence.save(update_fields=["deputy"])


def hand_over_seats(leaving: Leaving) -> None:
    """The same seat is open from the day after their last, for who follows or vacant: a body does
    not become smaller because somebody leaves."""
    rows = Seat.objects.filter(
        person=leaving.person, organisation=leaving.organisation, ends_on=leaving.last_day
    )
    for seat in rows:
        if seat.starts_on is None or seat.starts_on <= leaving.last_day:
            Seat.objects.create(
                body=seat.body,
                organisation=seat.organisation,
                person=leaving.follows(seat_key(seat)),
                kind=seat.kind,
                voting=seat.voting,
                starts_on=leaving.last_day + timedelta(days=1),
            )


def hand_over_places(leaving: Leaving) -> None:
    """Who follows is in the team from today, unless they are already."""
    rows = TeamMember.objects.filter(
        person=leaving.person, team__organisation=leaving.organisation, ends_on=leaving.last_day
    )
    for place in rows:
        follows = leaving.follows(place_key(place))
        here = TeamMember.objects.current().filter(team=place.team_id, person=follows)
        if follows and not here.exists():
            TeamMember.objects.create(team=place.team, person=follows, starts_on=clock.today())
