"""The two kinds of dates of an announcement, by when a draft is shared and the planned release:
what is said, right for the moment at which it goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.urls import reverse

from agreements.core.letters import MOST_NAMED, Letter
from agreements.models import Agreement
from communications.presenters.todos import names_of, release_lines, share_by_lines
from communications.queries.agreements import (
    BINDINGS,
    clauses_in_words,
    others_of,
    sides_by_agreement,
)
from communications.recipients import (
    agreements_told,
    announcement_of,
    read_letters,
    read_people,
    release_recipients,
    share_by_recipients,
)
from communications.rules import HOUR, in_hours
from communications.services.dates import RELEASE, SHARE_BY
from deadlines.kinds import DeadlineKind, Recipient
from deadlines.models import Deadline, Reminder
from house import clock
from mail.kinds import Message, NotNeeded
from nhsuk.dates import moment
from nhsuk.words import in_sentence


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
            reads_people=read_people,
            reads=read_letters,
            noun="Draft to share",
            confidential=True,
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
            reads_people=read_people,
            reads=read_letters,
            noun="Planned release",
            confidential=True,
            names=partial(names_of, "Planned release"),
        ),
    ]


class ReleaseLetter(Letter):
    """A letter to the owner's people about an announcement and some of its agreements."""

    def __init__(self, deadline: Deadline, agreements: Sequence[Agreement], why: str) -> None:
        self.announcement = announcement_of(deadline)
        self.agreements = agreements
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
    """Before the share-by time, at it, and once it is missed. Raises NotNeeded once the release has
    passed, however late it goes."""
    if announcement_of(deadline).planned_for <= clock.now():
        raise NotNeeded
    told = ReleaseLetter(deadline, agreements_told(reminder), recipient.why)
    clauses = clauses_in_words(told.agreements, BINDINGS[told.announcement.kind])
    subject, first = _share_by_words(told, deadline)
    return told.message(
        subject,
        first,
        "Share a draft with named people or a team of each other party, in the portal.",
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
    return (
        f"The release is planned for {told.release}: a draft shared now gives "
        f"{in_hours(left)} of notice. You will be asked why it is short."
    )


def release_mail(deadline: Deadline, reminder: Reminder, recipient: Recipient) -> Message:
    """The planned release has passed, and nobody has said what came of it."""
    told = ReleaseLetter(deadline, agreements_told(reminder), recipient.why)
    return told.message(
        f"say what came of your {told.what}, planned for {told.release}",
        f"Your {told.what}, which touches your MoU with {told.others}, was planned for release at "
        f"{told.release}. Nobody has marked it as released.",
        "Mark it as released, move it or withdraw it. Until it is marked, no other party sees the "
        "final text, and the embargo goes on.",
        button="Say what came of it",
    )
