"""What people are told of an announcement's dates, right for the moment at which it goes."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from agreements.models import Agreement
from communications.models import Announcement
from communications.queries.clauses import BINDINGS, clauses_in_words
from communications.queries.parties import others_of, sides_by_agreement
from communications.queries.together import announcement_of, told_together
from communications.rules.lead import HOUR, in_hours
from deadlines.kinds import Recipient
from deadlines.models import Deadline, Reminder
from house import clock
from mail.kinds import Message
from nhsuk.dates import moment
from nhsuk.words import in_sentence, plural

# More references than this make a subject that nobody reads.
MOST_NAMED = 3


class Told:
    """The announcement, the agreements that one e-mail is about, and how they are called."""

    def __init__(self, deadline: Deadline, references: Sequence[str]) -> None:
        self.announcement: Announcement = announcement_of(deadline)
        rows = Agreement.objects.filter(reference__in=references).order_by("reference")
        self.agreements = list(rows.select_related("in_force_version"))
        self.what = in_sentence(self.announcement.get_kind_display())
        self.release = moment(self.announcement.planned_for)

    @property
    def others(self) -> str:
        """ "Eastmoor CCG and 8 others"."""
        sides = sides_by_agreement(self.agreements)
        owner = self.announcement.owner_id
        found = {o.pk: o.name for parties in sides.values() for o in others_of(parties, owner)}
        names = list(found.values()) or ["the other party"]
        more = f" and {plural(len(names) - 1, 'other')}" if len(names) > 1 else ""
        return f"{names[0]}{more}"

    @property
    def references(self) -> str:
        named = [agreement.reference for agreement in self.agreements]
        if len(named) <= MOST_NAMED:
            return ", ".join(named)
        return f"{named[0]} and {plural(len(named) - 1, 'other')}"

    def message(
        self, subject: str, *paragraphs: str, why: str, button: str, details: Sequence[str] = ()
    ) -> Message:
        path = reverse("announcements:announcement", args=[self.announcement.public_id])
        mous = "MoU" if len(self.agreements) == 1 else "MoUs"
        return Message(
            subject=f"{mous} with {self.others}: {subject} ({self.references})",
            paragraphs=paragraphs,
            why=why,
            button_text=button,
            button_url=f"{settings.SITE_URL}{path}",
            details=tuple(details),
        )


def share_by(deadline: Deadline, reminder: Reminder, recipient: Recipient) -> Message:
    """Before the share-by time, at it, and once it is missed."""
    told = Told(deadline, [each.occurrence for each in told_together(reminder)])
    clauses = clauses_in_words(told.agreements, BINDINGS[told.announcement.kind])
    subject, first = _share_by_words(told, deadline)
    return told.message(
        subject,
        first,
        "Share a draft with named people or a team of the other party, in the portal.",
        why=recipient.why,
        button="Share the draft",
        details=clauses[:MOST_NAMED],
    )


def _share_by_words(told: Told, deadline: Deadline) -> tuple[str, str]:
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


def _what_is_left(told: Told) -> str:
    left = told.announcement.planned_for - clock.now()
    if left <= 0 * left:
        return f"The release was planned for {told.release}, which has passed."
    return (
        f"The release is planned for {told.release}: a draft shared now gives "
        f"{in_hours(left)} of notice. You will be asked why it is short."
    )


def release(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    """The planned release has passed, and nobody has said what came of it."""
    references = deadline.concerned.order_by("reference").values_list("reference", flat=True)
    told = Told(deadline, list(references))
    return told.message(
        f"your {told.what} planned for {told.release} is not marked as released",
        f"Your {told.what}, which touches your MoU with {told.others}, was planned for release at "
        f"{told.release}. Nobody has marked it as released.",
        "Mark it as released, move it or withdraw it. Until it is marked, the other party does not "
        "see the final text, and the embargo goes on.",
        why=recipient.why,
        button="Say what came of it",
    )
