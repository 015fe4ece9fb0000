"""The page of an agreement: what it is, what needs somebody, what is next."""

from __future__ import annotations

from functools import cached_property

from django.urls import reverse

from agreements.contacts.pages.naming import Matrix
from agreements.core import states
from agreements.core.situations import Situation, situation_of
from agreements.core.steps import NextStep
from agreements.core.vacancies import Vacancy, missing_roles
from agreements.models import Agreement, Version
from agreements.page import attention, standing
from agreements.page.dates import date_rows
from agreements.page.life import Life
from agreements.page.main_action import main_action_of
from agreements.page.page_index import index_of
from agreements.page.queries import page as reads
from agreements.page.steps import steps_of
from agreements.page.story import Story
from agreements.reviews.pages.section import Reviews
from agreements.reviews.pages.steps import review_steps
from agreements.reviews.queries import held_reviews
from agreements.signing.pages import documents
from agreements.terms import Terms
from agreements.versions.pages.list import COLUMNS, version_rows
from agreements.versions.queries import approvals_of
from deadlines.holidays import bank_holidays
from deadlines.rules.working_days import Holidays
from house import clock
from house.room import Section
from house.rooms import rooms
from nhsuk.components import Action, Cell, IndexEntry, SummaryRow, Tag
from nhsuk.words import and_list
from parties.acting import Acting
from parties.models import Role

State = Agreement.State
DRAFTERS = (Role.EDITOR, Role.MANAGER)
CONTACT_KEEPERS = (Role.EDITOR, Role.MANAGER, Role.ADMINISTRATOR)


class AgreementPage:
    """One agreement for one reader. Reads its rows once (sixteen queries at most)."""

    def __init__(self, agreement: Agreement, acting: Acting, *, whole_story: bool = False) -> None:
        self.agreement, self.acting, self.whole_story = agreement, acting, whole_story
        self.today = clock.today()
        self.versions = reads.versions_of(agreement)
        self.contacts = reads.contacts_of(agreement)
        self.situation: Situation = situation_of(agreement, self.versions, self.contacts)
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
        steps = [
            *steps_of(self.situation, self.acting),
            *review_steps(self.reviews, self.situation),
        ]
        return sorted(steps, key=lambda step: not step.mine)

    @cached_property
    def reviews(self) -> Reviews:
        held = held_reviews([self.agreement])[self.agreement.pk]
        return Reviews(self.agreement, self.parties, held, self.terms.review, self.acting)

    @cached_property
    def vacancies(self) -> list[Vacancy]:
        if self.agreement.state == State.ENDED:
            return []
        return missing_roles(self.terms, self.parties, self.matrix.held)

    @property
    def notes(self) -> list[str]:
        """What is worth knowing besides the steps, as sentences."""
        notes: list[str] = []
        if self.draft and self.agreement.state == State.BEING_PREPARED:
            notes += attention.of_draft(len(self.versions), reads.blanks_open_in(self.draft))
        return notes + list(
            attention.warnings(self.situation, self.vacancies, self.own, self.today)
        )

    @property
    def main_action(self) -> Action | None:
        return main_action_of(self)

    # --- Who may do what

    @property
    def may_draft(self) -> bool:
        return bool(self.own) and self.acting.has(*DRAFTERS)

    @property
    def may_stop(self) -> bool:
        preparing = self.agreement.state == State.BEING_PREPARED
        return preparing and bool(self.own) and self.acting.has(Role.MANAGER)

    # --- Sections

    @cached_property
    def life(self) -> Life | None:
        """How it is kept, and the dates of its year; None before it is in force."""
        version = self.in_force
        if version is None:
            return None
        return Life(version, self.parties, self.acting, self.today, self.holidays)

    @property
    def dates(self) -> list[SummaryRow]:
        return date_rows(self.agreement, self.terms, self.today, self.holidays)

    @cached_property
    def matrix(self) -> Matrix:
        keeps = self.acting.has(*CONTACT_KEEPERS) and self.agreement.state != State.ENDED
        own = [party.pk for party in self.own] if keeps else []
        in_force = self.agreement.state == State.IN_FORCE
        return Matrix(self.terms, self.parties, self.contacts, own, in_force=in_force)

    @property
    def contacts_action(self) -> Action | None:
        """For those of a party who keep its contacts."""
        if self.agreement.state != State.IN_FORCE or not self.matrix.own:
            return None
        url = reverse("agreements:contacts", args=[self.agreement.reference])
        return Action("Confirm your contacts", url)

    version_columns = COLUMNS
    standing_columns = standing.COLUMNS

    @property
    def version_rows(self) -> list[list[Cell]]:
        return version_rows(self.agreement, self.versions)

    @cached_property
    def standing_rows(self) -> list[list[Cell]]:
        """Approvals and signatures; none for an agreement that was signed elsewhere."""
        if self.shown is None or self.agreement.is_registered:
            return []
        if self.shown == self.situation.version:
            approvals = [a for a in self.situation.approvals if a.version_id == self.shown.pk]
            return standing.rows(self.shown, self.parties, approvals, self.situation.requests)
        approvals = approvals_of(self.shown)
        return standing.rows(self.shown, self.parties, approvals, reads.requests_of(self.shown))

    @cached_property
    def files(self) -> list[documents.FileOnPage]:
        seal = getattr(self.shown, "seal", None)
        copy = self.situation.copy
        found = [documents.signed_copy(self.agreement, seal)]
        found.append(documents.registered_copy(copy) if copy else None)
        return [file for file in found if file]

    @property
    def confirmations(self) -> list[str]:
        return documents.confirmations(self.situation)

    @cached_property
    def story(self) -> Story:
        return Story(self.agreement, self.parties, whole=self.whole_story)

    @cached_property
    def room_sections(self) -> list[Section]:
        """What the rooms above this one have for the page, in their order."""
        answers = [room.sections([self.agreement], self.acting) for room in rooms()]
        found = [each for answer in answers for each in answer.get(self.agreement.pk, ())]
        return sorted(found, key=lambda section: section.position)

    @property
    def index(self) -> list[IndexEntry]:
        return index_of(self)
