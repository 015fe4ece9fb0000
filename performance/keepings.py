"""Are requests answered as the text says? From what the reader may see, with evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.urls import reverse

from agreements.models import Agreement
from house.answers import Evidence, Keeping
from nhsuk.words import and_list, plural
from parties.acting import Acting
from performance.models import Consultation, Request
from performance.queries import counted_under
from performance.rules.figures import Counted, Figures, figures, place_of

Kind, View = Request.Kind, Consultation.View
KINDS = {
    "information_requests": "requests for information, in the time of the standard",
    "queries": "queries, in the time of the standard",
    "standards": "standards of service and what they leave out",
    "practice_visits": "support for practice visits, to the extent agreed",
    "foi_consultation": "consultations on freedom-of-information requests",
}
# What each counts; the standards together count whatever has days.
OF_KIND = {"information_requests": Kind.INFORMATION, "queries": Kind.QUERY}
NOTHING = {
    "information_requests": "No request for information so far.",
    "queries": "No query so far.",
    "standards": "No request so far that a standard is for.",
    "practice_visits": "Nobody has asked for support so far.",
    "foi_consultation": "No consultation so far.",
}


def keepings(agreements: Sequence[Agreement], acting: Acting) -> dict[int, dict[str, Keeping]]:
    """Agreement id -> key -> the answer."""
    found = counted_under(agreements, acting)
    return {each.pk: _of(each, found[each.pk]) for each in agreements}


def _of(agreement: Agreement, rows: Sequence[Counted]) -> dict[str, Keeping]:
    kinds = {key: [row for row in rows if row.kind == kind] for key, kind in OF_KIND.items()}
    by_standard = [row for row in rows if row.by_standard]
    asked = {**kinds, "standards": by_standard}
    visits = [row for row in rows if row.kind == Kind.PRACTICE_VISIT]
    foi = [row for row in rows if row.kind == Kind.FOI]
    return {
        **{key: _by_days(agreement, key, of_key) for key, of_key in asked.items()},
        "practice_visits": _visits(agreement, visits),
        "foi_consultation": _foi(agreement, foi),
    }


def _by_days(agreement: Agreement, key: str, rows: Sequence[Counted]) -> Keeping:
    counts, kind = figures(rows), str(OF_KIND.get(key, ""))
    listed = _lists(agreement, kind, counts)
    if counts.late:
        return Keeping("missed", counts.sentence, listed)
    if counts.in_time or any(row.state == Request.State.ANSWERED for row in _undated(rows)):
        return Keeping("kept", counts.sentence, listed)
    if counts.running or counts.undated or counts.disputed:
        return Keeping("due", counts.sentence)
    return Keeping("nothing_yet", counts.sentence or NOTHING[key], listed)


def _undated(rows: Sequence[Counted]) -> list[Counted]:
    return [row for row in rows if place_of(row) == "undated"]


def _visits(agreement: Agreement, rows: Sequence[Counted]) -> Keeping:
    """Kept where help was given to an extent that is on record."""
    rows = [row for row in rows if row.state != Request.State.EXCLUDED]
    helped = [row for row in rows if row.state == Request.State.ANSWERED and not row.is_disputed]
    agreed = [row for row in helped if row.has_extent]
    late = [row for row in rows if place_of(row) == "late"]
    parts = [
        (len(agreed), "answered with its extent agreed"),
        (len(helped) - len(agreed), "answered with no extent on record"),
        (len(late), "late"),
        (sum(row.is_open and row not in late for row in rows), "open"),
        (sum(row.is_disputed and not row.is_open for row in rows), "said to be not right"),
    ]
    sentence = _counted("visit", len(rows), parts)
    listed = _listed(agreement, Kind.PRACTICE_VISIT, "answered", "Answered visits")
    if late:
        late_ones = _listed(agreement, Kind.PRACTICE_VISIT, "missed", "Late visits")
        return Keeping("missed", sentence, (late_ones, *([listed] if helped else [])))
    if agreed:
        return Keeping("kept", sentence, (listed,))
    return Keeping("due", sentence) if rows else Keeping("nothing_yet", NOTHING["practice_visits"])


def _foi(agreement: Agreement, rows: Sequence[Counted]) -> Keeping:
    """Kept where the view came, or its day had passed, before the decision, in the days of the
    law."""
    decided = [row for row in rows if row.state == Request.State.ANSWERED]
    with_view = _count(decided, lambda row: row.decided_with == View.CAME)
    overdue = _count(decided, lambda row: row.decided_with == View.OVERDUE)
    before = _count(decided, lambda row: row.decided_with == View.BEFORE)
    late = _count(rows, lambda row: place_of(row) == "late")
    parts = [
        (with_view, "decided after the view came"),
        (overdue, "decided when the day for the view had passed, with the reason"),
        (before, "decided before the view came"),
        (late, "past the legal limit"),
        (_count(rows, lambda row: row.is_open), "open"),
    ]
    sentence = _counted("consultation", len(rows), parts)
    listed = _listed(agreement, Kind.FOI, "answered", "Consultations decided")
    if before or late:
        return Keeping("missed", sentence, (listed,))
    if with_view or overdue:
        return Keeping("kept", sentence, (listed,))
    return Keeping("due", sentence) if rows else Keeping("nothing_yet", NOTHING["foi_consultation"])


def _count(rows: Sequence[Counted], which: Callable[[Counted], object]) -> int:
    return sum(bool(which(row)) for row in rows)


def _counted(noun: str, total: int, parts: Sequence[tuple[int, str]]) -> str:
    """ "In the last year 3 visits: 2 answered with their extent agreed and 1 open."."""
    said = [f"{count} {words}" for count, words in parts if count]
    return f"In the last year {plural(total, noun)}: {and_list(said)}."


def _lists(agreement: Agreement, kind: str, counts: Figures) -> tuple[Evidence, ...]:
    asked = (
        (counts.late, "missed", "Late"),
        (counts.in_time or counts.undated, "answered", "Answered"),
        (counts.in_time, "", "Open"),
        (counts.excluded, "excluded", "Left out"),
    )
    return tuple(
        _listed(agreement, kind, state, f"{word} requests") for many, state, word in asked if many
    )


def _listed(agreement: Agreement, kind: str, state: str, called: str) -> Evidence:
    url = f"{reverse('requests:list')}?agreement={agreement.reference}&kind={kind}&state={state}"
    return Evidence(called, url)
