"""The reminders of a disagreement that waits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import Prefetch

from agreements.core.recipients import read_managers
from agreements.core.texts import read_clauses
from agreements.models import Party
from deadlines.kinds import DeadlineKind, ReadOfMany, Recipient
from deadlines.lines import always
from deadlines.models import Deadline, Reminder
from escalations.letters import DisagreementLetter, what_to_do
from escalations.models import Disagreement, Step
from escalations.presenters.lists import HomeLine
from escalations.presenters.words import heading, how_long
from escalations.queries.people import People, steps_with_names
from escalations.rules.levels import awaited, present
from escalations.services.telling import manager_too, of_level
from escalations.services.waiting import AFTER_DAYS, KIND
from house.answers import Todo
from house.clock import london_day
from house.once import each_once
from mail.kinds import Message, NotNeeded
from nhsuk.dates import day
from parties.acting import Acting


def escalation_waits() -> DeadlineKind:
    return DeadlineKind(
        key=KIND,
        label="A disagreement waits at its level",
        noun="Disagreement that waits",
        names=_names,
        recipients=_recipients,
        compose=_compose,
        lines=always(None),
        todos=_todos,
        together="Settle disagreements",
        reads_people=_read_people,
        reads=_read,
    )


def _recipients(deadline: Deadline, _reminder: Reminder) -> Iterable[Recipient]:
    """Those who act at the level for the sides whose turn it is."""
    disagreement = _of(deadline)
    people = People([disagreement])
    for party in _awaited(disagreement, people):
        yield from of_level(people, disagreement, present(disagreement), party)


def _awaited(disagreement: Disagreement, people: People) -> list[Party]:
    """The sides whose turn it is."""
    steps = list(disagreement.steps.all())
    return awaited(steps, disagreement.level, people.parties(disagreement))


def _compose(deadline: Deadline, reminder: Reminder, recipient: Recipient) -> Message:
    disagreement = _of(deadline)
    if not disagreement.is_open:
        raise NotNeeded
    about = DisagreementLetter(
        disagreement, recipient.organisation_id, recipient.person_id, why=recipient.why
    )
    since = day(london_day(deadline.since))
    paragraphs = [_waits(about, since), what_to_do(about)]
    if about.has_to_answer:
        paragraphs.insert(1, f"A proposal of {about.another_side} waits for your answer.")
    if reminder.offset == f"since:+{AFTER_DAYS[-1]}":
        paragraphs.append("This is the last reminder until something moves.")
    what = f"{about.name} has waited for {'you' if about.acts else 'your side'} since {since}"
    return about.message(what, *paragraphs, asks=True)


def _waits(about: DisagreementLetter, since: str) -> str:
    return (
        f"{heading(about.it)} has waited "
        f"since {since}. It has been at the level “{about.level}” for "
        f"{how_long(about.disagreement)}."
    )


def _todos(deadlines: Sequence[Deadline], acting: Acting) -> Mapping[int, Todo]:
    """By who acts at the level now: posts change hands while it waits, and nobody sets it anew."""
    keys = {int(deadline.subject): deadline.pk for deadline in deadlines}
    visible = Disagreement.objects.visible_to(acting).filter(pk__in=keys)
    with_terms = visible.select_related("agreement", "version").order_by("pk")
    found = list(with_terms.prefetch_related(steps_with_names()))
    people = People(found, with_names=True) if found else None
    return {keys[each.pk]: HomeLine(each, people, acting).todo for each in found if people}


def _names(deadlines: Sequence[Deadline]) -> Mapping[int, str]:
    """Deadline id -> "Disagreement 2, at its level", for those who hold it (one query)."""
    keys = {int(deadline.subject): deadline.pk for deadline in deadlines}
    found = Disagreement.objects.filter(pk__in=keys).select_related("version")
    return {keys[each.pk]: f"{heading(each.name)}, at its level" for each in found}


def _of(deadline: Deadline) -> Disagreement:
    return _disagreements([deadline.subject])[deadline.subject]


@each_once(Disagreement, Step)
def _disagreements(subjects: Collection[str]) -> dict[str, Disagreement]:
    """By the keys of their deadlines, with their steps."""
    rows = Disagreement.objects.select_related("agreement", "version").filter(pk__in=subjects)
    steps = Prefetch("steps", Step.objects.order_by("at", "pk"))
    found = {str(each.pk): each for each in rows.prefetch_related(steps)}
    for each in found.values():
        each.version.agreement = each.agreement
    return found


def _read(reminders: Sequence[Reminder]) -> None:
    """Also who acts: `People` asks for what is not at hand alone."""
    found = _disagreements(reminder.deadline.subject for reminder in reminders).values()
    People(list(found))
    read_clauses(disagreement.version_id for disagreement in found)


def _read_people(reminders: Sequence[Reminder]) -> ReadOfMany:
    found = list(_disagreements(each.deadline.subject for each in reminders).values())
    people = People(found)
    return read_managers, (
        party
        for disagreement in found
        for party in _awaited(disagreement, people)
        if manager_too(people, people.on(disagreement, present(disagreement), party))
    )
