"""The kinds of deadlines that an action is: who is reminded, what is said, what its owner says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta

from agreements.core.due import asked_by, due_in_short, due_in_words, letters_with
from agreements.core.letters import AgreementLetter
from agreements.core.recipients import read_managers
from agreements.models import read_holders
from commitments.models import Action
from commitments.presenters.words import page_of
from commitments.services.due import KIND, TO_CONFIRM
from commitments.services.telling import with_managers, worker_on, workers_on
from deadlines.kinds import DeadlineKind, ReadOfMany, Recipient, without_reminders
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from house import clock
from house.once import each_once
from mail.kinds import Message, NotNeeded
from parties.reader import there

# Two weeks late: due more than 13 days ago.
LONG = timedelta(days=13)


def _recipients(deadline: Deadline, _: Reminder) -> list[Recipient]:
    """Whoever has it; the owner's MoU manager besides, once it has been late for two weeks."""
    action = _of(deadline)
    return with_managers(action) if _is_long_overdue(action) else workers_on(action)


def _is_long_overdue(action: Action) -> bool:
    return action.is_overdue(clock.today() - LONG)


def _compose(deadline: Deadline, _: Reminder, recipient: Recipient) -> Message:
    action = _of(deadline)
    if not action.is_open:
        raise NotNeeded
    letter = AgreementLetter(action.agreement, action.owner, why=recipient.why)
    letter.replies_to(action.recorded_by, action.recorded_for_id)
    assert action.due_on  # noqa: S101 - a deadline has a date
    return letter.message(
        f"do action {action.number}, {due_in_short(action.due_on)}",
        f"Action {action.number} under your {letter.mous} {due_in_words(action.due_on)}.",
        *_with_whom(action, recipient),
        "If it is done, mark it done. If it is not, note how far it is.",
        button="Open the action",
        to=page_of(action),
        details=asked_by(deadline, action.agreement),
    )


def _with_whom(action: Action, recipient: Recipient) -> tuple[str, ...]:
    """Whoever is told besides the person who has it learns who that is."""
    if action.person and action.person_id != recipient.person_id:
        return (f"It is with {action.person.name}.",)
    return () if action.person else ("Nobody is named for it yet.",)


def _of(deadline: Deadline) -> Action:
    """The action of a deadline, with what its e-mails need."""
    return _actions([deadline.subject])[deadline.subject]


@each_once(Action)
def _actions(keys: Collection[str]) -> dict[str, Action]:
    rows = Action.objects.select_related(
        "agreement__in_force_version", "owner", "person__user", "recorded_by__person"
    )
    found = {str(action.key): action for action in rows.filter(key__in=keys)}
    for action in found.values():
        action.owner.agreement = action.agreement
    return found


def _read_people(reminders: Sequence[Reminder]) -> ReadOfMany:
    """Whoever has the actions, and the managers who are told of some."""
    found = _actions(reminder.deadline.subject for reminder in reminders).values()
    read_holders(action.owner for action in found)
    there((each.person_id, each.owner.organisation.pk) for each in found if each.person_id)
    told = (each.owner for each in found if _is_long_overdue(each) or not worker_on(each))
    return read_managers, told


def _lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """One query."""
    actions = Action.objects.filter(key__in=[deadline.subject for deadline in deadlines])
    found = {str(action.key): action for action in actions}
    for action in (found[deadline.subject] for deadline in deadlines):
        act = f"Do action {action.number}: {action.what}"
        yield Line(act, page_of(action), "Open the action", naming="nobody")


def _questions(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """What the owner is asked of each; everybody may read its page (one query)."""
    actions = Action.objects.in_bulk([int(deadline.subject) for deadline in deadlines])
    for action in (actions[int(deadline.subject)] for deadline in deadlines):
        yield Line(
            f"Say whether action {action.number} is right: {action.what}",
            page_of(action),
            "Open the action",
            naming="nobody",
            recorded_for=action.recorded_for_id,
        )


def _names(deadlines: Sequence[Deadline]) -> Mapping[int, str]:
    keys = {deadline.subject: deadline.pk for deadline in deadlines}
    rows = Action.objects.filter(key__in=keys).values_list("key", "number", "what")
    return {keys[str(key)]: f"Action {number}: {what}" for key, number, what in rows}


ACTION = DeadlineKind(
    key=KIND,
    label="Actions that are yours",
    recipients=_recipients,
    compose=_compose,
    lines=_lines,
    together="Do what was agreed",
    required=False,
    noun="Action",
    reads_people=_read_people,
    reads=letters_with(_actions),
    names=_names,
)

ACTION_TO_CONFIRM = without_reminders(
    TO_CONFIRM, "Action to confirm", _questions, "Say whether actions are right"
)
