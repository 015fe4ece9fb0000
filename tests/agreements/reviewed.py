"""Reviews as the people of the cast hold and record them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

from agreements.models import Agreement, Review
from agreements.reviews.due import last_review
from agreements.reviews.services import Outcome, record_review
from deadlines.sweep import sweep_reminders
from house import clock
from mail.sweep import send_due
from parties.models import User
from tests.cast import acting

SIGNED_AT = datetime(2026, 2, 3, 12, tzinfo=UTC)
DUE = date(2027, 2, 3)


@contextmanager
def on(day: date) -> Iterator[None]:
    """The portal's clock at noon of a day."""
    with clock.at(datetime.combine(day, time(12), UTC)):
        yield


def reviewed(
    by: User,
    agreement: Agreement,
    held_on: date,
    next_on: date | None,
    outcome: str = "continue",
    note: str = "",
) -> Review:
    """Somebody records the review that is due."""
    last = last_review(agreement)
    return record_review(
        by=acting(by),
        agreement=agreement,
        number=last.number + 1 if last else 1,
        said=Outcome(held_on, outcome, next_on, note),
    )


def swept_on(day: date) -> int:
    """How many reminders became e-mails on a day, at twenty to ten in London. They are sent: after
    the one e-mail of the morning each goes alone."""
    with clock.at(datetime.combine(day, time(9, 40), clock.LONDON)):
        told = sweep_reminders()
        send_due()
    return told


def days_told(first: date, last: date) -> list[date]:
    """The days on which reminders became e-mails, sweeping each morning."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [day for day in days if swept_on(day)]
