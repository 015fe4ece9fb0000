"""The kind of deadline that an action is: who is reminded, and what is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from agreements.core.letters import AgreementLetter
from agreements.core.texts import clause_bound_to
from commitments.models import Action
from commitments.presenters.words import page_of
from commitments.services.due import KEEPS, KIND
from commitments.services.telling import with_managers, workers_on
from deadlines.kinds import DeadlineKind, Recipient
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from house import clock
from mail.kinds import Message, NotNeeded
from nhsuk.dates import day

# Two weeks late: due more than 13 days ago.
LONG = timedelta(days=13)


def _recipients(deadline: Deadline, _: Reminder) -> list[Recipient]:
    """Whoever has it; the owner's MoU manager besides, once it has been late for two weeks."""
    action = _of(deadline)
    is_long_overdue = action.is_overdue(clock.today() - LONG)
    return with_managers(action) if is_long_overdue else workers_on(action)


def _compose(deadline: Deadline, _: Reminder, recipient: Recipient) -> Message:
    action = _of(deadline)
    if not action.is_open:
        raise NotNeeded
    letter, due = AgreementLetter(action.agreement, action.owner, why=recipient.why), _due(action)
    return letter.message(
        f"action {action.number} {due}",
        f"Action {action.number} under the {letter.mous} {due}.",
        *_with_whom(action, recipient),
        "If it is done, mark it done. If it is not, note how far it is.",
        button="Open the action",
        to=page_of(action),
        details=_clause(deadline, action),
    )


def _due(action: Action) -> str:
    assert action.due_on  # noqa: S101 - a deadline has a date
    days = (action.due_on - clock.today()).days
    if days == 0:
        return "is due today"
    return f"{'is' if days > 0 else 'was'} due on {day(action.due_on)}"


def _with_whom(action: Action, recipient: Recipient) -> tuple[str, ...]:
    """Whoever is told besides the person who has it learns who that is."""
    if action.person and action.person_id != recipient.person_id:
        return (f"It is with {action.person.name}.",)
    return () if action.person else ("Nobody is named for it yet.",)


def _clause(deadline: Deadline, action: Action) -> tuple[str, ...]:
    clause = clause_bound_to(action.agreement, KEEPS) if deadline.clause_key else None
    return (clause.says_so,) if clause else ()


def _of(deadline: Deadline) -> Action:
    """The action of a deadline, with what its e-mails need."""
    rows = Action.objects.select_related("agreement__in_force_version", "owner", "person__user")
    return rows.get(key=deadline.subject)


def _lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """One query."""
    actions = Action.objects.filter(key__in=[deadline.subject for deadline in deadlines])
    found = {str(action.key): action for action in actions}
    for action in (found[deadline.subject] for deadline in deadlines):
        act = f"Do action {action.number}: {action.what}"
        yield Line(act, page_of(action), "Open the action", naming="nobody")


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
    names=_names,
)
