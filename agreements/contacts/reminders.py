"""Reminders about key contacts: to confirm them on a cadence, and to fill a role that is vacant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from agreements.contacts.asking import Asked, about_them, asked_with, confirm_url, holder_of
from agreements.contacts.due import ASK_CONTACTS
from agreements.contacts.queries import ContactStanding, asked_of, holders_of, standings_of
from agreements.core.due import (
    CONTACTS_CONFIRMED,
    ROLE_VACANT,
    DeadlineLetter,
    asked_by,
    read_letters,
)
from agreements.core.letters import Letter
from agreements.core.parties import or_list, vacancies
from agreements.core.telling import managers_of, role_label
from agreements.models import Party, read_parties
from agreements.terms import MANAGER_ROLE
from deadlines.kinds import DeadlineKind, Recipient, of_role
from deadlines.lines import Line, always
from deadlines.models import Deadline, DeadlineQuerySet, Reminder
from house import clock
from house.clock import london_day
from mail.kinds import Message, NotNeeded
from nhsuk.dates import day
from nhsuk.words import and_list, noun
from parties.models import Role
from parties.who import CONTACT_KEEPERS


def _to_ask(deadline: Deadline, reminder: Reminder) -> Iterable[Recipient]:
    party = Party.objects.get(pk=int(deadline.subject))
    if reminder.offset not in ASK_CONTACTS:
        return managers_of(party)
    asked = list(asked_with(party))
    if not asked and holders_of(party):
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
    asked = asked_of(holder, about.own.organisation) if holder else []
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
    url = confirm_url(Asked(holder, about.own.organisation))
    return replace(message, button_url=url)


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
    late = [s.contact for s in standings_of([about.own]) if s.due_on < today]
    if not late:
        raise NotNeeded
    roles = and_list(role_label(about.own, contact.role) for contact in late)
    assert about.deadline.due_on  # noqa: S101 - it has a date
    by = day(about.deadline.due_on)
    return about.message(
        f"key contacts not confirmed by {by}",
        f"These contacts of {about.own.name} for {about.mou} were to be confirmed by {by} and have "
        f"not answered: {roles}.",
        "Ask them, or confirm your contacts yourself. Where somebody has changed, name who "
        f"follows: {about.others} turns to them.",
        button="Confirm your contacts",
        path="contacts/",
    )


def _to_tell(deadline: Deadline, _reminder: Reminder) -> Iterable[Recipient]:
    """The party's MoU manager; where that role is vacant too, its administrators besides.

    Roles that fell vacant on one day are told in one e-mail, with the first of them.
    """
    if not _is_first(deadline):
        raise NotNeeded
    party = Party.objects.select_related("agreement").get(pk=int(deadline.subject))
    found = managers_of(party)
    if not found or _vacant_with(deadline).filter(occurrence=MANAGER_ROLE).exists():
        found = [*found, *of_role(party.organisation, Role.ADMINISTRATOR)]
    return found


def _vacancy_told(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    about = DeadlineLetter(deadline, recipient)
    vacant = [each for each in vacancies(about.agreement) if each.party.pk == about.own.pk]
    if not vacant:
        raise NotNeeded
    labels = [vacancy.role.label for vacancy in vacant]
    one = len(labels) == 1
    return about.message(
        "fill a vacant contact role" if one else f"fill {len(labels)} vacant contact roles",
        f"{about.own.name} has no {or_list(vacant)} for {about.mou}.",
        f"{about.others} does not know whom to turn to. Name {_nouns(labels)}, or somebody who "
        "stands in.",
        button="See your key contacts",
        path="people/",
    )


def _vacancy_lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """By what the terms in force call each role."""
    parties = Party.objects.select_related("agreement__in_force_version").in_bulk(
        {int(deadline.subject) for deadline in deadlines}
    )
    for deadline in deadlines:
        role = role_label(parties[int(deadline.subject)], deadline.occurrence)
        yield Line(f"Name {noun(role)} for", "people/", "Name somebody", may=_MAY)


def _vacant_with(deadline: Deadline) -> DeadlineQuerySet:
    """All that are chased for roles that the same party has not filled."""
    same = Deadline.objects.filter(kind=ROLE_VACANT, subject_key=deadline.subject_key)
    return same.still_open()


def _is_first(deadline: Deadline) -> bool:
    """Whether no other role of the party fell vacant on the same day before this one."""
    earlier = _vacant_with(deadline).filter(pk__lt=deadline.pk).values_list("since", flat=True)
    return london_day(deadline.since) not in {london_day(since) for since in earlier}


def _nouns(labels: Iterable[str]) -> str:
    """ "a quality lead and an MoU manager"."""
    return and_list(noun(label) for label in labels)


_MAY = CONTACT_KEEPERS.roles
CONFIRMATION = DeadlineKind(
    key=CONTACTS_CONFIRMED,
    label="Key contacts to confirm",
    noun="Confirmation of key contacts",
    recipients=_to_ask,
    compose=_question,
    lines=always(Line("Confirm your key contacts for", "contacts/", "Confirm", may=_MAY)),
    reads=read_letters,
)
VACANCY = DeadlineKind(
    key=ROLE_VACANT,
    label="Vacant contact roles",
    noun="Vacant contact role",
    recipients=_to_tell,
    compose=_vacancy_told,
    lines=_vacancy_lines,
    together="Name key contacts",
    reads=read_letters,
)
