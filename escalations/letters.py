"""What every e-mail about a disagreement needs: the reader's side, who acts, what is asked of them.

No subject line, note or proposal stands in an e-mail: a reference and a way in, no more.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from agreements.core.by_link import with_link
from agreements.core.letters import AgreementLetter
from agreements.core.recipients import managers_of
from agreements.models import Party
from escalations.by_link import ANSWERS
from escalations.models import Disagreement
from escalations.presenters.words import heading, page_of
from escalations.queries.people import OnLevel, People
from escalations.rules.levels import is_top, present, standing
from escalations.services.waiting import clause_of_levels
from mail.kinds import Message
from nhsuk.words import and_list
from parties.models import Person, Role
from parties.reader import holders


class DisagreementLetter(AgreementLetter):
    """One disagreement for one reader: their organisation, and who they are, if a person."""

    def __init__(
        self,
        disagreement: Disagreement,
        organisation_id: int | None,
        person_id: int | None,
        *,
        why: str,
    ) -> None:
        self.disagreement, self.person_id = disagreement, person_id
        self.people = People([disagreement])
        parties = self.people.parties(disagreement)
        own = (party for party in parties if party.organisation.pk == organisation_id)
        super().__init__(
            disagreement.agreement, next(own, parties[0]), why=why, among=disagreement.parties
        )

    @property
    def about(self) -> tuple[str, ...]:
        """Between some of the parties it is named before the agreement, which has others too."""
        if self.disagreement.concerns_all:
            return super().about
        return f"{heading(self.name)} with {self.others}", f"{self.title} ({self.named})"

    @property
    def it(self) -> str:
        """ "disagreement 2 of your MoU with Eastmoor CCG"."""
        of_all = self.disagreement.concerns_all
        return f"{self.name} {f'of {self.mou}' if of_all else f'with {self.others}'}"

    @property
    def name(self) -> str:
        return self.disagreement.name

    @cached_property
    def on(self) -> OnLevel:
        """Who acts for the reader's side at the present level."""
        return self.people.on(self.disagreement, present(self.disagreement), self.own)

    @property
    def level(self) -> str:
        """What the present level is called."""
        return present(self.disagreement).label

    @property
    def all_sides(self) -> str:
        return "both sides" if len(self.parties) == 2 else "all sides"

    @property
    def another_side(self) -> str:
        return "the other side" if len(self.parties) == 2 else "another side"

    @property
    def acts(self) -> bool:
        """Whether the reader is one of those who act at the level; a team's address is."""
        if self.person_id is None:
            return self.on.team is not None
        return self.person_id in {person.pk for person in self.on.people}

    @cached_property
    def holds_role(self) -> bool:
        """Whether the reader is an MoU manager in the portal, who names and records for a side."""
        role = (self.own.organisation.pk, Role.MANAGER)
        managers = {user.person_id for user in holders([role])[role]}
        return self.person_id is not None and self.person_id in managers

    @cached_property
    def is_manager(self) -> bool:
        """Whether the reader looks after the MoU for their side, with that role or without."""
        told = {recipient.person_id for recipient in managers_of(self.own)}
        return self.holds_role or (self.person_id in told and self.on.team is None)

    @cached_property
    def must_name(self) -> bool:
        """Whether the reader has to say first who acts for their side."""
        return self.on.is_vacant and self.holds_role

    @cached_property
    def has_to_answer(self) -> bool:
        """Whether a proposal waits for the reader's side."""
        steps = sorted(self.disagreement.steps.all(), key=lambda step: (step.at, step.pk))
        open_ones = standing(steps, self.disagreement.level)
        return any(self.own in each.waits_for(self.parties) for each in open_ones)

    @property
    def has_a_way_in(self) -> bool:
        """Whether the reader can open the page: a team's members, or somebody with an account."""
        return self.person_id is None or self.people.may_log_in(self.person_id, self.own)

    def message(
        self, what: str, *paragraphs: str, button: str = "", asks: bool = False, **more: Any
    ) -> Message:
        """`asks`: something is asked of people; whoever has to name somebody first is led there."""
        to, button = page_of(self.disagreement), button or f"Open the {self.disagreement.word}"
        if asks and self.must_name:
            to = page_of(self.disagreement, "people", self.disagreement.level)
            button = "Say who acts for you"
        if not self.has_a_way_in:
            button = ""
        clause = clause_of_levels(self.disagreement.version)
        message = super().message(
            what,
            *paragraphs,
            button=button,
            to=to,
            details=(clause.says_so,) if clause else (),
            **more,
        )
        if not self.disagreement.is_open:
            return message
        answer = self.disagreement.pk, self.party, self.person_id
        return with_link(message, ANSWERS, *answer, button="Read it, and say what you want")


def what_to_do(about: DisagreementLetter) -> str:
    """A sentence or two for the reader."""
    if about.on.is_vacant:
        return _nobody_acts(about)
    absent = about.people.need_a_record(about.on)
    if about.acts:
        return _ask_the_manager(about) if absent and not about.on.team else _act(about)
    acts = f"At this level {about.on.names} acts for {about.own.name}"
    if not absent or about.on.team:
        return f"{acts}."
    return f"{acts}, and cannot answer here. {_who_records(about)}"


def _act(about: DisagreementLetter) -> str:
    first = "accept it, or propose something else" if about.has_to_answer else "make a proposal"
    last = (
        ""
        if is_top(about.disagreement.terms, about.disagreement.level)
        else (" If it cannot be settled at this level, take it to the next.")
    )
    who = "Your team acts" if about.on.team else "You act"
    return f"{who} for your side: {first}.{last}"


def _who_records(about: DisagreementLetter) -> str:
    if about.holds_role:
        return "Ask them, and record what they decide."
    who = _who_holds_role(about) if about.is_manager else "The MoU manager"
    return f"{who} records what they decide."


def _ask_the_manager(about: DisagreementLetter) -> str:
    """The reader acts and cannot answer here; where they are the manager, somebody else helps."""
    acts = "You act for your side, and you have no account here or are away."
    others = and_list(_managers_of(about.own, but=about.person_id))
    if not others and about.is_manager:
        organisation = about.own.organisation.name
        return (
            f"{acts} Answer when you are back, or ask an administrator of {organisation} to help."
        )
    asked = others or "your MoU manager"
    return f"{acts} Ask {asked} to show you what was said and to record what you decide."


def _nobody_acts(about: DisagreementLetter) -> str:
    post = f" By the terms that is: {about.on.post}." if about.on.post else ""
    asked = "Say who it is."
    if not about.must_name:
        who = _who_holds_role(about) if about.is_manager else "Your MoU manager"
        asked = f"{who} says who it is."
    return f"Nobody acts for {about.own.name} at this level yet.{post} {asked}"


def _who_holds_role(about: DisagreementLetter) -> str:
    """For who looks after the MoU and does not hold the role that it takes here."""
    return f"Whoever holds the role MoU manager of {about.own.name} in the portal"


def _managers_of(party: Party, *, but: int | None) -> list[str]:
    told = (recipient.person_id for recipient in managers_of(party))
    people = [person for person in told if person and person != but]
    found = Person.objects.filter(pk__in=people).order_by("name")
    return list(found.values_list("name", flat=True))
