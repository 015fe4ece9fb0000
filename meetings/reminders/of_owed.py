"""The deadline of the meetings that a series owes in a period (A17, A18)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from agreements.core.due import read_letters
from deadlines.kinds import DeadlineKind, Recipient
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from house import clock
from house.once import each_once
from mail.kinds import Message, NotNeeded
from meetings.mails import SeriesLetter
from meetings.models import Meeting, Series
from meetings.presenters.words import noun_of, nouns_of, series_page
from meetings.queries.sides import SERVED, clause_asking, read_parties_in
from meetings.rules.standing import Standing, in_words, owed_by, standing_on
from meetings.services.due import OWED_KEY, days_held
from meetings.services.telling import managers_in
from nhsuk.dates import day
from nhsuk.words import in_sentence


def _recipients(deadline: Deadline, _: Reminder) -> list[Recipient]:
    return managers_in(_of(deadline))


def _compose(deadline: Deadline, _: Reminder, recipient: Recipient) -> Message:
    series = _of(deadline)
    days = series.meetings.scheduled().values_list("day", flat=True)
    standing = _wanting(series, deadline, days_held(series), days)
    if standing is None:
        raise NotNeeded
    over = clock.today() > standing.period.last
    about = SeriesLetter(series, recipient.organisation_id, why=recipient.why)
    last = standing.period.last
    owed = f"{in_words(standing.missing)} {nouns_of(series, standing.missing)}"
    verb = ("was" if over else "is") if standing.missing == 1 else ("were" if over else "are")
    return about.message(
        f"{owed} not held by {day(last)}" if over else f"hold {owed} by {day(last)}",
        f"{owed.capitalize()} {about.under} {verb} owed by {day(last)}.",
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

    Where as many are scheduled in it as are owed, those that are over wait for a record.
    """
    owed, first = owed_by(series.cadence, series.per_year), date.fromisoformat(deadline.occurrence)
    if owed is None:
        return None
    standing = standing_on(first, owed=owed, start=series.counts_from, held_on=held_on)
    coming = sum(day in standing.period for day in scheduled)
    return standing if standing.missing > coming else None


def _of(deadline: Deadline) -> Series:
    return _series([deadline.subject])[deadline.subject]


@each_once(Series)
def _series(keys: Collection[str]) -> dict[str, Series]:
    found = Series.objects.filter(key__in=keys).prefetch_related(SERVED)
    return {str(series.key): series for series in found}


def _read(deadlines: Sequence[Deadline]) -> None:
    read_letters(deadlines)
    read_parties_in(_series(deadline.subject for deadline in deadlines).values())


def _lines(deadlines: Sequence[Deadline]) -> Iterator[Line | None]:
    """None where as many meetings are scheduled as are owed (three queries)."""
    series = Series.objects.filter(key__in={deadline.subject for deadline in deadlines})
    found = {str(each.key): each for each in series}
    held, scheduled = _days(found.values())
    for deadline in deadlines:
        of = found[deadline.subject]
        standing = _wanting(of, deadline, held[of.pk], scheduled[of.pk])
        yield _line(of, standing) if standing else None


def _days(
    series: Iterable[Series],
) -> tuple[dict[int, list[date]], dict[int, list[date]]]:
    """Series id -> the days of its meetings that count, and of those that are scheduled."""
    held: dict[int, list[date]] = defaultdict(list)
    scheduled: dict[int, list[date]] = defaultdict(list)
    meetings = Meeting.objects.filter(series__in=[each.pk for each in series])
    for found, days in ((held, meetings.counted()), (scheduled, meetings.scheduled())):
        for pk, on in days.values_list("series", "day"):
            found[pk].append(on)
    return held, scheduled


def _names(deadlines: Sequence[Deadline]) -> Mapping[int, str]:
    keys = {deadline.subject for deadline in deadlines}
    names = {
        str(key): name
        for key, name in Series.objects.filter(key__in=keys).values_list("key", "name")
    }
    called = {each.pk: names.get(each.subject) for each in deadlines}
    return {pk: f"Owed: {in_sentence(name)}" for pk, name in called.items() if name}


def _line(series: Series, standing: Standing) -> Line:
    ahead = Line(
        f"Schedule a {noun_of(series)}",
        series_page(series),
        "Open the meetings",
        naming="party",
        about=standing.sentence,
    )
    past = f"Record the missing {noun_of(series)}"
    return replace(ahead, late=replace(ahead, act=past, about=standing.past_sentence))


OWED = DeadlineKind(
    key=OWED_KEY,
    label="Meetings that are owed",
    recipients=_recipients,
    compose=_compose,
    lines=_lines,
    together="Schedule meetings",
    noun="Owed meeting",
    reads=_read,
    names=_names,
)
