"""The list of agreements as records of the design system's table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.http import QueryDict
from django.urls import reverse

from agreements.core.states import agreement_tag, version_tag
from agreements.core.with_whom import with_whom
from agreements.models import Agreement
from agreements.page.queries.listing import Listed
from deadlines.kinds import noun_of
from deadlines.rules.distance import distance
from deadlines.rules.working_days import Holidays
from nhsuk.components import Cell, Column, Link, Tag
from nhsuk.dates import day
from nhsuk.words import in_sentence, plural

State = Agreement.State


def columns(query: QueryDict) -> list[Column]:
    """The columns; those that sort keep the filters that are set."""
    sort = query.get("sort", "")
    return [
        _sorting(Column("Agreement"), query, "title", sort),
        Column("State"),
        _sorting(Column("Next date"), query, "", sort),
    ]


def _sorting(column: Column, query: QueryDict, key: str, sort: str) -> Column:
    changed = query.copy()
    changed.pop("page", None)
    changed["sort"] = key
    return Column(
        column.text,
        sort_href=f"?{changed.urlencode()}",
        sorted="ascending" if key == sort else "",
    )


def rows(listed: Sequence[Listed], today: date, holidays: Holidays) -> list[list[Cell]]:
    return [_row(each, today, holidays) for each in listed]


def _row(listed: Listed, today: date, holidays: Holidays) -> list[Cell]:
    agreement = listed.agreement
    problems = problems_of(listed, today)
    return [
        Cell(
            agreement.title,
            href=reverse("agreements:agreement", args=[agreement.reference]),
            tag=Tag(problems, "red") if problems else None,
            under=f"W{with_whom(listed.others)[1:]}, {agreement.reference}",
        ),
        Cell(tag=agreement_tag(agreement.state)),
        _next(listed, today, holidays),
    ]


def next_words(listed: Listed, today: date) -> str:
    """The next date and what it is; before there is one, what is under way."""
    due = listed.access.next_due_on
    if due is not None:
        what = noun_of(listed.access.next_due_kind)
        return f"{what} {'was due' if due < today else 'due'} {day(due)}"
    newest = listed.newest
    if listed.agreement.state != State.BEING_PREPARED or newest is None:
        return "None"
    if newest.is_draft:
        return "Draft being edited"
    return f"Version {newest.label} is {in_sentence(version_tag(newest.state).text)}"


def _next(listed: Listed, today: date, holidays: Holidays) -> Cell:
    due = listed.access.next_due_on
    return Cell(next_words(listed, today), under=distance(due, today, holidays) if due else "")


def problems_of(listed: Listed, today: date) -> str:
    """What needs attention in words; empty when nothing does."""
    access, found = listed.access, []
    if access.state not in Agreement.WITH_DUTIES:
        return ""
    if access.next_due_on and access.next_due_on < today:
        found.append(f"{in_sentence(noun_of(access.next_due_kind))} overdue")
    if access.vacant_roles:
        found.append(f"{plural(access.vacant_roles, 'contact role')} vacant")
    words = ", ".join(found)
    return words[:1].upper() + words[1:]


def counted(counts: Mapping[str, int], *, narrowed: bool) -> str:
    """How many there are; when the list is narrowed, how many of how many."""
    everything = plural(counts["all"], "agreement")
    if narrowed:
        return f"{counts['matching']:,} of {everything}"
    return everything


def states_counted(counts: Mapping[str, int], href: str) -> list[Link]:
    """Quick ways to narrow the list: each state that there is, and what needs attention."""
    links = [
        Link(f"{State(state).label} ({counts[state]:,})", f"{href}?state={state}")
        for state in State.values
        if counts[state]
    ]
    if counts["attention"]:
        links.append(Link(f"Need attention ({counts['attention']:,})", f"{href}?attention=on"))
    return links
