"""What every e-mail about a disagreement needs: the reader's side, who acts, what is asked of them.

No subject line, note or proposal stands in an e-mail: a reference and a way in, no more.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import reverse

from agreements.core.letters import AgreementLetter
from agreements.terms import Level
from escalations.models import Disagreement
from escalations.queries.clause import clause_of_levels
from escalations.queries.people import OnLevel, People
from escalations.rules.levels import level_of
from escalations.rules.proposals import standing
from mail.kinds import Message
from parties.models import Role
from parties.reader import holders


class DisagreementLetter(AgreementLetter):
    """One disagreement for one reader: their organisation, and who they are, if a person."""

    def __init__(
        self, disagreement: Disagreement, organisation_id: int | None, person_id: int | None
    ) -> None:
        self.disagreement, self.person_id = disagreement, person_id
        self.people = People([disagreement])
        parties = self.people.parties(disagreement)
        own = (party for party in parties if party.organisation.pk == organisation_id)
        super().__init__(disagreement.agreement, next(own, parties[0]))

    @property
    def name(self) -> str:
        return self.disagreement.name

    @property
    def level(self) -> Level:
        return level_of(self.disagreement.terms, self.disagreement.level)

    @cached_property
    def on(self) -> OnLevel:
        """Who acts for the reader's side at the present level."""
        return self.people.on(self.disagreement, self.level, self.own)

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
        role = (self.own.organisation.pk, Role.MANAGER)
        managers = {user.person_id for user in holders([role])[role]}
        return self.person_id is not None and self.person_id in managers

    @cached_property
    def has_to_answer(self) -> bool:
        """Whether a proposal waits for the reader's side."""
        steps = list(self.disagreement.steps.order_by("at", "pk"))
        open_ones = standing(steps, self.disagreement.level)
        return any(self.own in each.waits_for(self.parties) for each in open_ones)

    def page_of(self, page: str = "disagreement", *more: str) -> str:
        """A page of the disagreement."""
        args = [self.agreement.reference, self.disagreement.number, *more]
        return reverse(f"escalations:{page}", args=args)

    def message(
        self, what: str, *paragraphs: str, button: str, asks: bool = False, **more: Any
    ) -> Message:
        """`asks`: something is asked of people; whoever has to name somebody first is led there."""
        name = asks and self.must_name
        clause = clause_of_levels(self.disagreement.version)
        return super().message(
            what,
            *paragraphs,
            button="Say who acts for you" if name else button,
            to=self.page_of("people", self.disagreement.level) if name else self.page_of(),
            details=(clause.says_so,) if clause else (),
            **more,
        )
