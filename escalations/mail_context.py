"""What every e-mail about a disagreement needs: the reader's side, who acts, what is asked of them.

No subject line, note or proposal stands in an e-mail: a reference and a way in, no more.
"""

from __future__ import annotations

from functools import cached_property

from django.conf import settings
from django.urls import reverse

from agreements.models import Party
from agreements.presenters.words import and_list
from agreements.recipients import managers_of
from agreements.terms import Level
from escalations.models import Disagreement
from escalations.queries.clause import clause_of_levels
from escalations.queries.people import OnLevel, People
from escalations.rules.levels import level_of
from mail.kinds import Message
from parties.models import Person


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
        """Whether the reader is one of those who act at the level."""
        return self.person_id in {person.pk for person in self.on.people}

    @property
    def what_to_do(self) -> str:
        """What the reader can do about it, in a sentence or two."""
        if self.on.is_vacant:
            return self._nobody_acts
        if not self.acts:
            return f"At this level {self.on.names} acts for {self.party.name}."
        if self.people.must_be_recorded_for(self._reader, self.party):
            managers = and_list(_names_of(self.party)) or "your MoU manager"
            return (
                "You act for your side, and you have no account here. "
                f"Ask {managers} to show you what was said and to record what you decide."
            )
        return "You act for your side: make a proposal, accept one, or take it to the next level."

    @property
    def must_name(self) -> bool:
        """Whether the reader's side has to say first who acts for it."""
        return self.on.is_vacant

    def url(self, page: str = "escalations:disagreement", *more: str) -> str:
        reference, number = self.disagreement.agreement.reference, self.disagreement.number
        return f"{settings.SITE_URL}{reverse(page, args=[reference, number, *more])}"

    def message(
        self, what: str, *paragraphs: str, why: str, button: str, name: bool = False
    ) -> Message:
        """With `name` the button leads to where the side says who acts for it."""
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

    @property
    def _nobody_acts(self) -> str:
        post = f" By the terms that is: {self.on.post}." if self.on.post else ""
        return f"Nobody acts for {self.party.name} at this level yet.{post} Say who does."

    @property
    def _reader(self) -> Person:
        return next(person for person in self.on.people if person.pk == self.person_id)


def _names_of(party: Party) -> list[str]:
    people = [recipient.person_id for recipient in managers_of(party) if recipient.person_id]
    return list(
        Person.objects.filter(pk__in=people).order_by("name").values_list("name", flat=True)
    )
