from __future__ import annotations

from collections.abc import Collection

from house.answers import NavigationEntry, PassingOn
from house.room import Room
from house.rooms import register
from parties.acting import Acting
from parties.holdings import Holding
from parties.models import Absence, Membership, Organisation, Person, Post, Seat, TeamMember
from parties.presenters import in_words
from parties.services.people import Leaving
from parties.services.places import (
    absence_key,
    hand_over_places,
    hand_over_seats,
    hand_over_standing_in,
    place_key,
    seat_key,
    standing_in,
)
from parties.who import ADDRESS_KEEPERS, MEMBERS


class PartiesRoom(Room):
    name = "parties"

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        """For members: who belongs to none, or no longer, sees no directory."""
        shown = [NavigationEntry("Organisations", "parties:list", 50, in_footer=True)]
        if ADDRESS_KEEPERS.includes(acting):
            called = "Addresses to sign by"
            shown.append(NavigationEntry(called, "parties:addresses", 52, in_footer=True))
        return shown if MEMBERS.includes(acting) else []

    def to_pass_on(
        self, old: Organisation, agreements: Collection[int], *, full: bool
    ) -> list[PassingOn]:
        """People are asked one by one: nobody is given a right by a succession."""
        roles = Membership.objects.current().filter(organisation=old)
        seats = Seat.objects.current().filter(organisation=old)
        one_by_one = "the successor asks each"
        return [
            PassingOn(
                "person with an account", "people with accounts",
                roles.values("user").distinct().count(), one_by_one,
            ),
            PassingOn(
                "seat on a board or committee", "seats on boards and committees", seats.count(),
                "the body that has them says who follows",
            ),
        ]  # fmt: skip

    def holdings(self, person: Person, organisation: Organisation, most: int) -> list[Holding]:
        """Posts, roles, seats and team places that the person has there today."""
        mine = {"person": person, "organisation": organisation}
        posts = Post.objects.current().filter(**mine)
        roles = Membership.objects.current().filter(user__person=person, organisation=organisation)
        seats = Seat.objects.current().filter(**mine).select_related("body")
        places = TeamMember.objects.current().filter(person=person, team__organisation=organisation)
        return [
            *(Holding(f"{post.title} of {organisation}") for post in posts),
            *(Holding(f"{role.get_role_display()} of {organisation}") for role in roles),
            *map(_seat, seats),
            *map(_place, places.select_related("team")),
            *map(_standing_in, standing_in(person, organisation)),
        ]

    def person_leaves(self, leaving: Leaving) -> None:
        hand_over_seats(leaving)
        hand_over_places(leaving)
        hand_over_standing_in(leaving)


def _seat(seat: Seat) -> Holding:
    """Who follows is for the body, or those who elect it, to say: nobody does by default."""
    text = f"{seat.get_kind_display()} of {seat.body}"
    return Holding(text, key=seat_key(seat), otherwise="The seat is vacant", by_default=False)


def _standing_in(absence: Absence) -> Holding:
    text = f"Stands in for {absence.person}: {in_words(absence, of_whom=False)}"
    return Holding(text, key=absence_key(absence), otherwise="The deputy of each contact role")


def _place(place: TeamMember) -> Holding:
    return Holding(f"Member of the team {place.team}", key=place_key(place))


register(PartiesRoom())
