"""The deadline of the meetings that a series owes in a period (A17, A18)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse

from agreements.core.asked_again import is_over_by_notice
from agreements.core.due import read_letters
from agreements.core.recipients import read_managers
from deadlines.kinds import DeadlineKind, ReadOfMany, Recipient
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from house import clock
from house.once import read_together
from mail.kinds import Message
from meetings.mails import SeriesLetter
from meetings.models import Series, SeriesAgreement
from meetings.presenters.words import many_of, noun_of, owed_noun, series_page
from meetings.queries.alike import place_of, read_places
from meetings.queries.sides import clause_asking, read_parties_in
from meetings.queries.tally import Tally, names_by_key, tallies
from meetings.rules.standing import Standing, in_words
from meetings.services.due import OWED_KEY
from meetings.services.telling import managers_under
from nhsuk.components import Link
from nhsuk.dates import day
from nhsuk.words import capital, in_sentence


def _compose(deadline: Deadline, _: Reminder, recipient: Recipient) -> Message:
    series, wanting = _of(deadline), _wanting(deadline)
    about = SeriesLetter(
        series,
        recipient.organisation_id,
        why=recipient.why,
        under={r.agreement_id for r in wanting},
    )
    standing = next(
        each for row, each in wanting.items() if row.agreement.reference in about.references
    )
    over = clock.today() > standing.period.last
    last = standing.period.last
    place = place_of(series, {party.agreement_id for party in about.parties})
    owed = f"{in_words(standing.missing)} {many_of(owed_noun(series), standing.missing)}"
    verb = ("was" if over else "is") if standing.missing == 1 else ("were" if over else "are")
    return about.message(
        f"{owed} not held by {day(last)}{place.in_short}"
        if over
        else f"hold {owed} by {day(last)}{place.in_short}",
        f"{capital(owed)} {about.under} {verb} owed by {day(last)}.{place.in_full}",
        *_what_to_do(standing, over=over),
        button="Open the meetings",
        details=clause_asking(deadline, about.parties),
    )


def _what_to_do(standing: Standing, *, over: bool) -> tuple[str, ...]:
    if over:
        held = standing.past_sentence
        return (held, "If another was held, record it now: it still counts for that time.")
    held = "" if standing.owed.number == 1 else f"{in_words(standing.held).capitalize()} of "
    counted = f"{held}{in_words(standing.owed.number)} held so far." if held else ""
    ask = "Schedule a meeting, or record one that was held elsewhere."
    return (f"{counted} {ask}".strip(),)


def _wanting(deadline: Deadline) -> dict[SeriesAgreement, Standing]:
    """How the deadline's own period, which may be over, stands under the agreements where somebody
    has to act; empty where nobody has to."""
    wanting = _tally_of(deadline).wanting(date.fromisoformat(deadline.occurrence))
    return {row: each for row, each in wanting.items() if not is_over_by_notice(row.agreement)}


def _of(deadline: Deadline) -> Series:
    return _tally_of(deadline).series


def _tally_of(deadline: Deadline) -> Tally:
    return tallies([deadline.subject])[deadline.subject]


def _series(deadlines: Iterable[Deadline]) -> list[Series]:
    """Their series, with what is counted there at hand (four queries, for any number)."""
    return [tally.series for tally in tallies(each.subject for each in deadlines).values()]


def _read(reminders: Sequence[Reminder]) -> None:
    read_letters(reminders)
    found = _series(reminder.deadline for reminder in reminders)
    read_parties_in(found)
    read_places(found)


def _read_people(reminders: Sequence[Reminder]) -> ReadOfMany:
    return read_managers, read_parties_in(_series(reminder.deadline for reminder in reminders))


def _recipients(deadline: Deadline, _: Reminder) -> list[Recipient]:
    """The managers of the agreements under which somebody has to act."""
    return managers_under([row.agreement for row in _wanting(deadline)])


def _lines(deadlines: Sequence[Deadline]) -> Iterator[Line | None]:
    """None where as many meetings are scheduled as are owed (four queries)."""
    with read_together():
        _series(deadlines)
        for deadline in deadlines:
            wanting = _wanting(deadline)
            yield _line(_of(deadline), next(iter(wanting.values()))) if wanting else None


def _names(deadlines: Sequence[Deadline]) -> Mapping[int, str]:
    names = names_by_key(deadline.subject for deadline in deadlines)
    called = {each.pk: names[each.subject] for each in deadlines}
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
