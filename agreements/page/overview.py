"""The page of an agreement: what it is, what needs somebody, what is next."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from agreements.contacts.matrix import vacancies_of
from agreements.core import states
from agreements.core.situations import NextStep, Situation, own_first, situation_of
from agreements.core.states import ApprovalStanding
from agreements.models import Agreement, Version
from agreements.page.life import Life
from agreements.page.queries import blanks_open_in
from agreements.page.sections import (
    action_on,
    approval_tag,
    date_rows,
    of_draft,
    rows_of,
    steps_of,
    to_read,
    warnings,
)
from agreements.page.timeline import Story
from agreements.reviews.pages import Reviews, review_steps
from agreements.signing.pages import documents
from agreements.terms import Terms
from agreements.versions.rows import SignatureRow, versions_of
from deadlines.holidays import bank_holidays
from deadlines.rules.working_days import Holidays
from house import clock
from house.room import Section
from house.rooms import rooms
from nhsuk.components import Button, IndexEntry, Tag
from nhsuk.words import and_list
from parties.acting import Acting
from parties.models import Role
from parties.who import DRAFTERS

State = Agreement.State


class AgreementPage:
    """One agreement for one reader. Reads its rows once (sixteen queries at most)."""

    approval_tag = staticmethod(approval_tag)

    def __init__(self, agreement: Agreement, acting: Acting, *, whole_story: bool = False) -> None:
        self.agreement, self.acting, self.whole_story = agreement, acting, whole_story
        self.today = clock.today()
        self.versions = versions_of(agreement)
        self.situation: Situation = situation_of(agreement, self.versions)
        self.parties = self.situation.parties
        self.own = self.situation.held_by(acting.organisation_id)
        # Each room asks for its terms: they are read.
        agreement.in_force_version = self.in_force

    # --- What it is

    @property
    def between(self) -> str:
        return and_list(party.name for party in self.parties)

    @cached_property
    def holidays(self) -> Holidays:
        return bank_holidays()

    @property
    def tag(self) -> Tag:
        return states.agreement_tag(self.agreement.state)

    @property
    def state(self) -> str:
        newest = self.versions[0] if self.versions else None
        return states.state_sentence(self.agreement, newest, self.today, self.holidays)

    @cached_property
    def draft(self) -> Version | None:
        return next((version for version in self.versions if version.is_draft), None)

    @cached_property
    def in_force(self) -> Version | None:
        pk = self.agreement.in_force_version_id
        return next((version for version in self.versions if version.pk == pk), None)

    @cached_property
    def shown(self) -> Version | None:
        """The version whose approvals and signatures the page shows: under way, or in force."""
        return self.situation.version or self.in_force

    @cached_property
    def terms(self) -> Terms:
        """The terms that hold: of the version in force, else of the newest."""
        return (self.in_force or self.versions[0]).typed_terms

    # --- What needs somebody

    @cached_property
    def steps(self) -> list[NextStep]:
        of_reviews = review_steps(self.reviews, self.situation)
        return own_first([*steps_of(self.situation, self.acting), *of_reviews])

    @cached_property
    def reviews(self) -> Reviews:
        return Reviews(self.agreement, self.acting)

    @property
    def notes(self) -> list[str]:
        """What is worth knowing besides the steps, as sentences."""
        notes: list[str] = []
        if self.draft and self.agreement.state == State.BEING_PREPARED:
            notes += of_draft(len(self.versions), blanks_open_in(self.draft))
        vacant = vacancies_of(self.agreement)
        return notes + list(warnings(self.situation, vacant, self.own, self.today))

    @property
    def main_action(self) -> Button | None:
        """The reader's next step; where there is none, what to read."""
        if mine := next((step for step in self.steps if step.mine), None):
            return Button(mine.button, mine.url)
        if self.reviews.is_due and self.reviews.action:
            return self.reviews.action
        if self.draft:
            return action_on(self.draft, may_edit=self.may_draft)
        return to_read(self.agreement, self.situation.version, self.files)

    # --- Who may do what

    @property
    def may_draft(self) -> bool:
        return bool(self.own) and DRAFTERS.includes(self.acting)

    @property
    def may_stop(self) -> bool:
        preparing = self.agreement.state == State.BEING_PREPARED
        return preparing and bool(self.own) and self.acting.has(Role.MANAGER)

    # --- Sections

    @cached_property
    def life(self) -> Life | None:
        """How it is kept, and the dates of its year; None before it is in force."""
        version = self.in_force
        known = self.parties, self.acting, self.today, self.holidays
        return Life(version, *known) if version else None

    @property
    def dates(self) -> Iterator[tuple[str, str]]:
        return date_rows(self.agreement, self.terms, self.today, self.holidays)

    @cached_property
    def standing(self) -> list[tuple[ApprovalStanding, SignatureRow]]:
        """Approvals and signatures; none for an agreement that was signed elsewhere."""
        if self.shown is None or self.agreement.is_registered:
            return []
        return rows_of(self.shown, self.situation)

    @cached_property
    def files(self) -> list[documents.FileOnPage]:
        seal = getattr(self.shown, "seal", None)
        copy = self.situation.copy
        files = [documents.signed_copy(self.agreement, seal)]
        files.append(documents.registered_copy(copy) if copy else None)
        return [file for file in files if file]

    @property
    def confirmations(self) -> list[str]:
        return documents.confirmations(self.situation)

    @cached_property
    def story(self) -> Story:
        return Story(self.agreement, self.parties, whole=self.whole_story)

    @cached_property
    def sections(self) -> list[Section]:
        """What the page says itself, and what the rooms have for it, in their order."""
        answers = [room.sections([self.agreement], self.acting) for room in rooms()]
        of_rooms = [each for answer in answers for each in answer.get(self.agreement.pk, ())]
        return sorted([*self._own_sections(), *of_rooms], key=lambda section: section.position)

    @property
    def index(self) -> list[IndexEntry]:
        return [IndexEntry(each.heading, each.anchor, each.note) for each in self.sections]

    def _own_sections(self) -> Iterator[Section]:
        yield _section("next", "What is next", 1)
        if self.life:
            yield _section("kept", "How it is kept", 2, note=self.life.kept.note)
        yield _section("dates", "Dates", 3)
        if self.standing:
            yield _section("standing", "Approvals and signatures", 7)
        if self.files:
            yield _section("documents", "Documents", 90)
        yield _section("happened", "What happened", 91)


def _section(anchor: str, heading: str, position: int, **more: Any) -> Section:
    return Section(anchor, heading, position, f"agreements/{anchor}_section.jinja", **more)
