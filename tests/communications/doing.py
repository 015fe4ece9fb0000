"""What people do at the pages of announcements, and what then goes out by e-mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.test import Client

from communications.models import Announcement, ConcernedAgreement, Draft
from deadlines.models import Reminder
from deadlines.sweep import sweep_reminders
from house import clock
from parties.models import User
from tests.cast import Cast
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_of
from tests.typed import fields_of


def at(announcement: Announcement, rest: str = "") -> str:
    """The path of its page, or of one below it."""
    return f"/announcements/{announcement.public_id}/{rest}"


def send(client: Client, path: str, **said: Any) -> str:
    """The page's form with some boxes changed, sent; what is on the page that follows."""
    typed = fields_of(client.get(path).content.decode())
    return words_of(client.post(path, typed | said, follow=True))


def readers_box(cast: Cast) -> str:
    """The name of the list of Eastmoor CCG's people on the page for sharing."""
    return f"readers_{cast.ccg.pk}"


def look(client_of: ClientOf, user: User, draft: Draft) -> str:
    """The page of the announcement, or nothing where there is none for this reader."""
    answer = client_of(user).get(at(draft.announcement))
    return answer.content.decode() if answer.status_code == 200 else ""


def concerned() -> ConcernedAgreement:
    """The one agreement that the one announcement touches."""
    return ConcernedAgreement.objects.get()


def swept(moment: datetime) -> int:
    """How many reminders of announcements a sweep at this time makes e-mails of."""
    kinds = ("press_share_by", "announcement_release")
    told = Reminder.objects.filter(state=Reminder.State.SENT, deadline__kind__in=kinds)
    before = told.count()
    with clock.at(moment):
        sweep_reminders()
    return told.count() - before


def subjects(mailbox: Mailbox, address: str, moment: datetime) -> list[str]:
    """What e-mails about drafts said to an address up to a time; empties the box."""
    with clock.at(moment):
        every = [str(mail.subject) for mail in mailbox.to(address)]
        mailbox.all.clear()
    return [subject for subject in every if "draft" in subject.lower()]
