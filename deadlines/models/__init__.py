from deadlines.models.deadlines import Concerned, Deadline, DeadlineQuerySet, Holder, Holiday
from deadlines.models.feeds import Feed
from deadlines.models.reminders import DigestLine, LastSweep, MailPreference, Reminder

__all__ = [
    "Concerned",
    "Deadline",
    "DeadlineQuerySet",
    "DigestLine",
    "Feed",
    "Holder",
    "Holiday",
    "LastSweep",
    "MailPreference",
    "Reminder",
]
