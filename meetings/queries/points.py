"""What the portal holds for an agenda: news of the agreements since the last meeting (A18)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta

from django.urls import reverse

from agreements.models import Agreement, Happening
from agreements.page.timeline import sentence_of
from house import clock
from house.answers import AgendaPoint
from house.clock import london_instant
from house.rooms import rooms
from meetings.models import Meeting
from nhsuk.dates import day

CONTACTS = ("contact_named", "contact_ended")
# More than this is no agenda any more; the agreement's page has all of it.
MOST = 10
MIDNIGHT = time(0)


def last_held_before(meeting: Meeting) -> date:
    """The day of the meeting before, else the day from which the series counts."""
    earlier = Meeting.objects.filter(series=meeting.series_id, state=Meeting.State.HELD)
    newest = earlier.filter(day__lt=meeting.day).order_by("-day").first()
    return newest.day if newest else meeting.series.counts_from


def points_for(meeting: Meeting, agreements: Sequence[Agreement]) -> dict[str, list[AgendaPoint]]:
    """Topic -> what belongs under it; "" has the news that no source claims.

    For a meeting to come up to today, for one that was held up to its day.
    """
    since, until = last_held_before(meeting), min(meeting.day, clock.today())
    found: dict[str, list[AgendaPoint]] = defaultdict(list)
    for point in [*_contacts(agreements, since, until), *_reviews(meeting, agreements)]:
        found[point.topic].append(point)
    for room in rooms():
        answer = room.agenda_points(agreements, since, until)
        for point in (each for points in answer.values() for each in points):
            found[point.topic].append(point)
    return found


def _contacts(agreements: Sequence[Agreement], since: date, until: date) -> Iterable[AgendaPoint]:
    """Key contacts that changed, the newest first."""
    rows = Happening.objects.filter(
        agreement__in=agreements,
        verb__in=CONTACTS,
        at__gte=london_instant(since, MIDNIGHT),
        at__lt=london_instant(until + timedelta(days=1), MIDNIGHT),
    )
    for happening in rows.select_related("actor__person", "agreement").order_by("-at")[:MOST]:
        yield AgendaPoint(sentence_of(happening), f"{_page(happening.agreement)}people/")


def _reviews(meeting: Meeting, agreements: Iterable[Agreement]) -> Iterable[AgendaPoint]:
    for agreement in agreements if meeting.is_scheduled else ():
        if agreement.review_on:
            verb = "was" if agreement.review_on < clock.today() else "is"
            sentence = f"The review {verb} due on {day(agreement.review_on)}."
            yield AgendaPoint(sentence, _page(agreement))


def _page(agreement: Agreement) -> str:
    return reverse("agreements:agreement", args=[agreement.reference])
