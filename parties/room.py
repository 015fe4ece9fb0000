from __future__ import annotations

from house.room import NavigationEntry, Room
from parties.acting import Acting
from parties.holdings import Holding
from parties.models import Membership, Person, Post, Seat, TeamMember


class PartiesRoom(Room):
    name = "parties"

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        return [NavigationEntry("Organisations", "parties:list", 50)]

    def holdings(self, person: Person) -> list[Holding]:
        """Posts, roles, seats and team places that the person has today."""
        posts = Post.objects.current().filter(person=person).select_related("organisation")
        roles = Membership.objects.current().filter(user__person=person)
        seats = Seat.objects.current().filter(person=person).select_related("body")
        places = TeamMember.objects.current().filter(person=person).select_related("team")
        return [
            *(Holding(f"{post.title} of {post.organisation}") for post in posts),
            *(Holding(f"{role.get_role_display()} of {role.organisation}") for role in roles),
            *(Holding(f"{seat.get_kind_display()} of {seat.body}") for seat in seats),
            *(Holding(f"Member of the team {place.team}") for place in places),
        ]
