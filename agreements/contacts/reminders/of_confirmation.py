"""The reminders to confirm key contacts: they are asked themselves, then their manager is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from agreements.contacts.asking import (
    about_them,
    asked_with,
    holder_of,
    read_about_them,
    read_asked,
    url_for,
)
from agreements.contacts.due import ASK_CONTACTS, parties_about, party_of
from agreements.contacts.queries import ContactStanding, read_agreements, standings_of
from agreements.contacts.turns import asked_together, holders_of
from agreements.core.asked_again import is_over_by_notice
from agreements.core.due import CONTACTS_CONFIRMED, DeadlineLetter, asked_by, read_letters
from agreements.core.letters import Letter
from agreements.core.recipients import gets_mail, managers_of, read_managers, role_label
from agreements.models import (
    Agreement,
    ContactConfirmation,
    KeyContact,
    Party,
    Version,
    read_parties,
)
from deadlines.kinds import DeadlineKind, ReadOfMany, Recipient
from deadlines.lines import Line, always
from deadlines.models import Deadline, Reminder
from house import clock
from house.once import each_once
from mail.kinds import Message, NotNeeded
from nhsuk.dates import day
from nhsuk.words import and_list
from parties.who import CONTACT_KEEPERS


def _to_ask(deadline: Deadline, reminder: Reminder) -> Iterable[Recipient]:
    party = party_of(deadline)
    if is_over_by_notice(party.agreement):
        raise NotNeeded
    if reminder.offset not in ASK_CONTACTS:
        return managers_of(party)
    asked = list(asked_with(party))
    if not asked and holders_of([party.pk])[party.pk]:
        # Each of them is asked with the date of another agreement, or was just now.
        raise NotNeeded
    return asked


def _question(deadline: Deadline, reminder: Reminder, recipient: Recipient) -> Message:
    about = DeadlineLetter(deadline, recipient)
    if reminder.offset in ASK_CONTACTS:
        return _to_contact(about)
    return _to_manager(about)


def _to_contact(about: DeadlineLetter) -> Message:
    holder = holder_of(about.own, about.recipient)
    key = (holder, about.own.organisation.pk) if holder else None
    found = asked_together([key])[key] if key else []
    read_agreements(found)
    asked = [each for each in found if gets_mail(each.contact.party, each.contact.role)]
    if holder is None or not asked:
        raise NotNeeded
    due_on = min(standing.due_on for standing in asked)
    by = f"by {day(due_on)}" if due_on > clock.today() else "now"
    message = _of_all(asked, about).message(
        f"confirm {by} that you are still a key contact",
        f"Please confirm {by} that you still are:",
        *about_them(asked),
        "One press on the page is enough, and you need no account. There you can also change your "
        "details, or say that it is no longer you.",
        button="Answer",
        details=asked_by(about.deadline, about.agreement),
    )
    return replace(message, button_url=url_for(holder, about.own))


def _of_all(asked: Iterable[ContactStanding], about: DeadlineLetter) -> Letter:
    """A letter about all the agreements that somebody is asked about, with whatever date."""
    found = {each.contact.party.agreement_id: each.contact.party.agreement for each in asked}
    agreements = sorted(found.values(), key=lambda agreement: agreement.reference)
    read_parties(agreements)
    own = about.own.organisation.pk
    parties = (party for agreement in agreements for party in agreement.sides)
    others = [party.name for party in parties if party.organisation.pk != own]
    return Letter(others, agreements, page=about.page, why=about.why)


def _to_manager(about: DeadlineLetter) -> Message:
    """Which roles were not confirmed, by their names: who holds them is on the page."""
    today = clock.today()
    late = [s.contact for s in _standings([about.own.pk])[about.own.pk] if s.due_on < today]
    if not late:
        raise NotNeeded
    assert about.deadline.due_on  # noqa: S101 - it has a date
    by, turn = day(about.deadline.due_on), about.others_do("turns", "turn")
    return about.message(
        f"key contacts not confirmed by {by}",
        *_not_answered(about, late, by),
        f"Where somebody has changed, name who follows: {turn} to them.",
        button="Confirm your contacts",
        path="contacts/",
    )


def _not_answered(about: DeadlineLetter, late: Sequence[KeyContact], by: str) -> Iterator[str]:
    """Whom the manager can ask; they are not told to ask themselves."""
    mine = about.recipient.person_id
    own = [role_label(about.own, each.role) for each in late if each.person_id == (mine or 0)]
    others = [role_label(about.own, each.role) for each in late if each.person_id != (mine or 0)]
    if others:
        yield (
            f"These contacts of {about.own.name} for {about.mou} were to be confirmed by {by} and "
            f"have not answered: {and_list(others)}."
        )
        yield "Ask them, or confirm your contacts yourself."
    if own:
        yield (
            f"You were asked to confirm by {by} that you still are {and_list(own)} of "
            f"{about.own.name} for {about.mou}. Confirm it with your other contacts."
        )


def _read_to_ask(reminders: Sequence[Reminder]) -> ReadOfMany:
    to_ask, to_tell = _of_whom(reminders)
    read_asked(to_ask)
    return read_managers, to_tell


def _of_whom(reminders: Sequence[Reminder]) -> tuple[list[Party], list[Party]]:
    """The parties whose contacts are asked, and those whose managers are told of them."""
    found = parties_about(reminder.deadline.subject for reminder in reminders)
    of = [(found[each.deadline.subject], each.offset in ASK_CONTACTS) for each in reminders]
    return [party for party, asks in of if asks], [party for party, asks in of if not asks]


@each_once(KeyContact, ContactConfirmation, Agreement, Version)
def _standings(parties: Collection[int]) -> dict[int, list[ContactStanding]]:
    found: dict[int, list[ContactStanding]] = {pk: [] for pk in parties}
    for standing in standings_of(parties):
        found[standing.contact.party_id].append(standing)
    return found


def _read_questions(reminders: Sequence[Reminder]) -> None:
    read_letters(reminders)
    to_ask, to_tell = _of_whom(reminders)
    read_about_them(to_ask)
    _standings(party.pk for party in to_tell)


CONFIRMATION = DeadlineKind(
    key=CONTACTS_CONFIRMED,
    label="Key contacts to confirm",
    by_text=True,
    noun="Confirmation of key contacts",
    recipients=_to_ask,
    compose=_question,
    lines=always(
        Line("Confirm your key contacts for", "contacts/", "Confirm", may=CONTACT_KEEPERS.roles)
    ),
    reads_people=_read_to_ask,
    reads=_read_questions,
)
