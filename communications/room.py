"""What the room of announcements answers to the rooms below it and to the home page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse

from agreements.models import Agreement
from communications import agenda, deadline_kinds, keepings
from communications.models import Announcement
from communications.presenters.lists import sections
from communications.presenters.todos import drafts_to_read
from communications.presenters.words import kind_of
from deadlines.kinds import DeadlineKind
from house.room import AgendaPoint, Keeping, NavigationEntry, Room, Section, Todo
from house.rooms import register
from nhsuk.dates import day
from parties.acting import Acting
from parties.models import Organisation, Person
from parties.queries import Holding


class CommunicationsRoom(Room):
    name = "communications"

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        if acting.organisation is None:
            return []
        return [NavigationEntry("Announcements", "announcements:list", 4)]

    def todo(self, acting: Acting) -> list[Todo]:
        """Drafts to read; what has to be shared or marked comes from the deadlines."""
        return drafts_to_read(acting) if acting.organisation else []

    def deadline_kinds(self) -> list[DeadlineKind]:
        return deadline_kinds.deadline_kinds()

    def sections(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> Mapping[int, list[Section]]:
        return sections(agreements, acting)

    def keeping_kinds(self) -> dict[str, str]:
        return dict(keepings.KINDS)

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> Mapping[int, Mapping[str, Keeping]]:
        return keepings.keepings(agreements, acting)

    def agenda_points(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> Mapping[int, list[AgendaPoint]]:
        return agenda.agenda_points(agreements, since, until)

    def sentences(self) -> dict[str, str]:
        return {
            "announcement_released": "{actor} marked the {what} “{title}” as released, "
            "with {notice}.",
        }

    def holdings(self, person: Person, organisation: Organisation) -> list[Holding]:
        """What the person planned there and has not brought to its end."""
        planned = Announcement.objects.still_open().filter(
            owner=organisation, planned_by__person=person
        )
        return [
            Holding(
                f"Planned a {kind_of(each)} for {day(each.planned_for)}",
                reverse("announcements:announcement", args=[each.public_id]),
            )
            for each in planned.order_by("planned_for")
        ]


register(CommunicationsRoom())
