"""What commitments answer to the rooms below and above, and to the pages of an agreement."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import Count, OuterRef, Q

from agreements.models import Agreement, Version, spells_today
from commitments.models import Commitment
from commitments.owed.emailed import OccurrencesEmailed
from commitments.owed.measures import measures
from commitments.owed.pages.agreement import section_of, standing_section_of
from commitments.owed.pages.stood import asking_owed_at, opened
from commitments.owed.reading import Owed, owed_under
from commitments.owed.reminders import COMMITMENT, COMMITMENT_TO_CONFIRM
from commitments.owed.services import due, making
from commitments.owed.services.leaving import (
    commitment_key,
    hand_over_commitments,
    join_commitments,
    led_commitments,
)
from commitments.owed.status import keepings_of
from commitments.owed.what_goes import GOES
from commitments.owed.words import form_of_standing, list_of, page_of
from deadlines.kinds import DeadlineKind
from deadlines.models import Deadline
from house.answers import (
    AgendaPoint,
    Keeping,
    Measure,
    NavigationEntry,
    OpenThings,
    PassingOn,
    Section,
    Subpage,
)
from house.asked_together import Asking
from house.clock import end_of
from house.goes import Goes, GoesFile
from house.room import Room
from house.rooms import register
from house.wall import WhoAsks, there_is
from nhsuk.words import plural
from parties.acting import Acting
from parties.holdings import Holding
from parties.models import Organisation, Person
from parties.services.people import Joining, Leaving

PAGE = Subpage("commitments", "Commitments", 45)


class OwedRoom(Room):
    name, called = "commitments.owed", "Commitments"
    locks_at = 28

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        if acting.organisation is None:
            return []
        return [NavigationEntry("Commitments", "commitments:owed_list", 51, in_footer=True)]

    def subpages(self, agreement: Agreement) -> list[Subpage]:
        return [PAGE] if agreement.in_force_version_id else []

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        if subpage not in {PAGE.key, "kept"}:
            return []
        found = owed_under([agreement], acting)[agreement.pk]
        if subpage == PAGE.key:
            return [section_of(agreement, found, acting)]
        return standing_section_of(agreement, found, acting)

    def keeping_kinds(self) -> dict[str, str]:
        return {"commitment": "a commitment with its evidence"}

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> Mapping[int, Mapping[str, Keeping]]:
        """For each clause by `commitment:<its key>`, and in general (record 0074)."""
        return {pk: keepings_of(found) for pk, found in owed_under(agreements, acting).items()}

    def measures(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> dict[int, list[Measure]]:
        return measures(agreements, since, until)

    def came_into_force(self, agreement: Agreement, by: Acting) -> None:
        making.came_into_force(agreement, by)

    def text_replaced(self, agreement: Agreement, before: Version, by: Acting) -> None:
        making.follow_new_text(agreement, by)

    def agreement_ended(self, agreement: Agreement, by: Acting) -> None:
        making.end_all(agreement)

    def make_up_for_missing(self) -> Iterator[str]:
        return making.make_up_for_missing()

    def time_passed(self) -> None:
        due.time_passed()

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [COMMITMENT, COMMITMENT_TO_CONFIRM]

    def goes(self) -> Sequence[Goes | GoesFile]:
        return GOES

    def agenda_points(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> Mapping[int, list[AgendaPoint]]:
        """What is standing is asked about here, and what was missed is named."""
        found = owed_under(agreements, Acting(get_user_model().objects.system()))
        return {each.pk: list(_points(each, found[each.pk])) for each in agreements}

    def asking_open_on(
        self, agreement: Agreement, day: date, acting: Acting
    ) -> Asking[list[OpenThings]]:
        """Those that ran at the end of that day, as they were recorded then."""
        found = yield from asking_owed_at(agreement, end_of(day), acting)
        return [opened(agreement, found)]

    def asking_left_open(self, agreements: Collection[int]) -> Asking[Mapping[int, int]]:
        """What is due by a day and has no record."""
        running = Commitment.objects.filter(agreement__in=agreements).running()
        [keys] = yield [running.values_list("key", "agreement")]
        of = {f"commitment:{key}": pk for key, pk in keys}
        rows = Deadline.objects.still_open().filter(kind=COMMITMENT.key, subject_key__in=of)
        [counted] = yield [rows.order_by().values_list("subject_key").annotate(Count("pk"))]
        found: dict[int, int] = {}
        for subject, many in counted:
            found[of[subject]] = found.get(of[subject], 0) + many
        return found

    def takes_emails(self) -> list[OccurrencesEmailed]:
        return [OccurrencesEmailed()]

    def to_pass_on(
        self, old: Organisation, agreements: Collection[int], *, full: bool
    ) -> list[PassingOn]:
        """The party owes them: they go with its side."""
        sides = spells_today(old.pk).values("party")
        found = Commitment.objects.running().filter(owed_by__in=sides, agreement__in=agreements)
        return [PassingOn("commitment", "commitments", found.count())]

    def sentences(self) -> dict[str, str]:
        return SENTENCES

    def person_leaves(self, leaving: Leaving) -> None:
        hand_over_commitments(leaving)

    def person_joins(self, joining: Joining) -> None:
        join_commitments(joining)

    def asking_holdings(
        self, person: Person, organisation: Organisation, most: int
    ) -> Asking[Sequence[Holding]]:
        """Running commitments that the person leads for the organisation."""
        [found] = yield [led_commitments(person, organisation)[:most]]
        return [
            Holding(
                f"Commitment {each.number} of {each.agreement.reference}",
                page_of(each),
                key=commitment_key(each),
                otherwise="With your MoU manager",
            )
            for each in found
        ]

    def held_under(self, person: Person, organisation: Organisation) -> set[int]:
        return set(led_commitments(person, organisation).values_list("agreement", flat=True))

    def people_shared_with(self, acting: WhoAsks) -> list[Q]:
        """Whoever leads a commitment that the reader may see."""
        return [there_is(Commitment.objects.each_visible_to(acting).filter(person=OuterRef("pk")))]


def _points(agreement: Agreement, found: Sequence[Owed]) -> Iterator[AgendaPoint]:
    running = [each for each in found if each.commitment.is_running]
    if standing := sum(each.commitment.is_standing for each in running):
        asked = plural(standing, "standing commitment")
        yield AgendaPoint(
            f"Say what was done for {asked} since the last time.", form_of_standing(agreement)
        )
    late = sum(any(each.state_of(due) == "missed" for due in each.open) for each in running)
    if late:
        verb = "is" if late == 1 else "are"
        url = f"{list_of(agreement)}?state=missed"
        yield AgendaPoint(f"{plural(late, 'commitment')} {verb} late, with no record.", url)


SENTENCES = {
    "commitments_made": "{actor} put the text in force: it brings {many} commitments.",
    "commitment_recorded": "{actor} recorded commitment {number} for {party}.",
    "commitment_changed": "{actor} changed commitment {number}, which {party} owes.",
    "commitment_dated": "{actor} changed when commitment {number} is owed, by {party}.",
    "commitment_left": "{who} leaves {party}. They led commitment {number}: {follows}.",
    "commitment_confirmed": "{actor} confirmed commitment {number}.",
    "commitment_disputed": "{actor} said that commitment {number} is not right.",
    "commitment_ended": "{actor} ended commitment {number}.",
    "commitment_in_error": "{actor} marked commitment {number} as entered in error.",
    "commitment_done": "{actor} recorded commitment {number} as done, for {on}.",
    "commitment_missed": "{actor} recorded that commitment {number} was not done, for {on}.",
    "commitment_excluded": "{actor} left out commitment {number}, for {on}.",
    "commitment_nothing": "{actor} had nothing to report on commitment {number} on {on}.",
    "occurrence_confirmed": "{actor} confirmed what was recorded of commitment {number}, for {on}.",
    "occurrence_disputed": "{actor} said that the record of commitment {number}, for {on}, is not "
    "right.",
    "occurrence_in_error": "{actor} marked the record of commitment {number}, for {on}, as entered "
    "in error.",
    "timetable_kept": "{actor} kept a timetable with {many} lines for commitment {number}.",
}


register(OwedRoom())
