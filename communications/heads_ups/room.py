"""What heads-ups answer to the rooms below and to the home page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, time, timedelta

from django.db.models import Count, Subquery

from agreements.models import Agreement
from commitments.room import MEETINGS
from communications.heads_ups import deadline_kinds, keepings
from communications.heads_ups.emailed import HeadsUpsEmailed
from communications.heads_ups.measures import measures
from communications.heads_ups.presenters import lists
from communications.heads_ups.presenters.words import url_of, what
from communications.heads_ups.queries import judging
from communications.heads_ups.queries.listing import asking_open_at
from communications.heads_ups.services.leaving import (
    go_over,
    hand_over_heads_ups,
    kept_by,
    lock_heads_ups,
)
from communications.heads_ups.what_goes import GOES
from communications.models import HeadsUp, HeadsUpAgreement
from communications.room import PAGE
from deadlines.kinds import DeadlineKind
from house.answers import (
    MOST_OPEN,
    AgendaPoint,
    Keeping,
    Measure,
    NavigationEntry,
    OpenThings,
    Section,
    Todo,
)
from house.asked_together import Asking
from house.clock import end_of, london_instant
from house.goes import Goes
from house.room import Room
from house.rooms import register
from parties.acting import Acting
from parties.models import Organisation, Person, Succession
from parties.services.people import Leaving

# What says that something went out before all were told, on the timeline.
SENT_FIRST = "heads_up_sent_first"


class HeadsUpsRoom(Room):
    """What somebody holds of them, and what a successor would take over, is read with the
    announcements (`communications.room`)."""

    name, called = "communications.heads_ups", "Heads-ups"
    locks_at = 10

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        if acting.organisation is None:
            return []
        return [NavigationEntry("Heads-ups", "heads_ups:list", 56, in_footer=True)]

    def asking_todo(self, acting: Acting) -> Asking[list[Todo]]:
        """Heads-ups to read; what has to be said of one's own comes from the deadlines."""
        return (yield from lists.asking_to_read(acting)) if acting.organisation else []

    def goes(self) -> Sequence[Goes]:
        return GOES

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        if subpage == MEETINGS.key:
            return lists.asked_of_decisions(agreement, acting)
        return [lists.section_of(agreement, acting)] if subpage == PAGE.key else []

    def sentences(self) -> dict[str, str]:
        return {
            "heads_up_given": "{actor} gave {whom} a heads-up ({what}).",
            "heads_up_sent": "{actor} recorded that “{title}” ({what}) {happened}, {notice}.",
            "feedback_given": "{actor} gave feedback to a practice.",
            SENT_FIRST: "{actor} recorded that “{title}” ({what}) came before {whom} had a "
            "heads-up.",
        }

    def keeping_kinds(self) -> dict[str, str]:
        return dict(keepings.KINDS)

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> Mapping[int, Mapping[str, Keeping]]:
        return keepings.keepings(agreements, acting)

    def measures(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> dict[int, list[Measure]]:
        return measures(agreements, since, until)

    def counted(self, acting: Acting) -> dict[str, Subquery]:
        return judging.counted(acting)

    def deadline_kinds(self) -> list[DeadlineKind]:
        return deadline_kinds.deadline_kinds()

    def takes_emails(self) -> list[HeadsUpsEmailed]:
        return [HeadsUpsEmailed()]

    def asking_open_on(
        self, agreement: Agreement, day: date, acting: Acting
    ) -> Asking[list[OpenThings]]:
        """As far as the reader may see them now; none where there was none."""
        rows = yield from asking_open_at(agreement, end_of(day), acting)
        return [lists.opened(agreement, rows, MOST_OPEN)] if rows else []

    def asking_left_open(self, agreements: Collection[int]) -> Asking[Mapping[int, int]]:
        rows = HeadsUp.objects.still_open().filter(concerned__agreement__in=agreements)
        [found] = yield [rows.order_by().values_list("concerned__agreement").annotate(Count("pk"))]
        return dict(found)

    def agenda_points(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> Mapping[int, list[AgendaPoint]]:
        """What went out in these days before all were told (one query). All parties may read it."""
        begin, end = (london_instant(on, time(0)) for on in (since, until + timedelta(days=1)))
        rows = HeadsUpAgreement.objects.filter(
            agreement__in=agreements, heads_up__state=HeadsUp.State.SENT,
            heads_up__sent_at__gte=begin, heads_up__sent_at__lt=end,
        ).exclude(heads_up__because="")  # fmt: skip
        found: dict[int, list[AgendaPoint]] = defaultdict(list)
        for row in rows.select_related("heads_up").order_by("heads_up__sent_at"):
            sentence = f"The {what(row.heads_up)} “{row.heads_up.title}” came before all were told."
            found[row.agreement_id].append(AgendaPoint(sentence, url_of(row.heads_up)))
        return found

    def succeed_beside(self, succession: Succession, by: Acting) -> None:
        go_over(succession)

    def held_under(self, person: Person, organisation: Organisation) -> set[int]:
        kept = kept_by(person, organisation).values_list("concerned__agreement", flat=True)
        return {pk for pk in kept if pk}

    def lock_held(self, leaving: Leaving) -> None:
        lock_heads_ups(leaving)

    def person_leaves(self, leaving: Leaving) -> None:
        hand_over_heads_ups(leaving)


register(HeadsUpsRoom())
