"""What the room of meetings answers to the rooms below it and to the home page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.db.models import OuterRef, Q

from agreements.models import Agreement, Version
from deadlines.kinds import DeadlineKind
from house.answers import Keeping, Measure, NavigationEntry, PassingOn, Section
from house.goes import Goes, GoesFile
from house.room import Room
from house.rooms import register
from house.wall import WhoAsks, there_is
from meetings.emailed import MeetingsEmailed
from meetings.measures import measures
from meetings.models import Attendee, Meeting, Series
from meetings.presenters.agreement import keepings_of, section_of
from meetings.presenters.words import meeting_page, title_of
from meetings.queries.seen import running_for
from meetings.reminders.of_meeting import MEETING
from meetings.reminders.of_owed import OWED
from meetings.reminders.of_record import RECORD_TO_CONFIRM
from meetings.services import asking, due, looking_again, new_text, series
from meetings.services.actions import source_key_of
from meetings.services.counting import count_anew, lock_counted
from meetings.what_goes import GOES
from nhsuk.components import Link
from parties.acting import Acting
from parties.models import Organisation, Succession

# So many of its meetings can be named as what shows something.
MOST_SHOWN = 12


class MeetingsRoom(Room):
    name, called = "meetings", "Meetings"

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        if acting.organisation is None:
            return []
        return [NavigationEntry("Meetings", "meetings:list", 5)]

    def came_into_force(self, agreement: Agreement, by: Acting) -> None:
        series.came_into_force(agreement, by)

    def lock_of_terms(self, agreement: Agreement) -> None:
        new_text.lock_asked_for(agreement)

    def text_replaced(self, agreement: Agreement, before: Version, by: Acting) -> None:
        new_text.follow_new_text(agreement, before, by)

    def lock_counted(self, agreement: Agreement) -> None:
        lock_counted(agreement)

    def dates_corrected(self, agreement: Agreement, by: Acting) -> None:
        count_anew(agreement)

    def agreement_ended(self, agreement: Agreement, by: Acting) -> None:
        """What a series owes goes on for the agreements that have not ended."""
        count_anew(agreement)

    def takes_emails(self) -> list[MeetingsEmailed]:
        return [MeetingsEmailed()]

    def time_passed(self) -> None:
        due.time_passed()

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        """How each series stands."""
        if subpage != "meetings":
            return []
        running = running_for([agreement], acting)
        return [section_of(agreement, running.get(agreement.pk, []), acting)]

    def keeping_kinds(self) -> dict[str, str]:
        return {
            "meetings": "the wider meetings held and owed",
            "locality_meetings": "meetings with the locality manager",
        }

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        running = running_for(agreements, acting)
        return {each.pk: keepings_of(running.get(each.pk, [])) for each in agreements}

    def measures(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> dict[int, list[Measure]]:
        return measures(agreements, since, until)

    def to_pass_on(
        self, old: Organisation, agreements: Collection[int], *, full: bool
    ) -> list[PassingOn]:
        """Series are the agreements'; what was called goes on to be held."""
        running = Series.objects.filter(ended_on=None, serves__agreement__in=agreements)
        called = Meeting.objects.filter(
            state=Meeting.State.SCHEDULED, series__in=running.values("pk")
        )
        return [
            PassingOn("series of meetings", "series of meetings", running.distinct().count()),
            PassingOn("meeting that was called", "meetings that were called", called.count()),
        ]

    def succeed(self, succession: Succession, agreement: Agreement, by: Acting) -> None:
        asking.keep_asking(succession, agreement)

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [MEETING, OWED, RECORD_TO_CONFIRM]

    def make_up_for_missing(self) -> Iterator[str]:
        yield from asking.make_up_for_questions()
        yield from looking_again.make_up_for_looks()

    def met_on(self, agreements: Sequence[Agreement], acting: Acting) -> dict[int, list[date]]:
        """At their wider meetings, of the series that run."""
        return {
            pk: [
                day
                for each in found
                if each.purpose == Series.Purpose.WIDER
                for day in each.held_on
            ]
            for pk, found in running_for(agreements, acting).items()
        }

    def shows(self, agreement: Agreement, acting: Acting) -> dict[str, str]:
        """The last meetings that were held."""
        seen = Meeting.objects.visible_to(acting).filter(state=Meeting.State.HELD)
        of = Series.objects.filter(serves__agreement=agreement).values("pk")
        held = seen.filter(series__in=of)
        newest = held.select_related("series").defer("notes").order_by("-day", "-pk")[:MOST_SHOWN]
        return {source_key_of(each): title_of(each) for each in newest}

    def sources(self, keys: Collection[str], acting: Acting) -> dict[str, Link]:
        """Where actions were agreed: of their keys those of meetings that the reader may see."""
        ours = [key.partition(":")[2] for key in keys if key.startswith("meeting:")]
        seen = Meeting.objects.visible_to(acting).filter(key__in=ours).select_related("series")
        return {
            source_key_of(each): Link(title_of(each), meeting_page(each))
            for each in seen.defer("notes")
        }

    def goes(self) -> Sequence[Goes | GoesFile]:
        return GOES

    def sentences(self) -> dict[str, str]:
        return {
            "series_made": "{actor} added the series “{series}”, held {cadence}.",
            "cadence_set": "{actor} asked for “{series}” to be held {cadence}.",
            "series_ended": "{actor} ended the series “{series}”.",
            "series_joined": "{actor} made this MoU one of those that hold “{series}” together, "
            "{cadence}.",
            "series_left": "{actor} took this MoU out of “{series}”. The last day is {on}.",
            "note_added": "{actor} added a note that only its parties read to the record of "
            "“{series}” on {on}.",
            "note_changed": "{actor} changed a note that only its parties read in the record of "
            "“{series}” on {on}.",
            "meeting_scheduled": "{actor} called a meeting of “{series}” for {on}.",
            "meeting_moved": "{actor} changed the meeting of “{series}”. It was on {before}; it is "
            "on {on}.",
            "meeting_cancelled": "{actor} cancelled the meeting of “{series}” on {on}.",
            "meeting_recorded": "{actor} recorded the meeting of “{series}” on {on}.",
            "meeting_corrected": "{actor} corrected the record of “{series}” on {on}.",
            "meeting_confirmed": "{actor} confirmed the record of “{series}” on {on}.",
            "meeting_disputed": "{actor} said that the record of “{series}” on {on} is not right.",
            "meeting_in_error": "{actor} marked the meeting of “{series}” on {on} as entered in "
            "error.",
        }

    def people_shared_with(self, acting: WhoAsks) -> list[Q]:
        """Whoever came to a meeting whose record the reader may see."""
        return [there_is(Attendee.objects.visible_to(acting).filter(person=OuterRef("pk")))]


register(MeetingsRoom())
