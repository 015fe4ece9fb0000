"""The kind of deadline that the review of a risk is: who is reminded, and what is said (C08)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from django.urls import reverse

from agreements.core.asked_again import is_over_by_notice
from agreements.core.due import (
    DeadlineLetter,
    agreement_of,
    due_in_short,
    due_in_words,
    letters_with,
    people_with,
)
from agreements.core.recipients import managers_of
from commitments.logs.services.due import KIND, recorders_of
from commitments.models import LogEntry
from deadlines.kinds import DeadlineKind, Recipient
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from house.once import each_once
from mail.kinds import Message, NotNeeded
from parties.who import RECORDERS


def _recipients(deadline: Deadline, _: Reminder) -> list[Recipient]:
    """The MoU manager of whoever recorded the risk."""
    entry, agreement = _entries([deadline.subject])[deadline.subject], agreement_of(deadline)
    if not entry.is_open or agreement.is_over or is_over_by_notice(agreement):
        raise NotNeeded
    entry.agreement = agreement
    return [each for party in recorders_of(entry) for each in managers_of(party)]


def _compose(deadline: Deadline, _: Reminder, recipient: Recipient) -> Message:
    about = DeadlineLetter(deadline, recipient)
    entry = _entries([deadline.subject])[deadline.subject]
    assert deadline.due_on  # noqa: S101 - set with a day
    return about.message(
        f"review risk {entry.number}, {due_in_short(deadline.due_on)}",
        f"Your organisation recorded risk {entry.number} under {about.mou}. Its review "
        f"{due_in_words(deadline.due_on)}.",
        "Look whether it still holds. Then record that you reviewed it, or close it.",
        button="Open the risk",
        to=reverse("commitments:log_entry", args=[entry.key]),
    )


@each_once(LogEntry)
def _entries(subjects: Collection[str]) -> dict[str, LogEntry]:
    """By the subject of a deadline: the entry's id (one query)."""
    rows = LogEntry.objects.filter(pk__in=[int(each) for each in subjects])
    return {str(each.pk): each for each in rows.select_related("recorded_for")}


def _lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    found = _entries(each.subject for each in deadlines)
    for entry in (found[each.subject] for each in deadlines):
        page = reverse("commitments:log_entry", args=[entry.key])
        act = f"Review risk {entry.number}: {entry.what}"
        yield Line(act, page, "Open the risk", may=RECORDERS.roles, naming="nobody")


def _names(deadlines: Sequence[Deadline]) -> Mapping[int, str]:
    found = _entries(each.subject for each in deadlines)
    named = ((each.pk, found.get(each.subject)) for each in deadlines)
    return {pk: f"Review of risk {entry.number}: {entry.what}" for pk, entry in named if entry}


RISK_REVIEW = DeadlineKind(
    key=KIND,
    label="Reviews of risks that you recorded",
    recipients=_recipients,
    compose=_compose,
    lines=_lines,
    together="Review risks",
    required=False,
    noun="Review of a risk",
    reads_people=people_with(_entries),
    reads=letters_with(_entries),
    names=_names,
)
