"""What the room of disagreements answers to the rooms below it and to the home page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q

from agreements.models import Agreement, PartySpell
from deadlines.kinds import DeadlineKind
from escalations import keeping
from escalations.deadline_kinds import escalation_waits
from escalations.models import Step
from escalations.presenters.lists import OWN_PAGE, opened, section_of
from escalations.presenters.story import OF_SOME, SENTENCES
from escalations.presenters.words import heading, page_of, several
from escalations.services.opening import open_disagreement
from house.clock import end_of
from house.room import MOST_OPEN, Keeping, NavigationEntry, OpenThings, Room, Section, Subpage
from house.rooms import register
from house.wall import WhoAsks, there_is
from parties.acting import Acting
from parties.models import Organisation, Person
from parties.queries import Holding

NOTICE: Final = "Notice of withdrawal"


class EscalationsRoom(Room):
    name, called = "escalations", "Disagreements"

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        if acting.organisation is None:
            return []
        return [NavigationEntry("Disagreements", "escalations:list", 6)]

    def subpages(self, agreement: Agreement) -> list[Subpage]:
        """By the word of its terms; none where they name no levels, unless there was a disagreement
        under a text before."""
        terms = agreement.in_force_version and agreement.in_force_version.typed_terms
        if not terms or not (terms.levels or agreement.disagreements.exists()):
            return []
        word = heading(several(terms.disagreement_word))
        return [Subpage(OWN_PAGE, word, 60, (OWN_PAGE,))]

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        return [section_of(agreement, acting)] if subpage == OWN_PAGE else []

    def open_on(self, agreement: Agreement, day: date, acting: Acting) -> list[OpenThings]:
        return opened(agreement, end_of(day), acting, MOST_OPEN)

    def keeping_kinds(self) -> dict[str, str]:
        return {keeping.KEY: "the levels of a disagreement"}

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        return keeping.keepings(agreements, acting)

    def notice_contested(self, agreement: Agreement, by: Acting, giver: int, because: str) -> None:
        """Opens a disagreement with the party that gave the notice (E11), where the terms name
        levels; the notice runs on meanwhile."""
        version = agreement.in_force_version
        if version and version.typed_terms.levels:
            others = [p for p in agreement.sides if p.organisation.pk == giver]
            open_disagreement(
                by=by, agreement=agreement, subject=NOTICE, wanted=because, between=others
            )

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [escalation_waits()]

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
        sides = PartySpell.objects.filter(organisation=organisation).values("party")
        named = Step.objects.filter(kind=Step.Kind.NAMED, party__in=sides)
        same = {name: OuterRef(name) for name in ("kind", "disagreement", "party", "level")}
        later = Step.objects.filter(**same, pk__gt=OuterRef("pk"))
        theirs = named.filter(~Exists(later), named=person, disagreement__state="open")
        rows = theirs.select_related("disagreement__agreement", "disagreement__version")
        return [
            # Where a manager can name somebody else, and everybody of the organisation can read.
            Holding(f"Acts on {step.disagreement}", page_of(step.disagreement))
            for step in rows.order_by("pk")[:most]
        ]


register(EscalationsRoom())
