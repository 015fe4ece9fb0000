"""The two kinds of dates of an announcement: by when a draft is shared, and the planned release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from agreements.core.parties import parties_of
from agreements.core.telling import managers_of
from agreements.models import Agreement
from communications import mails_dates
from communications.models import Announcement
from communications.presenters.todos import names_of, release_todos, share_by_todos
from communications.queries.readers import planner_of
from communications.queries.together import announcement_of, earlier_of, told_together
from communications.services.dates import RELEASE, SHARE_BY
from deadlines.kinds import DeadlineKind, Recipient, of_role, of_team
from deadlines.models import Deadline, Reminder
from mail.kinds import NotNeeded
from parties.models import Role, Team


def deadline_kinds() -> list[DeadlineKind]:
    """Both are asked for by a clause, and both go to the minute."""
    return [
        DeadlineKind(
            key=SHARE_BY,
            label="Share a draft of an announcement",
            recipients=share_by_recipients,
            compose=mails_dates.share_by,
            todos=share_by_todos,
            urgent=True,
            noun="Draft to share",
            names=partial(names_of, "Share the draft"),
        ),
        DeadlineKind(
            key=RELEASE,
            label="Say what came of an announcement",
            recipients=release_recipients,
            compose=mails_dates.release,
            todos=release_todos,
            urgent=True,
            noun="Planned release",
            names=partial(names_of, "Planned release"),
        ),
    ]


def share_by_recipients(deadline: Deadline, reminder: Reminder) -> list[Recipient]:
    """Who is told for this agreement and is not told by the same reminder of another.

    An announcement that touches nine agreements has nine dates at one moment: each person gets
    one e-mail, which names them all. Raises NotNeeded where nobody is left to tell.
    """
    announcement = announcement_of(deadline)
    told = {
        recipient.address
        for other in earlier_of(deadline, told_together(reminder))
        for recipient in _recipients(announcement, [other.occurrence])
    }
    found = _recipients(announcement, [deadline.occurrence])
    left = [recipient for recipient in found if recipient.address not in told]
    if found and not left:
        raise NotNeeded
    return left


def release_recipients(deadline: Deadline, _reminder: Reminder) -> list[Recipient]:
    references = deadline.concerned.order_by("reference").values_list("reference", flat=True)
    return _recipients(announcement_of(deadline), references)


def _recipients(announcement: Announcement, references: Iterable[str]) -> list[Recipient]:
    """Each address once, with the nearest reason: the planner, the press team, the MoU manager."""
    found: dict[str, Recipient] = {}
    for recipient in _in_order(announcement, references):
        found.setdefault(recipient.address, recipient)
    return list(found.values())


def _in_order(announcement: Announcement, references: Iterable[str]) -> Iterator[Recipient]:
    owner = announcement.owner
    yield from planner_of(announcement)
    for team in Team.objects.filter(organisation=owner, purpose=Team.Purpose.PRESS).order_by("pk"):
        yield of_team(team)
    for agreement in Agreement.objects.filter(reference__in=references).order_by("reference"):
        sides = [p for p in parties_of(agreement) if p.organisation.pk == owner.pk]
        for party in sides:
            yield from managers_of(party)
        if not sides:
            yield from of_role(owner, Role.MANAGER)
