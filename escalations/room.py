"""What the room of disagreements answers to the rooms below it and to the home page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q

from agreements.models import Agreement, PartySpell
from deadlines.kinds import DeadlineKind
from escalations import keeping
from escalations.deadline_kinds import escalation_waits
from escalations.emailed import DisagreementsEmailed
from escalations.measures import measures
from escalations.models import ConcernedParty, Disagreement, Step
from escalations.presenters.lists import OWN_PAGE, opened, section_of
from escalations.presenters.story import OF_SOME, SENTENCES
from escalations.presenters.words import heading, page_of, several
from escalations.services.leaving import (
    level_key,
    lock_disagreements,
    name_who_follows,
    named_for,
)
from escalations.services.opening import open_disagreement
from escalations.what_goes import GOES
from house.answers import (
    MOST_OPEN,
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
from house.goes import Goes
from house.room import Room
from house.rooms import register
from house.wall import WhoAsks, there_is
from parties.acting import Acting
from parties.holdings import Holding
from parties.models import Organisation, Person
from parties.services.people import Leaving

NOTICE: Final = "Notice of withdrawal"


class EscalationsRoom(Room):
    name, called = "escalations", "Disagreements"
    locks_at = 10

    def takes_emails(self) -> list[DisagreementsEmailed]:
        return [DisagreementsEmailed()]

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        if acting.organisation is None:
            return []
        return [NavigationEntry("Disagreements", "escalations:list", 6)]

    def subpages(self, agreement: Agreement) -> list[Subpage]:
        """By the word of its terms; none where they name no levels, unless there was a disagreement
        under a text before."""
        version = agreement.in_force_version
        if version is None or not (version.typed_terms.levels or _under_a_former(agreement)):
            return []
        word = heading(several(version.typed_terms.disagreement_word))
        return [Subpage(OWN_PAGE, word, 60, (OWN_PAGE,))]

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        return [section_of(agreement, acting)] if subpage == OWN_PAGE else []

    def open_on(self, agreement: Agreement, day: date, acting: Acting) -> list[OpenThings]:
        return opened(agreement, end_of(day), acting, MOST_OPEN)

    def asking_left_open(self, agreements: Collection[int]) -> Asking[Mapping[int, int]]:
        rows = Disagreement.objects.filter(agreement__in=agreements, state="open")
        [found] = yield [rows.order_by().values_list("agreement").annotate(Count("pk"))]
        return dict(found)

    def keeping_kinds(self) -> dict[str, str]:
        return {keeping.KEY: "the levels of a disagreement"}

    def asking_keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> Asking[Mapping[int, Mapping[str, Keeping]]]:
        return keeping.asking(agreements, acting)

    def measures(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> dict[int, list[Measure]]:
        return measures(agreements, since, until)

    def notice_contested(self, agreement: Agreement, by: Acting, giver: int, because: str) -> None:
        """Opens a disagreement with the party that gave the notice (E11), where the terms name
        levels; the notice runs on meanwhile."""
        version = agreement.in_force_version
        if version and version.typed_terms.levels:
            others = [p for p in agreement.sides if giver in p.held_by]
            open_disagreement(
                by=by, agreement=agreement, subject=NOTICE, wanted=because, between=others
            )

    def to_pass_on(
        self, old: Organisation, agreements: Collection[int], *, full: bool
    ) -> list[PassingOn]:
        """Parties disagree: who takes a side takes them over with it."""
        sides = PartySpell.objects.filter(organisation=old).values("party")
        found = Disagreement.objects.filter(agreement__in=agreements, state="open")
        of_old = found.filter(
            Exists(ConcernedParty.objects.filter(disagreement=OuterRef("pk"), party__in=sides))
        )
        return [PassingOn("open disagreement", "open disagreements", of_old.count())]

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [escalation_waits()]

    def goes(self) -> Sequence[Goes]:
        return GOES

    def sentences(self) -> dict[str, str]:
        return SENTENCES | OF_SOME

    def no_news(self) -> Collection[str]:
        """Whom it concerns has an e-mail and a line of its own; the others are not told."""
        return OF_SOME

    def people_shared_with(self, acting: WhoAsks) -> list[Q]:
        """Whoever was named to act on a disagreement that the organisation may see."""
        named = Step.objects.visible_to(acting).filter(kind=Step.Kind.NAMED)
        return [there_is(named.filter(named=OuterRef("pk")))]

    def holdings(self, person: Person, organisation: Organisation, most: int) -> list[Holding]:
        """The open disagreements on which the person was the last to be named for a level."""
        rows = named_for(person, organisation)
        return [
            # Where a manager can name somebody else, and everybody of the organisation can read.
            Holding(
                f"Acts on {step.disagreement}",
                page_of(step.disagreement),
                key=level_key(step),
                otherwise="Nobody is named",
            )
            for step in rows.select_related("disagreement__agreement", "disagreement__version")[
                :most
            ]
        ]

    def held_under(self, person: Person, organisation: Organisation) -> set[int]:
        rows = named_for(person, organisation)
        return set(rows.values_list("disagreement__agreement", flat=True))

    def lock_held(self, leaving: Leaving) -> None:
        lock_disagreements(leaving)

    def person_leaves(self, leaving: Leaving) -> None:
        name_who_follows(leaving)


def _under_a_former(agreement: Agreement) -> bool:
    """Whether there was a disagreement under a text that this one replaced; a first text asks no
    database."""
    version = agreement.in_force_version
    has_replaced = version is not None and version.change_id is not None
    return has_replaced and agreement.disagreements.exists()


register(EscalationsRoom())
