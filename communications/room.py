"""What the room of announcements answers to the rooms below it and to the home page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

from django.db.models import F, Q

from agreements.core.counted import counted_in
from agreements.models import Agreement
from communications import deadline_kinds, keepings, team_deadlines
from communications.emailed import AnnouncementsEmailed
from communications.measures import measures
from communications.models import Announcement, ConcernedAgreement
from communications.presenters.holdings import holding_of
from communications.presenters.lists import section_of
from communications.presenters.todos import asking_drafts_to_read
from communications.presenters.words import called, url_of
from communications.queries.listing import has_announcements
from communications.queries.planned import planned_by, planned_for_person
from communications.services.leaving import (
    hand_over_announcements,
    kept_by,
    lock_announcements,
    tell_owners_of_readers,
)
from communications.what_goes import GOES
from deadlines.kinds import DeadlineKind
from house.answers import (
    AgendaPoint,
    Keeping,
    Measure,
    NavigationEntry,
    PassingOn,
    Section,
    Subpage,
    Todo,
)
from house.asked_together import Asking
from house.clock import london_instant
from house.goes import Goes, GoesFile
from house.room import Room
from house.rooms import register
from parties.acting import Acting
from parties.holdings import Holding
from parties.models import Organisation, Person, Succession
from parties.services.people import Leaving

PAGE = Subpage("announcements", "Announcements", 50, ("announcements",))


class CommunicationsRoom(Room):
    name, called = "communications", "Announcements"
    locks_at = 10

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        if acting.organisation is None:
            return []
        return [NavigationEntry("Announcements", "announcements:list", 4)]

    def asking_todo(self, acting: Acting) -> Asking[list[Todo]]:
        """Drafts to read, or to answer on; what has to be shared or marked is a date."""
        return (yield from asking_drafts_to_read(acting)) if acting.organisation else []

    def to_pass_on(
        self, old: Organisation, agreements: Collection[int], *, full: bool
    ) -> list[PassingOn]:
        """What is planned goes with the organisation that plans it, never with an agreement."""
        stays = "" if full else "they stay with who plans them"
        announcements, heads_ups = planned_by(old)
        return [
            PassingOn("planned announcement", "planned announcements", announcements, stays),
            PassingOn("planned heads-up", "planned heads-ups", heads_ups, stays),
        ]

    def succeed_beside(self, succession: Succession, by: Acting) -> None:
        """What was planned and is not released; what was released stays in the old one's name."""
        planned = Announcement.objects.still_open().filter(owner=succession.old)
        for each in planned.select_for_update(no_key=True).order_by("pk"):
            each.owner = succession.new
            each.save(update_fields=["owner"])

    def takes_emails(self) -> list[AnnouncementsEmailed]:
        return [AnnouncementsEmailed()]

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [*deadline_kinds.deadline_kinds(), team_deadlines.deadline_kind()]

    def subpages(self, agreement: Agreement) -> list[Subpage]:
        """None before it is in force, nor where its terms ask for no lead time and nothing was
        announced all the same, and no heads-up given."""
        version = agreement.in_force_version
        if version is None:
            return []
        if version.typed_terms.lead_times.are_asked:
            return [PAGE]
        counted = counted_in([agreement], has_announcements())[agreement.pk]
        return [PAGE] if any(counted.values()) else []

    def counted(self, acting: Acting) -> dict[str, Any]:
        return has_announcements()

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        return [section_of(agreement, acting)] if subpage == PAGE.key else []

    def keeping_kinds(self) -> dict[str, str]:
        return dict(keepings.KINDS)

    def asking_keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> Asking[Mapping[int, Mapping[str, Keeping]]]:
        return keepings.asking(agreements, acting)

    def measures(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> dict[int, list[Measure]]:
        return measures(agreements, since, until)

    def agenda_points(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> Mapping[int, list[AgendaPoint]]:
        """What was released in these days after less than the lead time (A10, A18; one query).

        Only what is released, which all parties to the agreement may see.
        """
        begin, end = (london_instant(day, time(0)) for day in (since, until + timedelta(days=1)))
        rows = ConcernedAgreement.objects.filter(
            Q(reached_at=None) | Q(reached_at__gt=F("share_by")),
            share_by__isnull=False,
            agreement__in=agreements,
            announcement__state=Announcement.State.RELEASED,
            announcement__release__released_at__gte=begin,
            announcement__release__released_at__lt=end,
        )
        found: dict[int, list[AgendaPoint]] = defaultdict(list)
        in_order = rows.order_by("announcement__release__released_at")
        for row in in_order.select_related("announcement"):
            how = "came at short notice" if row.reached_at else "came without a draft shared before"
            sentence = f"The {called(row.announcement)} {how}."
            found[row.agreement_id].append(AgendaPoint(sentence, url_of(row.announcement)))
        return found

    def goes(self) -> Sequence[Goes | GoesFile]:
        return GOES

    def sentences(self) -> dict[str, str]:
        return {
            "announcement_released": "{actor} marked the {what} “{title}” as released, "
            "with {notice}.",
            "announcement_corrected": "{actor} corrected the final text of the {what} “{title}”.",
        }

    def holdings(self, person: Person, organisation: Organisation, most: int) -> list[Holding]:
        """What the person planned there, or took over, and has not brought to its end: their
        announcements and heads-ups (one query)."""
        return [holding_of(each) for each in planned_for_person(person, organisation, most)]

    def held_under(self, person: Person, organisation: Organisation) -> set[int]:
        """Also those of announcements whose draft the person reads: their owners are told."""
        kept = kept_by(person, organisation).values_list("concerned__agreement", flat=True)
        return {pk for pk in kept if pk}

    def lock_held(self, leaving: Leaving) -> None:
        lock_announcements(leaving)

    def person_leaves(self, leaving: Leaving) -> None:
        hand_over_announcements(leaving)
        tell_owners_of_readers(leaving)


register(CommunicationsRoom())
