"""What the record holds of an agreement for one London day: as it held it then, or as by now (X02).

A day is read at its end. *As recorded then* reads the history of every row: its state, its version
in force, its parties, their names, their contacts. *As known now* reads for the same day what was
put right since. Where history has nothing, as of what a former portal wrote, the rows of now speak.
"""

from __future__ import annotations

from copy import copy
from datetime import date, datetime
from functools import cached_property

from agreements.models import Agreement, CopyChange, KeyContact, PartySpell, Version
from agreements.register.facts import Facts
from agreements.stood.reading import Reading, Rows, reading_of
from house.asked_together import read_in_one
from house.clock import end_of, london_day
from house.tracked import as_recorded, recorded, rows_of
from parties.models import OrganisationName

_PEOPLE = ("person", "team", "deputy")
# Fact of a registration -> where the agreement has it; what ends it besides stands in the copy.
_FACTS = {
    "title": "title",
    "signed_on": "start_on",
    "effective_on": "effective_on",
    "end_on": "end_on",
    "review_on": "review_on",
}


class Record:
    """Both readings of one agreement for one day (about ten queries for both)."""

    def __init__(self, agreement: Agreement, day: date) -> None:
        self.agreement, self.day = agreement, day

    @property
    def is_before_record(self) -> bool:
        """Whether the portal did not hold it yet: it was registered after that day."""
        return self.day < london_day(self.agreement.created_at)

    @cached_property
    def recorded_at(self) -> datetime:
        """Until when the record is read: of a day before it began, as it began."""
        return end_of(max(self.day, london_day(self.agreement.created_at)))

    @cached_property
    def then(self) -> Reading:
        rows = Rows(
            self._row, self._versions, self._spells_then, self._names_then, self._contacts_then
        )
        return reading_of(rows, self.day)

    @cached_property
    def now(self) -> Reading:
        rows = Rows(self._put_right, self._versions, self._spells, self._names, self._contacts)
        return reading_of(rows, self.day)

    # --- The agreement's own row, and its versions

    @cached_property
    def _row(self) -> Agreement:
        found = as_recorded(Agreement, self.recorded_at, id=self.agreement.pk)
        row = found[0] if found else copy(self.agreement)
        # Never another one: where the page read it, nobody asks for it again.
        if Agreement.template_version.is_cached(self.agreement):
            row.template_version = self.agreement.template_version
        if row.is_registered:
            registered = row.registered_copy = copy(self.agreement.registered_copy)
            for change in self.later_changes[:1]:
                registered.ends_when = Facts.read(change.before).ends_when
        return row

    @property
    def _put_right(self) -> Agreement:
        """The row of then with the corrections of its registration that were made since."""
        row = copy(self._row)
        for change in self.later_changes:
            if change.kind == CopyChange.Kind.WITHDRAWAL:
                now = self.agreement
                row.state, row.ended_how, row.in_force_version_id = now.state, now.ended_how, None
                continue
            _correct(row, Facts.read(change.before), Facts.read(change.after))
        if row.is_registered:
            row.registered_copy = copy(self.agreement.registered_copy)
        return row

    @cached_property
    def later_changes(self) -> list[CopyChange]:
        """What was put right of its registration after that day, the oldest first."""
        if not getattr(self.agreement, "copy_is_changed", True):
            return []
        made = CopyChange.objects.filter(copy__agreement=self.agreement, state="made")
        rows = made.select_related("made_by__person", "made_for", "answered_for")
        found = sorted(rows, key=lambda change: change.answered_at or change.made_at)
        return [each for each in found if (each.answered_at or each.made_at) >= self.recorded_at]

    @cached_property
    def _versions(self) -> list[Version]:
        found = as_recorded(Version, self.recorded_at, agreement=self.agreement.pk)
        return sorted(found or self.agreement.versions.all(), key=lambda each: -each.seq)

    # --- Parties, their names, their contacts

    @cached_property
    def _spells(self) -> list[PartySpell]:
        rows = PartySpell.objects.filter(party__agreement=self.agreement)
        return list(rows.select_related("party", "organisation").order_by("pk"))

    @cached_property
    def _spells_then(self) -> list[PartySpell]:
        """Each side was held from the start: of one without history the spells of now speak."""
        parties = {spell.party_id for spell in self._spells}
        found = as_recorded(
            PartySpell, self.recorded_at, related=("party", "organisation"), party__in=parties
        )
        known = {spell.party_id for spell in found}
        return [*found, *(spell for spell in self._spells if spell.party_id not in known)]

    @cached_property
    def _names_of_both(self) -> tuple[list[OrganisationName], list[OrganisationName]]:
        """Those of now, and those that the record held then (one query)."""
        whose = self._organisations
        of_now = OrganisationName.objects.filter(organisation__in=whose)
        of_then = recorded(OrganisationName, self.recorded_at, organisation__in=whose)
        now, then = read_in_one([of_now, of_then])
        return now, rows_of(then)

    @property
    def _names(self) -> list[OrganisationName]:
        return self._names_of_both[0]

    @cached_property
    def _names_then(self) -> list[OrganisationName]:
        """Of an organisation whose names came into the record later, those of now speak."""
        now, found = self._names_of_both
        known = {name.organisation_id for name in found}
        return [*found, *(name for name in now if name.organisation_id not in known)]

    @cached_property
    def _organisations(self) -> set[int]:
        return {spell.organisation_id for spell in (*self._spells, *self._spells_then)}

    @cached_property
    def _contacts_of_both(self) -> tuple[list[KeyContact], list[KeyContact]]:
        """Those of now, and those that the record held then (one query)."""
        rows = KeyContact.objects.filter(party__agreement=self.agreement)
        parties = {spell.party_id for spell in self._spells}
        of_then = recorded(KeyContact, self.recorded_at, related=_PEOPLE, party__in=parties)
        of_now = rows.select_related(*_PEOPLE).order_by("pk")
        now, then = read_in_one([of_now, of_then])
        return now, rows_of(then, _PEOPLE)

    @property
    def _contacts(self) -> list[KeyContact]:
        return self._contacts_of_both[0]

    @property
    def _contacts_then(self) -> list[KeyContact]:
        return self._contacts_of_both[1]


def _correct(row: Agreement, was: Facts, facts: Facts) -> None:
    """What the correction changed, and nothing that parties agreed before it and after the day."""
    for fact, field in _FACTS.items():
        before, after = getattr(was, fact), getattr(facts, fact)
        set_anew = fact == "review_on" and row.review_on != before  # a review had set another
        if before != after and not set_anew:
            setattr(row, field, after)


def first_day(agreement: Agreement) -> date:
    """The first on which it can be shown: of its first draft; of one that was signed elsewhere and
    registered later, of its sign-off."""
    begun = london_day(agreement.created_at)
    return min(begun, agreement.start_on or begun) if agreement.is_registered else begun
