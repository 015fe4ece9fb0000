"""A contact role that the terms ask for and nobody holds: its party is asked to fill it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from agreements.core.due import ROLE_VACANT, number_in
from agreements.core.lines import Told, told_of
from agreements.core.recipients import managers_of, role_label
from agreements.core.reminding import DeadlineLetter
from agreements.core.vacancies import Vacancy, vacancies
from agreements.models import Party
from agreements.terms import MANAGER_ROLE
from deadlines.kinds import DeadlineKind, Recipient
from deadlines.models import Deadline, Reminder
from deadlines.recipients import of_role
from house.clock import london_day
from house.room import Todo
from mail.kinds import Message, NotNeeded
from nhsuk.words import and_list, noun
from parties.acting import Acting
from parties.models import Role


def recipients(deadline: Deadline, _reminder: Reminder) -> Iterable[Recipient]:
    """The party's MoU manager; where that role is vacant too, its administrators besides.

    Roles that fell vacant on one day are told in one e-mail, with the first of them.
    """
    if not _is_first(deadline):
        raise NotNeeded
    party = Party.objects.select_related("agreement").get(pk=number_in(deadline.subject_key))
    found = managers_of(party)
    if not found or _without_manager(deadline):
        found = [*found, *of_role(party.organisation, Role.ADMINISTRATOR)]
    return found


def compose(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    about = DeadlineLetter(deadline, recipient)
    vacant = _vacant(about.own)
    if not vacant:
        raise NotNeeded
    labels = [vacancy.role.label for vacancy in vacant]
    one = len(labels) == 1
    return about.message(
        "a contact role is vacant" if one else f"{len(labels)} contact roles are vacant",
        f"{about.own.name} has no {_or_list(about.own, vacant)} for {about.mou}.",
        f"{about.others} does not know whom to turn to. Name {_nouns(labels)}, or somebody who "
        "stands in.",
        button="See your key contacts",
        path="#contacts",
    )


def todos(deadlines: Sequence[Deadline], acting: Acting) -> Mapping[int, Todo]:
    """One line for each party, at the first of its vacant roles."""
    first: dict[str, Deadline] = {}
    roles: dict[str, list[str]] = {}
    for deadline in sorted(deadlines, key=lambda each: each.pk):
        first.setdefault(deadline.subject_key, deadline)
        roles.setdefault(deadline.subject_key, []).append(deadline.occurrence)
    told = told_of(list(first.values()), acting)
    slots = dict(Party.objects.filter(pk__in=map(number_in, first)).values_list("pk", "slot"))
    return {
        pk: _todo(each, slots[number_in(key)], roles[key], acting)
        for pk, each in told.items()
        for key in [each.deadline.subject_key]
    }


def _todo(told: Told, slot: str, roles: list[str], acting: Acting) -> Todo:
    terms = told.agreement.in_force_version
    labels = {r.key: r.label for r in terms.typed_terms.contact_roles_of(slot)} if terms else {}
    may = acting.has(Role.MANAGER, Role.EDITOR, Role.ADMINISTRATOR)
    names = _nouns([labels.get(role, role) for role in sorted(roles)])
    return Todo(
        sentence=f"Name {names} for the MoU {told.with_whom}",
        about=told.agreement.title,
        url=told.url("agreements:agreement") + "#contacts",
        button="Name somebody" if may else "Open",
    )


def _is_first(deadline: Deadline) -> bool:
    """Whether no other role of the party fell vacant on the same day before this one."""
    others = Deadline.objects.filter(kind=ROLE_VACANT, subject_key=deadline.subject_key)
    earlier = others.still_open().filter(pk__lt=deadline.pk).values_list("since", flat=True)
    return london_day(deadline.since) not in {london_day(since) for since in earlier}


def _vacant(party: Party) -> list[Vacancy]:
    return [each for each in vacancies(party.agreement) if each.party.pk == party.pk]


def _without_manager(deadline: Deadline) -> bool:
    """Whether the role of MoU manager is among those that the party has not filled."""
    vacant = Deadline.objects.filter(kind=ROLE_VACANT, subject_key=deadline.subject_key)
    return vacant.still_open().filter(occurrence=MANAGER_ROLE).exists()


def _or_list(party: Party, vacant: Sequence[Vacancy]) -> str:
    """ "quality lead, lead clinician or MoU manager"."""
    *most, last = [role_label(party, vacancy.role.key) for vacancy in vacant]
    return f"{', '.join(most)} or {last}" if most else last


def _nouns(labels: Iterable[str]) -> str:
    """ "a quality lead and an MoU manager"."""
    return and_list(noun(label) for label in labels)


KIND = DeadlineKind(
    key=ROLE_VACANT,
    label="Vacant contact roles",
    noun="Vacant contact role",
    recipients=recipients,
    compose=compose,
    todos=todos,
)
