"""Pages of the terms for an entry of a list: series of meetings, standards, seats of a panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from agreements.drafting.forms.part import TAKE_OUT, Part, number
from agreements.drafting.forms.term_lines import ONE_SOURCE, LinesField, keyed, new_key, renamed
from agreements.terms import (
    REQUEST_KINDS,
    CommitmentTerm,
    ExpectedDocument,
    Meetings,
    MeetingSeries,
    PanelSeat,
    Source,
    Standard,
    Terms,
)
from nhsuk import forms

OFTEN = [
    ("as_required", "As required"),
    ("monthly", "Monthly"),
    ("quarterly", "Quarterly"),
    ("twice_a_year", "Twice in each year of the agreement"),
    ("yearly", "Once in each year of the agreement"),
    ("n_a_year", "Another number in each year of the agreement"),
]
MOST = 20
Entry = MeetingSeries | Standard | PanelSeat | ExpectedDocument | CommitmentTerm


class EntryPart(Part):
    """A new entry, or one that is there: it keeps its key, whatever it is called."""

    called: ClassVar[str]
    # What the list and its entries are called.
    many: ClassVar[str]

    @classmethod
    def every(cls, terms: Terms) -> Sequence[Entry]:
        raise NotImplementedError

    @property
    def entry(self) -> Any:
        return next((each for each in self.every(self.before) if each.key == self.key), None)

    @property
    def heading(self) -> str:
        return self.entry.label if self.entry else f"Add {self.called}"

    def shown(self) -> dict[str, Any]:
        return dict(self.entry) if self.entry else {}

    def add_boxes(self) -> None:
        if self.entry or TAKE_OUT in self.data:
            self.fields[TAKE_OUT] = forms.CheckboxField(
                label=f"Take this out: the agreement no longer names {self.called}", required=False
            )

    def clean_label(self) -> str:
        label: str = self.cleaned_data["label"]
        others = [each.label.casefold() for each in self.every(self.before) if each != self.entry]
        if label.casefold() in others:
            self.add_error("label", "There is one of this name already. Change one of them")
        if not self.entry and len(others) >= MOST:
            self.add_error("label", f"The terms can have {MOST} {self.many}. Take one out first")
        return label

    def typed(self, key: str) -> Entry:
        """The entry as typed."""
        raise NotImplementedError

    def list_now(self) -> tuple[Any, ...]:
        """The entries with this one in its place, at the end, or out."""
        every = list(self.every(self.before))
        keys = [each.key for each in every]
        if self.cleaned_data.get(TAKE_OUT):
            return tuple(each for each in every if each.key != self.key)
        if self.key in keys:
            every[keys.index(self.key)] = self.typed(self.key)
            return tuple(every)
        key = self.key or new_key(self.cleaned_data["label"], keys)
        return (*every, self.typed(key))


class SeriesPart(EntryPart):
    """Meetings of one kind."""

    called, many = "a series of meetings", "series of meetings"
    hint = "The portal reminds the parties of the meetings that are owed in time."

    label = forms.LineField(
        label="What one of these meetings is called",
        help_text="For example, Planning group",
        max_length=160,
    )
    cadence = forms.RadioField(
        label="How often they are held", choices=OFTEN,
        error_messages={"required": "Choose how often they are held"},
    )  # fmt: skip
    per_year = number(
        "Number in each year of the agreement", least=1, most=52,
        hint="Only if you chose another number.",
    )  # fmt: skip
    attends = forms.LineField(
        label="Who attends", help_text="Leave it empty if the agreement does not say.",
        max_length=300, required=False,
    )  # fmt: skip
    topics = LinesField(
        label="What each of them looks at", help_text=ONE_SOURCE, rows=7, required=False
    )

    @classmethod
    def every(cls, terms: Terms) -> Sequence[MeetingSeries]:
        return terms.meetings.series

    def shown(self) -> dict[str, Any]:
        shown = super().shown()
        return shown | {"topics": "\n".join(each.heading for each in shown.get("topics", ()))}

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("cadence") != "n_a_year":
            said["per_year"] = None
        elif said.get("per_year") is None and "per_year" not in self.errors:
            self.add_error("per_year", "Enter the number in each year of the agreement")
        return said

    def typed(self, key: str) -> MeetingSeries:
        said = self.cleaned_data
        known = {topic.heading: topic.key for topic in self.entry.topics} if self.entry else {}
        lines = keyed(said["topics"], known, renamed(list(known), said["topics"]))
        return MeetingSeries(
            key=key, label=said["label"], cadence=said["cadence"], per_year=said["per_year"],
            attends=said["attends"],
            topics=tuple(Source(key=each, heading=line) for line, each in lines.items()),
        )  # fmt: skip

    def said(self) -> dict[str, Any]:
        return {"meetings": Meetings(series=self.list_now())}


class StandardPart(EntryPart):
    """A standard of service: what is asked is counted by it."""

    called, many = "a standard", "standards"
    hint = "The portal counts the days of requests by it, and reminds whoever owes the answer."

    label = forms.LineField(label="Name of the standard", help_text="For example, Data requests")
    promise = forms.TextField(
        label="What is promised", help_text="In a sentence or two.", rows=3, max_length=1_000,
        required=False,
    )  # fmt: skip
    kind = forms.SelectField(
        label="What it is the standard for",
        choices=[("", "Whatever is asked"), *REQUEST_KINDS.items()], required=False,
    )  # fmt: skip
    acknowledge_days = number("Acknowledged within", "working days", least=1, most=365)
    answer_days = number("Answered within", "working days", least=1, most=365)
    update_days = number(
        "After news, the next news within", "working days", least=1, most=365,
        hint="Only if the agreement says how soon news follows on news.",
    )  # fmt: skip
    calendar = forms.SelectField(
        label="Days that are no working days",
        choices=[("england_and_wales", "Bank holidays of England and Wales"),
                 ("united_kingdom", "Bank holidays of any part of the United Kingdom")],
        initial="england_and_wales",
    )  # fmt: skip
    may_pause = forms.CheckboxField(
        label="The time stands still while it waits for whoever asked", required=False
    )
    exclusions = LinesField(
        label="What it leaves out", help_text="One on each line.", rows=3, required=False
    )

    @classmethod
    def every(cls, terms: Terms) -> Sequence[Standard]:
        return terms.standards

    def add_boxes(self) -> None:
        self.fields["slots"] = forms.ChecklistField(
            label="Who owes it", help_text="Tick none if the agreement does not say.",
            choices=self.slots, required=False,
        )  # fmt: skip
        super().add_boxes()

    def shown(self) -> dict[str, Any]:
        shown = super().shown()
        return shown | {"exclusions": "\n".join(shown.get("exclusions", ()))}

    def typed(self, key: str) -> Standard:
        names = ("label", "promise", "acknowledge_days", "answer_days", "update_days", "calendar",
                 "may_pause")  # fmt: skip
        said = {name: self.cleaned_data[name] for name in names}
        said["promise"] = " ".join(said["promise"].split())
        lists = {name: tuple(self.cleaned_data[name]) for name in ("exclusions", "slots")}
        return Standard(key=key, kind=self.cleaned_data["kind"] or None, **lists, **said)

    def said(self) -> dict[str, Any]:
        return {"standards": self.list_now()}


class SeatPart(EntryPart):
    """Seats on the panel that settles a disagreement: printed, until its room is built."""

    called, many = "seats on the panel", "kinds of seats"
    hint = "The agreement prints them. The portal does not set up the panel yet."

    label = forms.LineField(label="Who has the seat", help_text="For example, Independent chair")
    number = forms.WholeNumberField(label="How many seats", min_value=1, max_value=50)
    drawn_from = forms.LineField(
        label="Where they come from",
        help_text="For example, a CCG that has no part in the matter. Leave it empty if the "
        "agreement does not say.",
        max_length=300, required=False,
    )  # fmt: skip

    @classmethod
    def every(cls, terms: Terms) -> Sequence[PanelSeat]:
        return terms.panel

    def typed(self, key: str) -> PanelSeat:
        names = ("label", "number", "drawn_from")
        return PanelSeat(key=key, **{name: self.cleaned_data[name] for name in names})

    def said(self) -> dict[str, Any]:
        return {"panel": self.list_now()}
