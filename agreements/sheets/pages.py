"""The MoU on a page, and the handover sheet of one party: what stands on them, in full (X13).

Both stand on what the overview reads. How much of it one side of A4 holds, `Cut` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import zip_longest

from agreements.contacts.in_short import contacts_in_short
from agreements.core.left_open import open_on
from agreements.core.parties import contacts_in, there_today, version_of_terms
from agreements.core.steps import NextStep
from agreements.core.texts import ClauseName, clauses_of
from agreements.models import Agreement, KeyContact, Party, Version
from agreements.page.attention import steps_of
from agreements.page.kept import Kept
from agreements.page.life import Life
from agreements.page.overview import Overview
from agreements.page.sections import clause_links
from agreements.sheets.rows import DateRow, DutyRow, PersonRow, counted, in_turn
from deadlines.kinds import kind_of, nouns_of
from deadlines.models import Deadline
from house.answers import OpenThings
from nhsuk.words import capital, in_title
from parties.acting import Acting

# Of more other parties one line says how many they are.
MOST_OTHERS = 12


class LifeOnPaper(Life):
    """A sheet is handed on: what is not public yet is called by its kind alone."""

    def called(self, rows: Sequence[Deadline]) -> dict[Deadline, str]:
        nouns = {each: noun for each, noun in nouns_of(rows).items() if kind_of(each).confidential}
        return super().called(rows) | nouns


class Sheet(Overview):
    """One agreement for one reader, as it is now."""

    kind = "MoU on a page"
    we, owe = "each side", "owes"

    def __init__(self, agreement: Agreement, acting: Acting) -> None:
        super().__init__(agreement, acting)
        self.parties = there_today(agreement)

    @property
    def for_whom(self) -> str:
        """Whose it is alone; empty where it is for all."""
        return ""

    @property
    def between(self) -> str:
        return in_title([party.name for party in self.parties])

    # --- What each side owes

    @property
    def owed_heading(self) -> str:
        """By a text that is not in force nobody owes anything."""
        agreement = self.agreement
        once = "owed" if agreement.in_force_version_id else "would owe"
        return f"What {self.we} {self.owe if agreement.has_duties else once}"

    @cached_property
    def kept(self) -> Kept:
        """The duties of the text in force, else of the newest, not how they stand."""
        return Kept(clauses_of(self._version), {}, self.parties)

    @cached_property
    def duties(self) -> list[DutyRow]:
        """One of each side in turn, what the portal watches first: so each has its place."""
        names, kept = self._named, self.kept
        found = [
            DutyRow(capital(kept.owed_by([duty])), names[duty.key], duty.url)
            for duty in sorted(self._owed, key=lambda duty: not duty.bindings)
        ]
        return in_turn(found, [row.who for row in found])

    @property
    def _owed(self) -> Iterable[ClauseName]:
        return self.kept.duties

    @cached_property
    def _version(self) -> Version:
        version = version_of_terms(self.agreement)
        version.agreement = self.agreement
        return version

    @cached_property
    def _named(self) -> dict[str, str]:
        """Clause key -> number and heading as pages show them, the blanks of a draft filled."""
        links = clause_links(self._version)
        named = zip(clauses_of(self._version), links, strict=True)
        return {each.key: link.text for each, (link, _) in named}

    # --- Whom to ring

    @cached_property
    def people(self) -> list[PersonRow]:
        """Who looks after it for each party, the reader's first; then their other roles in turn."""
        shown = {(row.party, row.role) for row in self._managers}
        own_first = sorted(self.parties, key=lambda party: party not in self.own)
        if self._is_of_many:
            own_first = self.own
        in_turns = zip_longest(*(self._roles(party) for party in own_first))
        others = (row for rows in in_turns for row in rows if row and row.contact)
        return [*self._managers, *(row for row in others if (row.party, row.role) not in shown)]

    @cached_property
    def _managers(self) -> list[PersonRow]:
        """Who looks after it for each party, the reader's first; of many others one line."""
        short, names = contacts_in_short(self.agreement, self.own), {p.name for p in self.parties}
        there = [each for each in short if each.party in names]
        rows = [PersonRow(each.party, each.role, each.contact) for each in there]
        if not self._is_of_many:
            return rows
        own, others = rows[: len(self.own)], rows[len(self.own) :]
        named = sum(row.contact is not None for row in others)
        said = f"{named} of them name somebody: see People"
        return [*own, PersonRow(f"{len(others)} other parties", "", None, said)]

    @property
    def _is_of_many(self) -> bool:
        return len(self.parties) - len(self.own) > MOST_OTHERS

    def _roles(self, party: Party) -> list[PersonRow]:
        roles = self._version.typed_terms.contact_roles_of(party.slot)
        return [PersonRow(party.name, r.label, self._held.get((party.pk, r.key))) for r in roles]

    @cached_property
    def _held(self) -> dict[tuple[int, str], KeyContact]:
        return contacts_in(each.pk for each in self.parties)

    # --- What is next

    @cached_property
    def life(self) -> Life | None:
        """None before it is in force."""
        in_force = self.agreement.in_force_version
        return LifeOnPaper(self.agreement, self.acting) if in_force else None

    @cached_property
    def coming(self) -> list[DateRow]:
        """What is late, and what comes: of the MoU year and a little further, and its end."""
        if self.life is None:
            return []
        entries = [e for e in self.life.picture.entries if e.state != "done"]
        if not self.agreement.has_duties:
            entries = [e for e in entries if e.state != "fixed"]
        entries = [e for e in entries if e.day >= self.today or e.state == "late"]
        rows = [DateRow(e.day, e.what, capital(e.who), e.state == "late") for e in entries]
        days = {row.on for row in rows}
        further = self._further.items()
        rows += [DateRow(on, what, "") for what, on in further if on and on not in days]
        return sorted(rows, key=lambda row: row.on)

    @property
    def _further(self) -> dict[str, date | None]:
        """Its review and its end while it runs; no review comes once it has ended."""
        agreement = self.agreement
        if not agreement.has_duties:
            return {}
        review, last = agreement.review_on, agreement.last_day
        found = {"Date of review": None if review and last and review > last else review}
        found["End"] = last
        return {what: on for what, on in found.items() if on and on >= self.today}

    # --- What is open

    @cached_property
    def steps(self) -> list[NextStep]:
        """Of text and signatures alone: reviews stand among the dates."""
        return steps_of(self.situation, self.acting)

    @cached_property
    def open_lines(self) -> list[str]:
        """Steps that wait, what the rooms have open by number, and what is worth knowing."""
        steps = (f"{step.text}: {step.who or 'anybody'}" for step in self.steps)
        open_now = (counted(each) for each in self.open_things if each.count)
        return [*open_now, *steps, *self.notes]

    @cached_property
    def open_things(self) -> list[OpenThings]:
        return open_on(self.agreement, self.today, self.acting)
