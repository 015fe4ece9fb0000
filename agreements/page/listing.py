"""The list of agreements: what narrows it, and its rows in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict

from agreements.core.states import agreement_tag, is_passed, version_tag
from agreements.models import Access, Agreement, Version
from agreements.page.queries import ListedAgreement
from deadlines.holidays import bank_holidays
from deadlines.kinds import noun_of
from deadlines.rules.working_days import distance
from house import clock
from nhsuk import forms
from nhsuk.components import Column, Tag
from nhsuk.dates import day
from nhsuk.words import capital, in_sentence, plural

SORTS = [("", "Next date"), ("title", "Title")]


class AgreementFilter(forms.FilterForm):
    """What narrows the list of agreements, and its order."""

    text = forms.LineField(label="Title or party", max_length=100)
    state = forms.SelectField(label="State", choices=[("", "Any"), *Agreement.State.choices])
    party = forms.SelectField(label="Other party")
    sort = forms.SelectField(label="Sort by", choices=SORTS)
    attention = forms.CheckboxField(label="Only those that need attention")

    def __init__(self, data: Any, *, others: Mapping[int, str]) -> None:
        super().__init__(data)
        if others:
            choices = [("", "Any"), *((str(pk), name) for pk, name in others.items())]
            self.fields["party"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["party"]


class StopForm(forms.Form):
    because = forms.TextField(
        label="Why work on it stops",
        help_text="The parties read this.",
        rows=3,
        max_length=300,
        error_messages={"required": "Say why work on it stops"},
    )


State = Agreement.State


def next_words(listed: ListedAgreement, today: date) -> str:
    """The next date and what it is; before there is one, what is under way."""
    due = listed.access.next_due_on
    if due is not None:
        what = noun_of(listed.access.next_due_kind)
        return f"{what} {'was due' if due < today else 'due'} {day(due)}"
    newest = listed.newest
    if newest is None:
        return "None"
    if newest["state"] == Version.State.DRAFT:
        return "Draft being edited"
    return f"Version {newest['label']} is {in_sentence(version_tag(newest['state']).text)}"


def past_end(agreement: Agreement, today: date) -> str:
    """ "Its last day was 31 March 2013", where an MoU has not ended since; else empty."""
    passed = agreement.has_duties and is_passed(agreement.last_day, today)
    return f"Its last day was {day(agreement.last_day)}" if passed else ""


def is_late(access: Access, today: date) -> bool:
    """Whether the nearest date has passed, where the agreement still has duties."""
    due = access.next_due_on
    return access.state in Agreement.WITH_DUTIES and due is not None and due < today


class ListPage:
    """One page of the list, for the filters that its address has."""

    def __init__(
        self,
        listed: Sequence[ListedAgreement],
        counts: Mapping[str, int],
        query: QueryDict,
        *,
        narrowed: bool,
    ) -> None:
        self.listed, self.counts, self.query, self.narrowed = listed, counts, query, narrowed
        self.today, self.holidays = clock.today(), bank_holidays()
        self.state_tag = agreement_tag

    @property
    def columns(self) -> list[Column | str]:
        """Those that sort keep the filters that are set."""
        return [self._sorting("Agreement", "title"), "State", self._sorting("Next date", "")]

    def problems(self, listed: ListedAgreement) -> Iterator[Tag]:
        """What needs attention in words, each by itself: one tag of both would not fit a phone."""
        access = listed.access
        if access.state not in Agreement.WITH_DUTIES:
            return
        if is_late(access, self.today):
            yield Tag(f"{capital(in_sentence(noun_of(access.next_due_kind)))} late", "red")
        if access.vacant_roles:
            yield Tag(f"{plural(access.vacant_roles, 'contact role')} vacant", "red")

    def next_date(self, listed: ListedAgreement) -> str:
        return next_words(listed, self.today)

    def past_end(self, listed: ListedAgreement) -> str:
        return past_end(listed.agreement, self.today)

    def how_far(self, listed: ListedAgreement) -> str:
        due = listed.access.next_due_on
        return distance(due, self.today, self.holidays) if due else ""

    @property
    def counted(self) -> str:
        """How many there are; when the list is narrowed, how many of how many."""
        everything = plural(self.counts["all"], "agreement")
        return f"{self.counts['matching']:,} of {everything}" if self.narrowed else everything

    @property
    def ways(self) -> Iterator[tuple[str, str]]:
        """Quick ways to narrow the list, each with its query: a state, what needs attention."""
        for state in State:
            if count := self.counts[state]:
                yield f"?state={state}", f"{state.label} ({count:,})"
        if count := self.counts["attention"]:
            yield "?attention=on", f"Need attention ({count:,})"

    def _sorting(self, heading: str, key: str) -> Column:
        changed = self.query.copy()
        changed.pop("page", None)
        changed["sort"] = key
        now = self.query.get("sort", "") == key
        href = f"?{changed.urlencode()}"
        return Column(heading, sort_href=href, sorted="ascending" if now else "")
