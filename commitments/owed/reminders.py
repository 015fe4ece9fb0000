"""The kinds of deadlines that a commitment has: who is reminded, and what is said (A16, B09).

All that is owed by a day comes in one e-mail a week: its reminders go on the week's first working
day, as lines of that day's digest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from django.urls import reverse

from agreements.core.due import (
    asked_by,
    due_in_short,
    due_in_words,
    letters_with,
    people_with,
)
from agreements.core.letters import AgreementLetter
from agreements.core.parties import there_today
from agreements.core.recipients import managers_of
from commitments.models import Commitment
from commitments.owed.services.due import KIND, TO_CONFIRM
from commitments.owed.services.locking import with_parties
from commitments.owed.words import page_of
from commitments.services.telling import worker_for
from deadlines.kinds import (
    DeadlineKind,
    Recipient,
    of_person,
    of_team,
    without_reminders,
)
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from house import clock
from house.once import each_once
from mail.kinds import Message, NotNeeded
from parties.models import Team

# Two weeks late: the MoU manager is told besides who leads it.
LONG = timedelta(days=13)
WEEKLY = "what is owed by a day is told once a week, in one e-mail."


def _recipients(deadline: Deadline, _: Reminder) -> list[Recipient]:
    """Who leads it; the MoU manager where nobody does, and besides once it is late for long. Of
    what somebody outside owes, all MoU managers."""
    commitment = _of(deadline)
    owing = commitment.owed_by
    told = _leads(commitment)
    is_long_late = deadline.due_on is not None and deadline.due_on < clock.today() - LONG
    if owing is None:
        for party in there_today(commitment.agreement):
            told += managers_of(party)
    elif not told or is_long_late:
        told += managers_of(owing)
    found: dict[str, Recipient] = {}
    for each in told:
        found.setdefault(each.address, replace(each, one_a_day=True))
    return list(found.values())


def _leads(commitment: Commitment) -> list[Recipient]:
    if commitment.owed_by is None:
        return []
    if commitment.team:
        return _members(commitment.team)
    called = f"commitment {commitment.number}"
    worker = worker_for(commitment.person, commitment.owed_by.organisation, called)
    return [worker] if worker else []


def _members(team: Team) -> list[Recipient]:
    """Each in person, so that all of a week is one e-mail; of an empty team its address."""
    why = f"it is with the team {team.name}."
    rows = team.members.current().select_related("person__user")
    found = (of_person(row.person, team.organisation, why) for row in rows)
    return [each for each in found if each] or [of_team(team)]


def _compose(deadline: Deadline, _: Reminder, recipient: Recipient) -> Message:
    commitment = _of(deadline)
    if not commitment.is_running:
        raise NotNeeded
    own = (p for p in commitment.agreement.sides if p.organisation.pk == recipient.organisation_id)
    letter = AgreementLetter(commitment.agreement, next(own, None), why=recipient.why)
    assert deadline.due_on  # noqa: S101 - set with a day
    return letter.message(
        f"record what was done for commitment {commitment.number}, {due_in_short(deadline.due_on)}",
        f"Commitment {commitment.number} under your {letter.mous} {due_in_words(deadline.due_on)}.",
        "Say what was done and what shows it. If it was not done, say why.",
        button="Open the commitment",
        to=page_of(commitment),
        details=asked_by(deadline, commitment.agreement),
    )


def _of(deadline: Deadline) -> Commitment:
    return _commitments([deadline.subject])[deadline.subject]


@each_once(Commitment)
def _commitments(keys: Collection[str]) -> dict[str, Commitment]:
    rows = Commitment.objects.filter(key__in=keys)
    related = ("agreement__in_force_version", "person__user", "team__organisation", "recorded_for")
    found = {str(each.key): each for each in rows.select_related(*related)}
    for each in found.values():
        with_parties(each, each.agreement)
    return found


def _lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """One query."""
    found = _named(deadlines)
    for deadline in deadlines:
        key, what = deadline.subject, found[deadline.subject][1]
        first, _, number = deadline.occurrence.rpartition("-")
        page = reverse("commitments:owed_record", args=[key, first, int(number)])
        ahead = Line(f"Record what was done: {what}", page, "Record it", naming="nobody")
        yield replace(ahead, late=replace(ahead, act=f"Record what was done, or why not: {what}"))


def _questions(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """What who owes it is asked of each; everybody may read its page (one query)."""
    found = _named(deadlines)
    for deadline in deadlines:
        number, what, recorded_for = found[deadline.subject]
        yield Line(
            f"Say whether commitment {number} is right: {what}",
            reverse("commitments:owed", args=[deadline.subject]),
            "Open the commitment",
            naming="nobody",
            recorded_for=recorded_for or 0,
        )


def _named(deadlines: Sequence[Deadline]) -> dict[str, tuple[int, str, int | None]]:
    rows = Commitment.objects.filter(key__in={each.subject for each in deadlines})
    columns = ("key", "number", "what", "recorded_for")
    return {str(key): (number, what, by) for key, number, what, by in rows.values_list(*columns)}


def _names(deadlines: Sequence[Deadline]) -> Mapping[int, str]:
    found = _named(deadlines)
    named = ((each.pk, found.get(each.subject)) for each in deadlines)
    return {pk: f"Commitment {known[0]}: {known[1]}" for pk, known in named if known}


COMMITMENT = DeadlineKind(
    key=KIND,
    label="Commitments that are due",
    recipients=_recipients,
    compose=_compose,
    lines=_lines,
    together="Record what was done",
    by_text=True,
    gathered=WEEKLY,
    noun="Commitment",
    reads_people=people_with(_commitments),
    reads=letters_with(_commitments),
    names=_names,
)

COMMITMENT_TO_CONFIRM = without_reminders(
    TO_CONFIRM, "Commitment to confirm", _questions, "Say whether commitments are right"
)
