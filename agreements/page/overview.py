"""The overview of an agreement: how it stands, what needs somebody, what is next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from agreements.changes.pages import steps_of_changes
from agreements.contacts.in_short import PartyContact, contacts_in_short
from agreements.core.carrying import changes_asked, to_be_made
from agreements.core.reached import subpage_url
from agreements.core.sides import former_in_words
from agreements.core.state_in_words import ends_in_words, state_sentence
from agreements.core.states import agreement_tag
from agreements.core.steps import NextStep, own_first
from agreements.groups.queries import way_to_group
from agreements.models import Agreement
from agreements.page.attention import action_on, of_draft, steps_of, to_read, warnings
from agreements.page.frame import AgreementFrame
from agreements.page.kept import State
from agreements.page.life import Life
from agreements.page.queries import blanks_open_in
from agreements.page.sections import KEPT, date_rows
from agreements.page.standing import AgreementStanding
from agreements.register.pages import links_of
from agreements.reviews.pages import Reviews
from agreements.reviews.steps import review_steps
from agreements.versions.declining import way_to_decline
from deadlines.holidays import bank_holidays
from deadlines.year_picture import PictureEntry
from nhsuk.components import Button, Link, Tag
from parties.acting import Acting
from parties.models import Role
from parties.who import DRAFTERS

# So many things that are next stand open; the others on request.
NEXT = 3
FIGURES: dict[State, str] = {
    "kept": "kept",
    "due": "due",
    "missed": "late or missed",
    "nothing_yet": "open: nothing asked yet",
}


@dataclass(frozen=True)
class Figure:
    """How many things are kept, due, late or open, with the way to them."""

    count: int
    words: str
    state: State
    href: str


class Overview(AgreementFrame):
    """One agreement for one reader, in one screen or two."""

    def __init__(self, agreement: Agreement, acting: Acting) -> None:
        super().__init__(agreement, acting)
        self.now = AgreementStanding(agreement)
        self.situation = self.now.situation
        self.holidays = bank_holidays()

    # --- What it is

    @property
    def tag(self) -> Tag:
        return agreement_tag(self.agreement.state)

    @property
    def state(self) -> str:
        now = self.now
        decided = now.decided_in_force
        said = state_sentence(self.agreement, now.newest, decided, self.today, self.holidays)
        return " ".join(filter(None, (said, self._ends_when, self._being_changed)))

    @property
    def _being_changed(self) -> str:
        """That another text is on its way, while this one holds; empty without one."""
        version, now = self.now.draft or self.situation.version, self.now.in_force
        if now is None or version is None or version.change is None:
            return ""
        what = version.change.get_kind_display()
        where = "is being drafted" if version.is_draft else f"is numbered {version.label}"
        holds = f"Version {now.label} stays in force until all have signed it."
        return f"{what}: a new text {where}. {holds}"

    @property
    def _ends_when(self) -> str:
        """What ends it besides a day, while it is in force."""
        agreement = self.agreement
        if self.life is None or not agreement.takes_acts or agreement.noticed_end_on:
            return ""
        return ends_in_words(agreement, self.life.terms, self.today)

    @property
    def dates(self) -> list[tuple[str, str]]:
        """How its dates will follow, before it is in force; then they stand where it is kept."""
        terms = self.now.newest.typed_terms
        return (
            [] if self.life else list(date_rows(self.agreement, terms, self.today, self.holidays))
        )

    # --- How it is kept, and its year

    @cached_property
    def life(self) -> Life | None:
        """None before it is in force."""
        return Life(self.agreement, self.acting) if self.agreement.in_force_version else None

    @property
    def figures(self) -> list[Figure]:
        """None before anything is to be kept, and where the portal watches nothing."""
        if self.life is None or not self.life.kept.lines:
            return []
        counts, page = self.life.kept.counts, subpage_url(self.agreement.reference, KEPT.key)
        return [
            Figure(counts[state], words, state, f"{page}#{state}" if counts[state] else page)
            for state, words in FIGURES.items()
        ]

    # --- What needs somebody

    @cached_property
    def steps(self) -> list[NextStep]:
        of_reviews = review_steps(self.reviews, self.situation)
        of_changes = steps_of_changes(self.agreement, self.acting) if self.life else ()
        return own_first([*steps_of(self.situation, self.acting), *of_reviews, *of_changes])

    @cached_property
    def reviews(self) -> Reviews:
        return Reviews(self.agreement, self.acting)

    @cached_property
    def due(self) -> Sequence[PictureEntry]:
        return self.life.next if self.life else ()

    @property
    def notes(self) -> Iterator[str]:
        """What is worth knowing besides, as sentences."""
        if self.now.draft and not self.agreement.is_over:
            draft, versions = self.now.draft, self.now.versions
            yield from of_draft(draft, versions, blanks_open_in(draft))
            yield from to_be_made(changes_asked(self.agreement, self.now.newest))
        yield from warnings(self.agreement, self.today)
        yield from former_in_words(self.agreement)

    @property
    def main_action(self) -> Button | None:
        """The reader's next step; where there is none, what to read."""
        if mine := next((step for step in self.steps if step.mine), None):
            return Button(mine.button, mine.url)
        if self.reviews.is_due and self.reviews.action:
            return self.reviews.action
        if self.now.draft:
            return action_on(self.now.draft, may_edit=self.may_draft)
        return to_read(self.agreement, self.situation.version, self.now.files)

    @property
    def copy_links(self) -> list[Link]:
        copy = self.situation.copy
        return list(links_of(copy, self.acting)) if copy else []

    # --- Who

    @property
    def contacts(self) -> list[PartyContact]:
        return contacts_in_short(self.agreement, self.own)

    @property
    def may_draft(self) -> bool:
        return bool(self.own) and DRAFTERS.includes(self.acting)

    @property
    def may_stop(self) -> bool:
        preparing = self.agreement.state == Agreement.State.BEING_PREPARED
        may = preparing and bool(self.own) and self.acting.has(Role.MANAGER)
        return may and self.declining is None

    @property
    def declining(self) -> Link | None:
        return way_to_decline(self.agreement, self.parties, self.acting)

    @cached_property
    def group(self) -> Link | None:
        """The group in which the reader's organisation looks after it."""
        own = [each for each in self.parties if each.told_daily]
        if not any(each.organisation.pk == self.acting.organisation_id for each in own):
            return None
        return way_to_group(self.agreement)
