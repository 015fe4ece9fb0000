"""What an agreement's page says of its meetings: how they stand, whether A17 and A18 are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from agreements.models import Agreement
from agreements.page.kept import WORST_FIRST
from commitments.rules import may_record
from house.answers import Evidence, Keeping, Section
from meetings.models import Meeting, Series
from meetings.presenters import words
from meetings.presenters.words import meeting_page, standing_words
from meetings.queries.seen import Overview
from meetings.queries.sides import KEEPS
from meetings.rules.standing import Standing
from nhsuk.components import Button
from nhsuk.dates import day
from nhsuk.words import and_list
from parties.acting import Acting

ORDER = {"wider": 0, "locality": 1, "other": 2}
MOST = 3
NOTHING_YET = "No meeting of this kind is recorded yet."


def section_of(agreement: Agreement, overviews: Sequence[Overview], acting: Acting) -> Section:
    """How each of its series stands, with the ways to call or record a meeting.

    The way to a new meeting of the first series is in the section's heading.
    """
    recorder = agreement.takes_acts and may_record(acting, agreement)
    in_order = sorted(overviews, key=lambda each: (ORDER[each.purpose], each.series.pk))
    first = in_order[0] if in_order and recorder else None
    return Section(
        anchor="meetings",
        heading="Meetings",
        position=30,
        template="meetings/section.jinja",
        context={
            "overviews": in_order,
            "first": first,
            "may_record": recorder,
            "reference": agreement.reference,
            "words": words,
        },
        action=_schedule(first.series) if first else None,
    )


def _schedule(series: Series) -> Button:
    return Button("Schedule a meeting", reverse("meetings:schedule", args=[series.key]))


def keepings_of(overviews: Sequence[Overview]) -> dict[str, Keeping]:
    """What the clauses of one agreement can be bound to here; `overviews` are of its series."""
    return {binding: _of_purpose(overviews, purpose) for purpose, binding in KEEPS.items()}


def _of_purpose(overviews: Iterable[Overview], purpose: str) -> Keeping:
    found = [each for each in overviews if each.purpose == purpose]
    if not found:
        return Keeping("nothing_yet", NOTHING_YET)
    return _of(found[0]) if len(found) == 1 else _together(found)


def _together(found: Sequence[Overview]) -> Keeping:
    """Several series that the terms ask for: the worst counts, and each is said by its name."""
    kept = [(each.series.name, _of(each)) for each in sorted(found, key=lambda o: o.series.pk)]
    state = min((keeping.state for _, keeping in kept), key=WORST_FIRST.index)
    sentence = " ".join(f"{name}: {keeping.sentence}" for name, keeping in kept)
    return Keeping(state, sentence, tuple(e for _, keeping in kept for e in keeping.evidence))


def _of(overview: Overview) -> Keeping:
    standing, previous = overview.standing, overview.previous
    if standing is None:
        return _as_required(overview)
    if not standing.missing:
        counted = _in(overview, standing)
        return Keeping("kept", standing_words(overview), _evidence(counted))
    if previous and previous.missing:
        sentence = _with_unrecorded(overview, previous.past_sentence, standing.sentence)
        return Keeping("missed", sentence, _evidence(_in(overview, previous)))
    sentence = _with_unrecorded(overview, standing.sentence)
    return Keeping("due", sentence, _evidence(_in(overview, standing)))


def _as_required(overview: Overview) -> Keeping:
    """Held as required: kept as soon as one is on record."""
    held = overview.counted
    if not held:
        return Keeping("nothing_yet", _with_unrecorded(overview, NOTHING_YET))
    sentence = f"{standing_words(overview)} The last was on {day(held[0].day)}."
    return Keeping("kept", sentence, _evidence(held))


def _with_unrecorded(overview: Overview, *sentences: str) -> str:
    """What was scheduled and is over counts for nothing before somebody says what happened."""
    days = [day(meeting.day) for meeting in reversed(overview.to_record)]
    if days:
        of = "The meeting" if len(days) == 1 else "The meetings"
        verb = "is" if len(days) == 1 else "are"
        sentences += (f"{of} of {and_list(days)} {verb} not recorded yet.",)
    return " ".join(sentences)


def _in(overview: Overview, standing: Standing) -> list[Meeting]:
    return [meeting for meeting in overview.counted if meeting.day in standing.period]


def _evidence(meetings: Sequence[Meeting]) -> tuple[Evidence, ...]:
    return tuple(Evidence(day(each.day), meeting_page(each)) for each in meetings[:MOST])
