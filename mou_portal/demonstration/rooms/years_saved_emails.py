"""Two e-mails as evidence: one on a review that was held, a forwarded one on a notice."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from agreements.changes.emailed import ChangesEmailed
from agreements.emails.services import put_email, say_of_email
from agreements.models import Change, Review, SavedEmail
from agreements.reviews.emailed import ReviewsEmailed
from documents.emails import read_saved
from mou_portal.demonstration.acts import by, days_ago
from mou_portal.demonstration.neighbours import PRACTICE_LEAD

GRETA = "Greta Holm"


def load() -> None:
    """Unless there is one already."""
    if SavedEmail.objects.exists():
        return
    notice = Change.objects.filter(kind__in=Change.NOTICES).order_by("pk").first()
    review = Review.objects.filter(corrected_by=None).order_by("pk").first()
    if notice:
        _on_notice(notice)
    if review:
        _on_review(review)


def _on_notice(notice: Change) -> None:
    """Brought by the practice that gave it, as its lead forwarded it; the other side agrees."""
    sent = notice.opened_at - timedelta(hours=1)
    file = _saved(
        sent, "Fwd: Notice under our MoU", "Practice lead <lead@practice.example>",
        "Begin forwarded message:\n\nFrom: Practice manager\nSubject: Notice under our MoU\n\n"
        "We give you two months' notice, as the MoU asks for at least one.",
    )  # fmt: skip
    with days_ago(2), by(PRACTICE_LEAD) as lead:
        things = ChangesEmailed()
        put_email(by=lead, things=things, thing=notice, read=read_saved(file))


def _on_review(review: Review) -> None:
    """Brought by whoever recorded the review; another party confirms it where it can."""
    file = _saved(
        review.recorded_at - timedelta(hours=2), "Our review: what we agreed",
        "Bryn Pritchard <bryn.pritchard@northern-dales-area-team.example>",
        "Dear all,\n\nThank you for the meeting. We agreed to go on as it is, and to look again in "
        "a year.\n\nWith kind regards\nBryn",
    )  # fmt: skip
    name = review.recorded_by.get_full_name()
    with days_ago(1), by(name) as recorder:
        saved = put_email(by=recorder, things=ReviewsEmailed(), thing=review, read=read_saved(file))
    others = [p for p in review.agreement.sides if p.organisation.pk != saved.put_for_id]
    if any(p.organisation.name == "Aldermoor CCG" for p in others):
        with by(GRETA) as greta:
            say_of_email(by=greta, email=saved, agrees=True)


def _saved(sent: datetime, subject: str, sender: str, text: str) -> bytes:
    message = EmailMessage()
    message["Received"] = f"from mail.example by mail.example; {format_datetime(sent)}"
    message["From"], message["To"] = sender, "colleagues@partner.example"
    message["Subject"], message["Date"] = subject, format_datetime(sent)
    message["Message-ID"] = f"<{int(sent.timestamp())}@mail.example>"
    message.set_content(text)
    return message.as_bytes()
