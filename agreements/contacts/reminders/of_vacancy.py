"""The reminders of a contact role that is vacant: somebody has to be named."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from agreements.contacts.due import parties_about, party_of
from agreements.core.asked_again import is_over_by_notice
from agreements.core.due import ROLE_VACANT, DeadlineLetter, agreement_of, read_letters
from agreements.core.parties import (
    Vacancy,
    contacts_in,
    or_list,
    vacancies,
    vacant_in_words,
)
from agreements.core.recipients import managers_of, read_managers, role_label
from agreements.terms import MANAGER_ROLE
from deadlines.kinds import DeadlineKind, ReadOfMany, Recipient, of_role
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from house.clock import london_day
from house.once import each_once
from mail.kinds import Message, NotNeeded
from nhsuk.words import and_list, noun
from parties.models import Role
from parties.reader import read_roles
from parties.who import CONTACT_KEEPERS


def _to_tell(deadline: Deadline, _reminder: Reminder) -> Iterable[Recipient]:
    """The party's MoU manager; where that role is vacant too, its administrators besides.

    Roles that fell vacant on one day are told in one e-mail, with the first of them.
    """
    party = party_of(deadline)
    if not _is_first(deadline) or is_over_by_notice(party.agreement):
        raise NotNeeded
    found = managers_of(party)
    if _administrators_too(deadline):
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
        *_vacant_in_words(about, vacant),
        f"Name {_nouns(labels)}, or somebody who stands in.",
        button="See your key contacts",
        path="people/",
    )


def _vacant_in_words(about: DeadlineLetter, vacant: Sequence[Vacancy]) -> Iterator[str]:
    """What is vacant now, then what will be: somebody still holds that."""
    now = [vacancy for vacancy in vacant if not vacancy.leaving]
    if now:
        whom = f"{about.others_do('does', 'do')} not know whom to turn to."
        yield f"{about.own.name} has no {or_list(now)} for {about.mou}. {whom}"
    yield from vacant_in_words([vacancy for vacancy in vacant if vacancy.leaving])


def _vacancy_lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """By what the terms in force call each role."""
    parties_about(deadline.subject for deadline in deadlines)
    for deadline in deadlines:
        role = role_label(party_of(deadline), deadline.occurrence)
        yield Line(f"Name {noun(role)} for", "people/", "Name somebody", may=CONTACT_KEEPERS.roles)


@each_once(Deadline)
def _vacant(subjects: Collection[str]) -> dict[str, list[Deadline]]:
    """By subject key all that are chased for roles that the party has not filled."""
    found: dict[str, list[Deadline]] = {key: [] for key in subjects}
    rows = Deadline.objects.still_open().filter(kind=ROLE_VACANT, subject_key__in=found)
    for deadline in rows:
        found[deadline.subject_key].append(deadline)
    return found


def _vacant_with(deadline: Deadline) -> list[Deadline]:
    return _vacant([deadline.subject_key])[deadline.subject_key]


def _is_first(deadline: Deadline) -> bool:
    """Whether no other role of the party fell vacant on the same day before this one."""
    earlier = {london_day(e.since) for e in _vacant_with(deadline) if e.pk < deadline.pk}
    return london_day(deadline.since) not in earlier


def _administrators_too(deadline: Deadline) -> bool:
    """Whether the party's MoU manager cannot be asked alone."""
    lacks_manager = any(each.occurrence == MANAGER_ROLE for each in _vacant_with(deadline))
    return lacks_manager or not managers_of(party_of(deadline))


def _read_to_tell(reminders: Sequence[Reminder]) -> ReadOfMany:
    deadlines = [reminder.deadline for reminder in reminders]
    _vacant(deadline.subject_key for deadline in deadlines)
    parties = parties_about(deadline.subject for deadline in deadlines).values()
    read_managers(parties)  # whether there are any says who else is told
    also = (party_of(deadline) for deadline in deadlines if _administrators_too(deadline))
    read_roles((party.organisation.pk, Role.ADMINISTRATOR) for party in also)
    return read_managers, ()


def _read_told(reminders: Sequence[Reminder]) -> None:
    read_letters(reminders)
    agreements = [agreement_of(reminder.deadline) for reminder in reminders]
    contacts_in(party.pk for agreement in agreements for party in agreement.sides)


def _nouns(labels: Iterable[str]) -> str:
    """ "a quality lead and an MoU manager"."""
    return and_list(noun(label) for label in labels)


VACANCY = DeadlineKind(
    key=ROLE_VACANT,
    label="Vacant contact roles",
    by_text=True,
    noun="Vacant contact role",
    recipients=_to_tell,
    compose=_vacancy_told,
    lines=_vacancy_lines,
    together="Name key contacts",
    reads_people=_read_to_tell,
    reads=_read_told,
)
