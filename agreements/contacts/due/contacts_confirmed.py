"""Key contacts are confirmed on a cadence: each is asked by a link, then a manager is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from agreements.contacts.due.asking import about_them, asked_with, holder_of
from agreements.contacts.due.setting import ASK_CONTACTS
from agreements.contacts.links import Asked, confirm_url
from agreements.contacts.queries import asked_of, holders_of, standings_of
from agreements.contacts.rules import Standing
from agreements.core.due import CONTACTS_CONFIRMED, number_in
from agreements.core.lines import Told, told_of
from agreements.core.recipients import managers_of, role_label
from agreements.core.reminding import DeadlineLetter
from agreements.models import Party
from deadlines.kinds import DeadlineKind, Recipient
from deadlines.models import Deadline, Reminder
from house import clock
from house.room import Todo
from mail.kinds import Message, NotNeeded
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import Acting
from parties.models import Role


def recipients(deadline: Deadline, reminder: Reminder) -> Iterable[Recipient]:
    party = Party.objects.get(pk=number_in(deadline.subject_key))
    if reminder.offset not in ASK_CONTACTS:
        return managers_of(party)
    asked = list(asked_with(party))
    if not asked and holders_of(party):
        # Each of them is asked with the date of another agreement, or was just now.
        raise NotNeeded
    return asked


def compose(deadline: Deadline, reminder: Reminder, recipient: Recipient) -> Message:
    about = DeadlineLetter(deadline, recipient)
    if reminder.offset in ASK_CONTACTS:
        return _to_contact(about)
    return _to_manager(about)


def _to_contact(about: DeadlineLetter) -> Message:
    holder = holder_of(about.own, about.recipient)
    asked = asked_of(holder, about.own.organisation) if holder else []
    if holder is None or not asked:
        raise NotNeeded
    by = min(standing.due_on for standing in asked)
    message = about.message(
        "are you still a key contact?",
        f"Please confirm {f'by {day(by)}' if by > clock.today() else 'now'} that you still are:",
        *about_them(asked),
        "One press on the page is enough, and you need no account. There you can also change your "
        "details, or say that it is no longer you.",
        button="Answer",
    )
    url = confirm_url(Asked(holder, about.own.organisation))
    return replace(message, subject=_subject(message.subject, asked), button_url=url)


def _subject(of_one: str, asked: Sequence[Standing]) -> str:
    """With how many agreements it is about besides the one that it names."""
    more = len({each.contact.party.agreement_id for each in asked}) - 1
    return f"{of_one.removesuffix(')')} and {plural(more, 'other')})" if more else of_one


def _to_manager(about: DeadlineLetter) -> Message:
    """Which roles were not confirmed, by their names: who holds them is on the page."""
    today = clock.today()
    late = [s.contact for s in standings_of([about.own]) if s.due_on < today]
    if not late:
        raise NotNeeded
    *most, last = [role_label(about.own, contact.role) for contact in late]
    roles = f"{', '.join(most)} and {last}" if most else last
    assert about.deadline.due_on  # noqa: S101 - it has a date
    return about.message(
        "key contacts not confirmed",
        f"These contacts of {about.own.name} for {about.mou} were to be confirmed by "
        f"{day(about.deadline.due_on)} and have not answered: {roles}.",
        "Ask them, or confirm your contacts yourself. Where somebody has changed, name who "
        f"follows: {about.others} turns to them.",
        button="Confirm your contacts",
        path="contacts/",
    )


def todos(deadlines: Sequence[Deadline], acting: Acting) -> Mapping[int, Todo]:
    told = told_of(deadlines, acting)
    return {pk: _todo(each, acting) for pk, each in told.items()}


def _todo(told: Told, acting: Acting) -> Todo:
    may = acting.has(Role.MANAGER, Role.EDITOR, Role.ADMINISTRATOR)
    return Todo(
        sentence=f"Confirm your key contacts for the MoU {told.with_whom}",
        about=told.agreement.title,
        url=told.url("agreements:contacts" if may else "agreements:agreement"),
        button="Confirm" if may else "Open",
    )


KIND = DeadlineKind(
    key=CONTACTS_CONFIRMED,
    label="Key contacts to confirm",
    noun="Confirmation of key contacts",
    recipients=recipients,
    compose=compose,
    todos=todos,
)
