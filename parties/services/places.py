"""Seats on bodies and places in teams of somebody who leaves."""

from __future__ import annotations

from datetime import timedelta

from house import clock
from parties.models import Seat, TeamMember
from parties.services.people import Leaving


def seat_key(seat: Seat) -> str:
    """What it is called among all that somebody hands over."""
    return f"seat-{seat.pk}"


def place_key(place: TeamMember) -> str:
    return f"team-{place.pk}"


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
