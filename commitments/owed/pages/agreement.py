"""What the pages of an agreement say of what is owed: the list, and what is asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.urls import reverse

from agreements.core.parties import sides_of, version_of_terms
from agreements.core.texts import ClauseName, clauses_of
from agreements.models import Agreement
from agreements.page.kept import WORST_FIRST
from commitments.logs.pages.agreement import LogList
from commitments.logs.queries import has_logs
from commitments.models import Commitment
from commitments.owed import words
from commitments.owed.reading import Owed
from commitments.owed.status import keeping_of
from commitments.rules import may_record
from house.answers import Keeping, Section
from nhsuk import forms
from nhsuk.components import Button, Tag
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import Acting

STATES: Final = [
    ("", "Any"), ("missed", "Late or missed"), ("due", "Due"), ("kept", "Kept"),
    ("nothing_yet", "Nothing due yet"), ("ended", "Ended"),
]  # fmt: skip


class OwedFilter(forms.FilterForm):
    """What narrows the list of an agreement's commitments."""

    party = forms.SelectField(label="Who owes it")
    state = forms.SelectField(label="How it stands", choices=STATES)

    def __init__(self, data: Any, parties: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        box: Any = self.fields["party"]
        box.choices = [("", "Any"), *parties]


@dataclass(frozen=True)
class OwedRow:
    """One commitment as the list shows it."""

    owed: Owed
    keeping: Keeping
    clause: ClauseName | None

    @property
    def commitment(self) -> Commitment:
        return self.owed.commitment

    @property
    def state(self) -> str:
        return self.keeping.state if self.commitment.is_running else "ended"

    @property
    def tag(self) -> Tag:
        if not self.commitment.is_running:
            return Tag("Ended", "grey")
        return words.kept_tag(self.keeping.state)

    @property
    def sentence(self) -> str:
        if self.commitment.is_running:
            return self.keeping.sentence
        return f"Ended on {day(self.commitment.ended_on)}."

    @property
    def under(self) -> str:
        """Its number, and the clause that asks for it."""
        number = f"Commitment {self.commitment.number}"
        if self.clause is None:
            return number
        same = self.clause.heading == self.commitment.what
        return f"{number}, clause {self.clause.number if same else self.clause.name}"


class OwedList:
    """All that is or was owed under one agreement."""

    def __init__(self, agreement: Agreement, found: Sequence[Owed]) -> None:
        self.agreement, self.found = agreement, found

    @cached_property
    def rows(self) -> list[OwedRow]:
        """The worst first, what has ended last; then in the order of the text."""
        clauses = {each.key: each for each in clauses_of(version_of_terms(self.agreement))}
        rows = [
            OwedRow(each, keeping_of(each), clauses.get(each.commitment.clause_key))
            for each in self.found
        ]
        return sorted(rows, key=lambda row: (_rank(row), row.commitment.number))

    def form(self, asked: Any) -> OwedFilter:
        parties = {row.commitment.who_owes: None for row in self.rows}
        return OwedFilter(asked or None, [(name, name) for name in sorted(parties)])

    def matching(self, wanted: Mapping[str, Any]) -> list[OwedRow]:
        """Those that the filters ask for; without them all that run."""
        party, state = wanted.get("party"), wanted.get("state")
        found = (row for row in self.rows if not party or row.commitment.who_owes == party)
        if state:
            return [row for row in found if row.state == state]
        return [row for row in found if row.state != "ended"]


def _rank(row: OwedRow) -> int:
    if row.state == "ended":
        return len(WORST_FIRST)
    return WORST_FIRST.index(row.keeping.state)


def section_of(agreement: Agreement, found: Sequence[Owed], acting: Acting) -> Section:
    """The list, with the ways to record one and to answer for those that are standing."""
    may = agreement.takes_acts and may_record(acting, agreement)
    own = own_standing(agreement, found, acting) if may else []
    return Section(
        anchor="commitments",
        heading="What is owed",
        position=1,
        template="commitments/owed_section.jinja",
        context={"list": OwedList(agreement, found), "words": words, "asks": bool(own),
                 "form": words.form_of_standing(agreement),
                 "logs": [] if has_logs(agreement) else LogList(agreement, acting).records},
        action=_button(agreement) if may else None,
    )  # fmt: skip


def _button(agreement: Agreement) -> Button:
    url = reverse("commitments:owed_new", args=[agreement.reference])
    return Button("Record a commitment", url)


def own_standing(agreement: Agreement, found: Sequence[Owed], acting: Acting) -> list[Owed]:
    """The standing commitments for which the reader's party answers, those that wait first; what
    somebody outside owes, any party answers for."""
    own = {party.pk for party in sides_of(agreement, acting)}
    asked = [
        each
        for each in found
        if each.commitment.is_standing
        and each.commitment.is_running
        and (each.commitment.owed_by_id in own or not each.commitment.owed_by_id)
    ]
    return sorted(asked, key=lambda each: (not each.is_unanswered, each.commitment.number))


def standing_section_of(
    agreement: Agreement, found: Sequence[Owed], acting: Acting
) -> list[Section]:
    """On the page that has the review: that standing commitments were asked about and wait."""
    waiting = [each for each in found if each.is_unanswered]
    if not waiting:
        return []
    may = agreement.takes_acts and may_record(acting, agreement)
    own = [each for each in own_standing(agreement, found, acting) if each.is_unanswered]
    asked_on = max(each.asked_on for each in waiting if each.asked_on)
    many = plural(len(waiting), "standing commitment")
    verb = "was" if len(waiting) == 1 else "were"
    button = Button("Say what was done", words.form_of_standing(agreement), kind="secondary")
    return [
        Section(
            anchor="standing-commitments",
            heading="Asked about at meetings and reviews",
            position=2,
            template="commitments/owed_asked.jinja",
            context={"sentence": f"{many} {verb} asked about on {day(asked_on)}, and nobody has "
                     "answered yet.", "own": len(own), "list": words.list_of(agreement)},
            action=button if own and may else None,
        )
    ]  # fmt: skip
