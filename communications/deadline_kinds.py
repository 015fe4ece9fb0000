"""The two kinds of dates of an announcement, by when a draft is shared and the planned release: who
is told, and what, right for the moment at which it goes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from itertools import chain

from django.urls import reverse

from agreements.core.due import agreements_called
from agreements.core.letters import MOST_NAMED, Letter
from agreements.core.telling import managers_by_party
from communications.models import Announcement
from communications.presenters.todos import names_of, release_lines, share_by_lines
from communications.queries.agreements import (
    BINDINGS,
    clauses_in_words,
    others_of,
    sides_by_agreement,
)
from communications.queries.readers import planner_of
from communications.rules import HOUR, in_hours
from communications.services.dates import (
    RELEASE,
    SHARE_BY,
    announcement_of,
    read_announcements,
    told_together,
)
from deadlines.kinds import DeadlineKind, Recipient, of_role, of_team
from deadlines.models import Deadline, Reminder
from house import clock
from mail.kinds import Message, NotNeeded
from nhsuk.dates import moment
from nhsuk.words import in_sentence
from parties.models import Role, Team


def deadline_kinds() -> list[DeadlineKind]:
    """Both are asked for by a clause, and both go to the minute."""
    return [
        DeadlineKind(
            key=SHARE_BY,
            label="Share a draft of an announcement",
            recipients=share_by_recipients,
            compose=share_by_mail,
            lines=share_by_lines,
            together="Share drafts of announcements",
            urgent=True,
            reads=read_announcements,
            noun="Draft to share",
            names=partial(names_of, "Share the draft"),
        ),
        DeadlineKind(
            key=RELEASE,
            label="Say what came of an announcement",
            recipients=release_recipients,
            compose=release_mail,
            lines=release_lines,
            together="Say what came of announcements",
            urgent=True,
            reads=read_announcements,
            noun="Planned release",
            names=partial(names_of, "Planned release"),
        ),
    ]


def share_by_recipients(deadline: Deadline, reminder: Reminder) -> list[Recipient]:
    """Who is told for this agreement and is not told by the same reminder of another.

    An announcement that touches nine agreements has nine dates at one moment: each person gets
    one e-mail, which names them all. Raises NotNeeded where nobody is left to tell.
    """
    announcement, own = announcement_of(deadline), deadline.occurrence
    before = [each.occurrence for each in told_together(reminder) if each.occurrence < own]
    always, managers = _always(announcement), _managers(announcement, [*before, own])
    told = {each.address for other in before for each in (*always, *managers[other])}
    found = _each_once([*always, *managers[own]])
    left = [recipient for recipient in found if recipient.address not in told]
    if found and not left:
        raise NotNeeded
    return left


def release_recipients(deadline: Deadline, _reminder: Reminder) -> list[Recipient]:
    announcement = announcement_of(deadline)
    managers = _managers(announcement, [row.reference for row in deadline.concerned.all()])
    return _each_once([*_always(announcement), *chain(*managers.values())])


def _each_once(found: Iterable[Recipient]) -> list[Recipient]:
    """Each address once, with the nearest reason: the planner, the press team, the MoU manager."""
    by_address: dict[str, Recipient] = {}
    for recipient in found:
        by_address.setdefault(recipient.address, recipient)
    return list(by_address.values())


def _always(announcement: Announcement) -> list[Recipient]:
    """Whom every agreement of it concerns."""
    press = Team.objects.filter(organisation=announcement.owner, purpose=Team.Purpose.PRESS)
    return [*planner_of(announcement), *map(of_team, press.order_by("pk"))]


def _managers(
    announcement: Announcement, references: Collection[str]
) -> dict[str, list[Recipient]]:
    """Reference -> the owner's managers for the agreement, in order; for many as for one."""
    owner = announcement.owner
    found = agreements_called(sorted(references))
    sides = sides_by_agreement(found.values())
    own = {
        reference: [party for party in sides[each.pk] if party.organisation.pk == owner.pk]
        for reference, each in found.items()
    }
    by_party = managers_by_party(chain(*own.values()))
    return {
        reference: list(chain(*(by_party[party.pk] for party in held)))
        if held
        else of_role(owner, Role.MANAGER)
        for reference, held in own.items()
    }


class ReleaseLetter(Letter):
    """A letter to the owner's people about an announcement and some of its agreements."""

    def __init__(self, deadline: Deadline, references: Sequence[str], why: str) -> None:
        self.announcement: Announcement = announcement_of(deadline)
        self.agreements = list(agreements_called(sorted(references)).values())
        self.what = in_sentence(self.announcement.get_kind_display())
        self.release = moment(self.announcement.planned_for)
        sides, owner = sides_by_agreement(self.agreements), self.announcement.owner_id
        others = {o.pk: o.name for each in sides.values() for o in others_of(each, owner)}
        super().__init__(
            list(others.values()),
            self.agreements,
            page=reverse("announcements:announcement", args=[self.announcement.public_id]),
            why=why,
        )


def share_by_mail(deadline: Deadline, reminder: Reminder, recipient: Recipient) -> Message:
    """Before the share-by time, at it, and once it is missed."""
    references = [each.occurrence for each in told_together(reminder)]
    told = ReleaseLetter(deadline, references, recipient.why)
    clauses = clauses_in_words(told.agreements, BINDINGS[told.announcement.kind])
    subject, first = _share_by_words(told, deadline)
    return told.message(
        subject,
        first,
        "Share a draft with named people or a team of the other party, in the portal.",
        button="Share the draft",
        details=clauses[:MOST_NAMED],
    )


def _share_by_words(told: ReleaseLetter, deadline: Deadline) -> tuple[str, str]:
    """The end of the subject, and the first sentences, for the moment of sending."""
    assert deadline.due_at  # noqa: S101 - set with an instant
    due, now = moment(deadline.due_at), clock.now()
    draft, planned = f"draft {told.what}", f"The release is planned for {told.release}."
    if now < deadline.due_at:
        left = in_hours(deadline.due_at - now)
        return (
            f"share your {draft} by {due}",
            f"Your {draft} has to be with {told.others} by {due}, in {left}. {planned}",
        )
    if now - deadline.due_at < HOUR:
        return (
            f"share your {draft} now, due {due}",
            f"Your {draft} is due with {told.others} now, at {due}. {planned}",
        )
    missed = f"Your {draft} had to be with {told.others} by {due} and is not shared yet."
    return f"{draft} not shared, was due {due}", f"{missed} {_what_is_left(told)}"


def _what_is_left(told: ReleaseLetter) -> str:
    left = told.announcement.planned_for - clock.now()
    if left <= 0 * left:
        return f"The release was planned for {told.release}, which has passed."
    return (
        f"The release is planned for {told.release}: a draft shared now gives "
        f"{in_hours(left)} of notice. You will be asked why it is short."
    )


def release_mail(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    """The planned release has passed, and nobody has said what came of it."""
    references = [row.reference for row in deadline.concerned.all()]
    told = ReleaseLetter(deadline, references, recipient.why)
    return told.message(
        f"say what came of your {told.what}, planned for {told.release}",
        f"Your {told.what}, which touches your MoU with {told.others}, was planned for release at "
        f"{told.release}. Nobody has marked it as released.",
        "Mark it as released, move it or withdraw it. Until it is marked, the other party does not "
        "see the final text, and the embargo goes on.",
        button="Say what came of it",
    )
