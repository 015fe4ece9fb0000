"""The deadline of the meetings that a series owes in a period (A17, A18)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse

from agreements.core.due import read_letters
from agreements.core.recipients import read_managers
from deadlines.kinds import DeadlineKind, Recipient
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from house import clock
from house.once import each_once
from mail.kinds import Message, NotNeeded
from meetings.mails import SeriesLetter
from meetings.models import Meeting, Series
from meetings.presenters.words import many_of, noun_of, owed_noun, series_page
from meetings.queries.alike import place_of, read_places
from meetings.queries.sides import clause_asking, read_parties_in, served
from meetings.rules.standing import Standing, covers, in_words, owed_by, standing_on
from meetings.services.due import OWED_KEY
from meetings.services.telling import managers_in
from nhsuk.components import Link
from nhsuk.dates import day
from nhsuk.words import in_sentence


def _recipients(deadline: Deadline, _: Reminder) -> list[Recipient]:
    return managers_in(_of(deadline))


def _compose(deadline: Deadline, _: Reminder, recipient: Recipient) -> Message:
    series = _of(deadline)
    standing = _wanting(series, deadline, *_days([series.pk])[series.pk])
    if standing is None:
        raise NotNeeded
    over = clock.today() > standing.period.last
    about = SeriesLetter(series, recipient.organisation_id, why=recipient.why)
    last = standing.period.last
    place = place_of(series, {party.agreement_id for party in about.parties})
    owed = f"{in_words(standing.missing)} {many_of(owed_noun(series), standing.missing)}"
    verb = ("was" if over else "is") if standing.missing == 1 else ("were" if over else "are")
    return about.message(
        f"{owed} not held by {day(last)}{place.in_short}"
        if over
        else f"hold {owed} by {day(last)}{place.in_short}",
        f"{owed.capitalize()} {about.under} {verb} owed by {day(last)}.{place.in_full}",
        *_what_to_do(standing, over=over),
        button="Open the meetings",
        details=clause_asking(deadline, series),
    )


def _what_to_do(standing: Standing, *, over: bool) -> tuple[str, ...]:
    if over:
        held = standing.past_sentence
        return (held, "If another was held, record it now: it still counts for that time.")
    held = "" if standing.owed.number == 1 else f"{in_words(standing.held).capitalize()} of "
    counted = f"{held}{in_words(standing.owed.number)} held so far." if held else ""
    ask = "Schedule a meeting, or record one that was held elsewhere."
    return (f"{counted} {ask}".strip(),)


def _wanting(
    series: Series, deadline: Deadline, held_on: Iterable[date], scheduled: Iterable[date]
) -> Standing | None:
    """How the deadline's own period stands, which may be over; None where nobody has to act.

    Where as many are scheduled in it as are owed, nobody has to: those that were lately wait for
    their record, which people are asked for. Without one they cover nothing any more.
    """
    owed, first = owed_by(series.cadence, series.per_year), date.fromisoformat(deadline.occurrence)
    if owed is None:
        return None
    standing = standing_on(first, owed=owed, start=series.counts_from, held_on=held_on)
    coming = sum(each in standing.period and covers(each, clock.today()) for each in scheduled)
    return standing if standing.missing > coming else None


def _of(deadline: Deadline) -> Series:
    return _series([deadline.subject])[deadline.subject]


@each_once(Series)
def _series(keys: Collection[str]) -> dict[str, Series]:
    found = Series.objects.filter(key__in=keys).prefetch_related(served())
    return {str(series.key): series for series in found}


def _read(reminders: Sequence[Reminder]) -> None:
    read_letters(reminders)
    found = _series(reminder.deadline.subject for reminder in reminders).values()
    read_parties_in(found)
    read_places(found)
    _days(series.pk for series in found)


def _read_people(reminders: Sequence[Reminder]) -> None:
    found = _series(reminder.deadline.subject for reminder in reminders)
    read_managers(read_parties_in(found.values()))


def _lines(deadlines: Sequence[Deadline]) -> Iterator[Line | None]:
    """None where as many meetings are scheduled as are owed (three queries)."""
    series = Series.objects.filter(key__in={deadline.subject for deadline in deadlines})
    found = {str(each.key): each for each in series}
    days = _days(each.pk for each in found.values())
    for deadline in deadlines:
        of = found[deadline.subject]
        standing = _wanting(of, deadline, *days[of.pk])
        yield _line(of, standing) if standing else None


@each_once(Meeting)
def _days(series: Collection[int]) -> dict[int, tuple[list[date], list[date]]]:
    """By series the days of its meetings that count, and of those that are scheduled."""
    found: dict[int, tuple[list[date], list[date]]] = {pk: ([], []) for pk in series}
    meetings = Meeting.objects.filter(series__in=found)
    for place, rows in enumerate((meetings.counted(), meetings.scheduled())):
        for pk, on in rows.values_list("series", "day"):
            found[pk][place].append(on)
    return found


def _names(deadlines: Sequence[Deadline]) -> Mapping[int, str]:
    keys = {deadline.subject for deadline in deadlines}
    names = {
        str(key): name
        for key, name in Series.objects.filter(key__in=keys).values_list("key", "name")
    }
    called = {each.pk: names.get(each.subject) for each in deadlines}
    return {pk: f"Owed: {in_sentence(name)}" for pk, name in called.items() if name}


def _way(deadline: Deadline) -> Link:
    return Link("Open the meetings", reverse("meetings:series", args=[deadline.subject]))


def _line(series: Series, standing: Standing) -> Line:
    ahead = Line(
        f"Schedule a {noun_of(series)}",
        series_page(series),
        "Open the meetings",
        naming="party",
        about=f"{series.name}: {standing.sentence}",
    )
    past = f"Record the missing {noun_of(series)}"
    late = replace(ahead, act=past, about=f"{series.name}: {standing.past_sentence}")
    return replace(ahead, late=late)


OWED = DeadlineKind(
    key=OWED_KEY,
    label="Meetings that are owed",
    by_text=True,
    recipients=_recipients,
    compose=_compose,
    lines=_lines,
    together="Schedule meetings",
    noun="Owed meeting",
    reads_people=_read_people,
    reads=_read,
    names=_names,
    way=_way,
)
