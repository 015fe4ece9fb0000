from deadlines.models.deadlines import Concerned, Deadline, DeadlineQuerySet, Holder, Holiday
from deadlines.models.reminders import DigestLine, LastSweep, MailPreference, Reminder

__all__ = [
    "Concerned",
    "Deadline",
    "DeadlineQuerySet",
    "DigestLine",
    "Holder",
    "Holiday",
    "LastSweep",
    "MailPreference",
    "Reminder",
]
