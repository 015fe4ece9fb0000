"""What every e-mail about a disagreement needs: the reader's side, who acts, what is asked of them.

No subject line, note or proposal stands in an e-mail: a reference and a way in, no more.
"""

from __future__ import annotations

from functools import cached_property

from django.conf import settings
from django.urls import reverse

from agreements.models import Party
from agreements.terms import Level
from escalations.models import Disagreement
from escalations.queries.clause import clause_of_levels
from escalations.queries.people import OnLevel, People
from escalations.rules.levels import level_of
from escalations.rules.proposals import standing
from mail.kinds import Message
from parties.models import Membership, Role


class About:
    """One disagreement for one reader: their organisation, and who they are, if a person."""

    def __init__(
        self, disagreement: Disagreement, organisation_id: int | None, person_id: int | None
    ) -> None:
        self.disagreement, self.person_id = disagreement, person_id
        self.people = People([disagreement])
        self.parties = self.people.parties(disagreement)
        self.party: Party = next(
            (party for party in self.parties if party.organisation.pk == organisation_id),
            self.parties[0],
        )

    @property
    def name(self) -> str:
        return self.disagreement.name

    @property
    def level(self) -> Level:
        return level_of(self.disagreement.terms, self.disagreement.level)

    @cached_property
    def on(self) -> OnLevel:
        """Who acts for the reader's side at the present level."""
        return self.people.on(self.disagreement, self.level, self.party)

    @property
    def others(self) -> str:
        first, *more = [party.name for party in self.parties if party != self.party] or ["nobody"]
        return f"{first} and {len(more)} others" if more else first

    @property
    def all_sides(self) -> str:
        return "both sides" if len(self.parties) == 2 else "all sides"

    @property
    def acts(self) -> bool:
        """Whether the reader is one of those who act at the level; a team's address is."""
        if self.person_id is None:
            return self.on.team is not None
        return self.person_id in {person.pk for person in self.on.people}

    @cached_property
    def must_name(self) -> bool:
        """Whether the reader has to say first who acts for their side."""
        if not self.on.is_vacant:
            return False
        held = Membership.objects.current().filter(
            user__person=self.person_id or 0,
            organisation=self.party.organisation,
            role=Role.MANAGER,
        )
        return held.exists()

    @cached_property
    def has_to_answer(self) -> bool:
        """Whether a proposal waits for the reader's side."""
        steps = list(self.disagreement.steps.order_by("at", "pk"))
        open_ones = standing(steps, self.disagreement.level)
        return any(self.party in each.waits_for(self.parties) for each in open_ones)

    def url(self, page: str = "escalations:disagreement", *more: str) -> str:
        reference, number = self.disagreement.agreement.reference, self.disagreement.number
        return f"{settings.SITE_URL}{reverse(page, args=[reference, number, *more])}"

    def message(
        self, what: str, *paragraphs: str, why: str, button: str, asks: bool = False
    ) -> Message:
        """`asks`: something is asked of people; whoever has to name somebody first is led there."""
        name = asks and self.must_name
        clause = clause_of_levels(self.disagreement.version)
        url = self.url("escalations:people", self.disagreement.level) if name else self.url()
        return Message(
            subject=f"MoU with {self.others}: {what} ({self.disagreement.agreement.reference})",
            paragraphs=paragraphs,
            why=why,
            button_text="Say who acts for you" if name else button,
            button_url=url,
            details=(clause.says_so,) if clause else (),
        )
