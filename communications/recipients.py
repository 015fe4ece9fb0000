"""Who is told of the dates of announcements; the announcement behind a date, and its agreements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from itertools import chain

from django.db.models import Prefetch

from agreements.core.recipients import managers_by_party, read_managers
from agreements.core.texts import read_clauses
from agreements.models import Agreement, Party, Version, read_parties
from communications.models import Announcement, ConcernedAgreement
from communications.queries.agreements import sides_by_agreement
from communications.queries.readers import planner_of, press_teams
from communications.services.dates import SHARE_BY
from deadlines.kinds import ReadOfMany, Recipient, of_role, of_team
from deadlines.models import Deadline, Reminder
from house import clock
from house.once import each_once
from mail.kinds import NotNeeded
from parties.models import Role
from parties.reader import members

# Those that had to go at once when they were armed were armed one after the other.
MOMENT = timedelta(minutes=1)
# Of an open date one that is not needed is one that another tells too.
TOLD = (Reminder.State.PENDING, Reminder.State.SENT, Reminder.State.NOT_NEEDED)


def share_by_recipients(deadline: Deadline, reminder: Reminder) -> list[Recipient]:
    """Who is told for this agreement and is not told by the same reminder of another.

    An announcement that touches nine agreements has nine dates at one moment: each person gets
    one e-mail, which names them all. Raises NotNeeded where nobody is left to tell, and once the
    release has passed: then its own reminders ask what came of it.
    """
    if announcement_of(deadline).planned_for <= clock.now():
        raise NotNeeded
    announcement, own = announcement_of(deadline), deadline.occurrence
    until = [each for each in agreements_told(reminder) if each.reference <= own]
    always, managers = _always(announcement), _managers(announcement, until)
    before = [found for reference, found in managers.items() if reference < own]
    told = {each.address for found in before for each in (*always, *found)}
    found = _first_of_each([*always, *managers[own]])
    left = [recipient for recipient in found if recipient.address not in told]
    if found and not left:
        raise NotNeeded
    return left


def release_recipients(deadline: Deadline, reminder: Reminder) -> list[Recipient]:
    announcement = announcement_of(deadline)
    managers = _managers(announcement, agreements_told(reminder))
    return _first_of_each([*_always(announcement), *chain(*managers.values())])


def read_people(reminders: Sequence[Reminder]) -> ReadOfMany:
    """Keeps at hand the planners, press teams and managers of many reminders."""
    _read_agreements(reminders)
    found = [announcement_of(reminder.deadline) for reminder in reminders]
    owners = {announcement.owner_id for announcement in found}
    members(owners)
    press_teams(owners)
    of = zip(found, map(agreements_told, reminders), strict=True)
    return read_managers, chain(*(chain(*_own_sides(*each).values()) for each in of))


def read_letters(reminders: Sequence[Reminder]) -> None:
    """Keeps at hand what the e-mails of many reminders name."""
    agreements = _read_agreements(reminders)
    read_clauses(agreement.in_force_version_id for agreement in agreements)


def _read_agreements(reminders: Sequence[Reminder]) -> list[Agreement]:
    """All that these are about, with their parties at hand (four queries, for any number)."""
    announcements_at_hand(reminder.deadline.subject for reminder in reminders)
    _dates(each.deadline.subject_key for each in reminders if each.deadline.kind == SHARE_BY)
    found = list(chain(*map(agreements_told, reminders)))
    read_parties(found)
    return found


def agreements_told(reminder: Reminder) -> list[Agreement]:
    """The agreements that its e-mail is about, in order of reference.

    Of a date by which to share these are all whose like reminder goes at the same moment.
    """
    deadline = reminder.deadline
    touched = [row.agreement for row in announcement_of(deadline).concerned.all()]
    if deadline.kind != SHARE_BY:
        return touched
    dates = _dates([deadline.subject_key])[deadline.subject_key]
    told = {each.deadline.occurrence for each in dates if _goes_too(each, reminder)}
    return [each for each in touched if each.reference in told | {deadline.occurrence}]


def _goes_too(other: Reminder, reminder: Reminder) -> bool:
    """Whether it is a like reminder, of an open date, at the same moment."""
    return (
        other.deadline.is_open
        and other.generation == other.deadline.generation
        and other.offset == reminder.offset
        and abs(other.send_at - reminder.send_at) <= MOMENT
    )


@each_once(Deadline, Reminder)
def _dates(keys: Collection[str]) -> dict[str, list[Reminder]]:
    """By announcement what people are told of the dates by which to share it (one query)."""
    found: dict[str, list[Reminder]] = {key: [] for key in keys}
    rows = Reminder.objects.filter(deadline__kind=SHARE_BY, deadline__subject_key__in=found)
    for reminder in rows.filter(state__in=TOLD).select_related("deadline"):
        found[reminder.deadline.subject_key].append(reminder)
    return found


def announcement_of(deadline: Deadline) -> Announcement:
    """The announcement that a deadline is about, with the agreements that it touches."""
    return announcements_at_hand([deadline.subject])[deadline.subject]


@each_once(Announcement, ConcernedAgreement, Agreement, Version)
def announcements_at_hand(subjects: Collection[str]) -> dict[str, Announcement]:
    rows = Announcement.objects.select_related("owner", "planned_by__person__user", "kept_by__user")
    concerned = ConcernedAgreement.objects.select_related("agreement__in_force_version")
    touched = Prefetch("concerned", concerned.order_by("agreement__reference"))
    return {str(each.pk): each for each in rows.filter(pk__in=subjects).prefetch_related(touched)}


def _first_of_each(found: Iterable[Recipient]) -> list[Recipient]:
    """Each address once, with the nearest reason: the planner, the press team, the MoU manager."""
    by_address: dict[str, Recipient] = {}
    for recipient in found:
        by_address.setdefault(recipient.address, recipient)
    return list(by_address.values())


def _always(announcement: Announcement) -> list[Recipient]:
    """Whom every agreement of it concerns."""
    press = press_teams([announcement.owner_id])[announcement.owner_id]
    return [*planner_of(announcement), *map(of_team, press)]


def _managers(
    announcement: Announcement, agreements: Sequence[Agreement]
) -> dict[str, list[Recipient]]:
    """Reference -> the owner's managers for the agreement, in order; for many as for one."""
    own = _own_sides(announcement, agreements)
    by_party = managers_by_party(chain(*own.values()))
    return {
        reference: list(chain(*(by_party[party.pk] for party in held)))
        if held
        else of_role(announcement.owner, Role.MANAGER)
        for reference, held in own.items()
    }


def _own_sides(
    announcement: Announcement, agreements: Sequence[Agreement]
) -> dict[str, list[Party]]:
    """Reference -> the sides of the agreement that the owner holds."""
    sides, owner = sides_by_agreement(agreements), announcement.owner_id
    return {
        each.reference: [party for party in sides[each.pk] if party.organisation.pk == owner]
        for each in agreements
    }
