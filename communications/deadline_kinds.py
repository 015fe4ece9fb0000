"""The two kinds of dates of an announcement, by when a draft is shared and the planned release: who
is told, and what, right for the moment at which it goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from django.urls import reverse

from agreements.core.letters import MOST_NAMED, Letter
from agreements.core.parties import parties_of
from agreements.core.telling import managers_of
from agreements.models import Agreement
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
        for other in told_together(reminder)
        if other.occurrence < deadline.occurrence
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


class ReleaseLetter(Letter):
    """A letter to the owner's people about an announcement and some of its agreements."""

    def __init__(self, deadline: Deadline, references: Sequence[str], why: str) -> None:
        self.announcement: Announcement = announcement_of(deadline)
        rows = Agreement.objects.filter(reference__in=references).order_by("reference")
        self.agreements = list(rows.select_related("in_force_version"))
        self.what = in_sentence(self.announcement.get_kind_display())
        self.release = moment(self.announcement.planned_for)
        sides, owner = sides_by_agreement(self.agreements), self.announcement.owner_id
        others = {o.pk: o.name for each in sides.values() for o in others_of(each, owner)}
        super().__init__(
            list(others.values()),
            [agreement.reference for agreement in self.agreements],
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
            f"your {draft} is due now, {due}",
            f"Your {draft} is due with {told.others} now, at {due}. {planned}",
        )
    missed = f"Your {draft} had to be with {told.others} by {due} and is not shared yet."
    return f"your {draft} was due {due} and is not shared", f"{missed} {_what_is_left(told)}"


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
    references = deadline.concerned.order_by("reference").values_list("reference", flat=True)
    told = ReleaseLetter(deadline, list(references), recipient.why)
    return told.message(
        f"your {told.what} planned for {told.release} is not marked as released",
        f"Your {told.what}, which touches your MoU with {told.others}, was planned for release at "
        f"{told.release}. Nobody has marked it as released.",
        "Mark it as released, move it or withdraw it. Until it is marked, the other party does not "
        "see the final text, and the embargo goes on.",
        button="Say what came of it",
    )
