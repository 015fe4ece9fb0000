"""What the room of actions answers to the rooms below it and to the home page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Count, OuterRef, Q, Subquery

from agreements.core.counted import counted_in
from agreements.models import Agreement, spells_today
from commitments import queries
from commitments.emailed import ActionsEmailed
from commitments.measures import measures
from commitments.models import Action
from commitments.presenters.agreement import keeping_of, opened, section_of
from commitments.presenters.words import page_of
from commitments.reminders import ACTION, ACTION_TO_CONFIRM
from commitments.services.due import KEEPS, make_up_for_questions
from commitments.services.leaving import (
    action_key,
    hand_over_actions,
    join_actions,
    lock_actions,
    open_actions,
)
from commitments.what_goes import GOES
from deadlines.kinds import DeadlineKind
from house.answers import MOST_OPEN, Keeping, Measure, OpenThings, PassingOn, Section, Subpage
from house.asked_together import Asking
from house.clock import end_of
from house.goes import Goes
from house.room import Room
from house.rooms import register
from house.wall import WhoAsks, there_is
from nhsuk.components import Link
from parties.acting import Acting
from parties.holdings import Holding
from parties.models import Organisation, Person
from parties.services.people import Joining, Leaving

MEETINGS = Subpage("meetings", "Meetings and actions", 40, ("meetings", "actions"))


class CommitmentsRoom(Room):
    name, called = "commitments", "Actions"
    locks_at = 30

    def subpages(self, agreement: Agreement) -> list[Subpage]:
        """Where its actions stand. Meetings, above this room, have theirs on the same page."""
        return [MEETINGS] if agreement.in_force_version_id else []

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        if subpage != MEETINGS.key:
            return []
        return [section_of(agreement, queries.open_under([agreement], acting), acting)]

    def asking_open_on(
        self, agreement: Agreement, day: date, acting: Acting
    ) -> Asking[list[OpenThings]]:
        """As they were recorded by the end of that day."""
        found = yield from queries.asking_open_at(agreement, end_of(day), acting)
        return [opened(agreement, found, MOST_OPEN)]

    def asking_left_open(self, agreements: Collection[int]) -> Asking[Mapping[int, int]]:
        rows = Action.objects.filter(agreement__in=agreements, state=Action.State.OPEN)
        [found] = yield [rows.order_by().values_list("agreement").annotate(Count("pk"))]
        return dict(found)

    def takes_emails(self) -> list[ActionsEmailed]:
        return [ActionsEmailed()]

    def keeping_kinds(self) -> dict[str, str]:
        return {KEEPS: "actions agreed at meetings"}

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        counts = counted_in(agreements, self.counted(acting))
        return {
            each.pk: {KEEPS: keeping_of(each.reference, counts[each.pk]["meeting_actions"] or {})}
            for each in agreements
        }

    def counted(self, acting: Acting) -> dict[str, Subquery]:
        return queries.of_meetings_counted(acting)

    def measures(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> dict[int, list[Measure]]:
        return measures(agreements, since, until)

    def to_pass_on(
        self, old: Organisation, agreements: Collection[int], *, full: bool
    ) -> list[PassingOn]:
        """The party has them: they go with its side."""
        sides = spells_today(old.pk).values("party")
        found = Action.objects.still_open().filter(owner__in=sides, agreement__in=agreements)
        return [PassingOn("open action", "open actions", found.count())]

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [ACTION, ACTION_TO_CONFIRM]

    def make_up_for_missing(self) -> Iterator[str]:
        return make_up_for_questions()

    def goes(self) -> Sequence[Goes]:
        return GOES

    def sentences(self) -> dict[str, str]:
        return {
            "action_recorded": "{actor} recorded action {number} for {party}.",
            "action_changed": "{actor} changed action {number}, which is with {party}.",
            "action_left": "{who} leaves {party}. They had action {number}: {follows}.",
            "action_progress": "{actor} noted progress on action {number}.",
            "action_done": "{actor} marked action {number} done.",
            "action_dropped": "{actor} dropped action {number}.",
            "action_reopened": "{actor} opened action {number} again.",
            "action_confirmed": "{actor} confirmed action {number}.",
            "action_disputed": "{actor} said that action {number} is not right.",
            "action_in_error": "{actor} marked action {number} as entered in error.",
        }

    def shows(self, agreement: Agreement, acting: Acting) -> dict[str, str]:
        """The last actions that were done."""
        seen = Action.objects.visible_to(acting).filter(agreement=agreement)
        done = seen.filter(state=Action.State.DONE).order_by("-closed_at")[:MOST_OPEN]
        return {f"action:{each.key}": f"Action {each.number}: {each.what}" for each in done}

    def sources(self, keys: Collection[str], acting: Acting) -> dict[str, Link]:
        ours = [key.partition(":")[2] for key in keys if key.startswith("action:")]
        seen = Action.objects.visible_to(acting).filter(key__in=ours) if ours else ()
        return {f"action:{a.key}": Link(f"Action {a.number}: {a.what}", page_of(a)) for a in seen}

    def lock_held(self, leaving: Leaving) -> None:
        lock_actions(leaving)

    def person_leaves(self, leaving: Leaving) -> None:
        hand_over_actions(leaving)

    def person_joins(self, joining: Joining) -> None:
        join_actions(joining)

    def asking_holdings(
        self, person: Person, organisation: Organisation, most: int
    ) -> Asking[Sequence[Holding]]:
        """Open actions that name the person for the organisation."""
        [found] = yield [open_actions(person, organisation)[:most]]
        return [
            Holding(
                f"Action {action.number} of {action.agreement.reference}",
                page_of(action),
                key=action_key(action),
                otherwise="With your MoU manager",
            )
            for action in found
        ]

    def held_under(self, person: Person, organisation: Organisation) -> set[int]:
        return set(open_actions(person, organisation).values_list("agreement", flat=True))

    def people_shared_with(self, acting: WhoAsks) -> list[Q]:
        """Whoever an action names that the reader may see."""
        return [there_is(Action.objects.each_visible_to(acting).filter(person=OuterRef("pk")))]


register(CommitmentsRoom())
