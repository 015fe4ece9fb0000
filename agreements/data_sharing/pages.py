"""Records of shared data for one reader: the list of an agreement, and one record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.urls import reverse

from agreements.core.sides import names_ever
from agreements.core.texts import clause_bound_to
from agreements.data_sharing import words
from agreements.data_sharing.queries import KEEPING, listed, stated, with_parties, words_on
from agreements.data_sharing.rights import may_change, may_end, may_judge, may_record
from agreements.models import Agreement, DataSharing, DataSharingEntry, DataSharingWord
from house.answers import MOST_OPEN, OpenThing, OpenThings, Section
from house.clock import london_day
from house.text import shortened
from nhsuk import forms
from nhsuk.components import Button, Link, Tag
from nhsuk.dates import day
from parties.acting import Acting

# Of what is shared a line of others shows so much.
LONGEST: Final = 100
STATES: Final = [("", "Shared now"), ("ended", "No longer shared"), ("all", "All")]


class SharingFilter(forms.FilterForm):
    """What narrows the list of an agreement's records."""

    state = forms.SelectField(label="Which records", choices=STATES)


@dataclass(frozen=True)
class SharingRow:
    """One record as the list shows it."""

    entry: DataSharingEntry

    @property
    def record(self) -> DataSharing:
        return self.entry.record

    url = property(lambda self: words.page_of(self.record))
    between = property(lambda self: words.between(self.entry))
    review = property(lambda self: words.review_of(self.entry))
    standing = property(lambda self: words.standing_of(self.entry))
    tag = property(lambda self: words.tag_of(self.entry))


class SharingList:
    """All records of one agreement (one query)."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self.clause = clause_bound_to(agreement, KEEPING)

    @cached_property
    def rows(self) -> list[SharingRow]:
        return [SharingRow(each) for each in listed(self.agreement)]

    def form(self, asked: Any) -> SharingFilter:
        return SharingFilter(asked or None)

    def matching(self, wanted: dict[str, Any]) -> list[SharingRow]:
        """Those that the filter asks for; without it all that run."""
        state = wanted.get("state")
        if state == "all":
            return self.rows
        return [row for row in self.rows if row.record.is_running != (state == "ended")]


def section_of(agreement: Agreement, acting: Acting) -> Section:
    """The list, with the way to record one."""
    url = reverse("agreements:sharing_add", args=[agreement.reference])
    button = Button("Record shared data", url) if may_record(acting, agreement) else None
    return Section(
        anchor="data-sharing",
        heading="Data that is shared",
        position=1,
        template="agreements/data_sharing_section.jinja",
        context={"list": SharingList(agreement)},
        action=button,
    )


class SharingPage:
    """One record with all its entries, the newest first (three queries besides the parties')."""

    def __init__(self, record: DataSharing, acting: Acting) -> None:
        self.acting, self.agreement = acting, record.agreement
        rows = stated(record.entries.select_related("added_by__person")).order_by("-seq")
        self.entries: Sequence[DataSharingEntry] = list(rows)
        self.record, self.newest = with_parties(record, self.agreement, self.entries)
        self.names = names_ever(self.agreement)

    @property
    def title(self) -> str:
        return f"Data-sharing record {self.record.number}"

    between = staticmethod(words.between)
    basis = staticmethod(words.basis_of)
    review = staticmethod(words.review_of)

    @property
    def tag(self) -> Tag:
        return words.tag_of(self.newest)

    @property
    def standing(self) -> str:
        return words.standing_of(self.newest)

    @property
    def clause(self) -> Link | None:
        found = clause_bound_to(self.agreement, KEEPING)
        return found.link if found else None

    @property
    def ended(self) -> str:
        """Who said that it ended, when and why; empty while it runs."""
        record = self.record
        if record.ended_at is None:
            return ""
        name = self.names.get(record.ended_for_id or 0, "a former party")
        who = f"{record.ended_by} for {name} said so on {day(london_day(record.ended_at))}"
        until = f"Shared until {day(record.ended_on)}. " if record.ended_on else ""
        return f"{until}{who}: {record.ended_because}"

    def added(self, entry: DataSharingEntry) -> str:
        """Who wrote an entry, for whom, when, and what it is."""
        name = self.names.get(entry.added_for_id, "a former party")
        did = "Recorded" if entry.seq == 1 else "Reviewed" if entry.is_review else "Changed"
        if entry.is_review:
            did = f"Reviewed on {day(entry.reviewed_on)}, unchanged; recorded"
        return f"{did} by {entry.added_by} for {name} on {day(london_day(entry.added_at))}."

    @cached_property
    def said(self) -> list[tuple[str, str]]:
        """What other parties say of it as it is now: whose word, and which."""
        return [(self._whose(each), "This is right." if each.agrees else each.reason)
                for each in words_on(self.newest)]  # fmt: skip

    def _whose(self, word: DataSharingWord) -> str:
        name = self.names.get(word.organisation_id, "A former party")
        return f"{name}, {word.said_by}, {day(london_day(word.at))}"

    @property
    def buttons(self) -> list[Button]:
        """What the reader can do, the likeliest first."""
        steps = []
        if may_judge(self.acting, self.record, self.newest):
            steps.append(("Say whether it is right", "answer"))
        if may_change(self.acting, self.record):
            steps += [("Reviewed, unchanged", "reviewed"), ("Change it", "change")]
        kinds: list[Any] = ["", "secondary", "secondary"]
        return [
            Button(text, self.at(page), kind=style)
            for (text, page), style in zip(steps, kinds, strict=False)
        ]

    @property
    def may_end(self) -> bool:
        return may_end(self.acting, self.record)

    def at(self, page: str) -> str:
        """The address of one of its forms."""
        where = [self.agreement.reference, self.record.pk]
        return reverse(f"agreements:sharing_{page}", args=where)


def opened(agreement: Agreement, found: Sequence[DataSharingEntry]) -> OpenThings:
    """What was shared on a day, as its page names it."""
    named = tuple(
        OpenThing(str(each.record.number), shortened(each.what, LONGEST), _reviewed_again(each),
                  url=words.page_of(each.record))
        for each in found[:MOST_OPEN]
    )  # fmt: skip
    many = "records of shared data"
    return OpenThings("record of shared data", many, named, len(found), words.list_of(agreement))


def _reviewed_again(entry: DataSharingEntry) -> str:
    review = f", next review on {day(entry.review_on)}" if entry.review_on else ""
    return f"{words.between(entry)}{review}"
