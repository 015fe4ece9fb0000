"""What the preferences page says of reminders: what is always sent, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from deadlines.kinds import DeadlineKind, kinds, read_people_for
from deadlines.models import MailPreference, Reminder
from deadlines.queries import reminders_to_come
from deadlines.rules.offsets import in_words
from mail.kinds import NotNeeded
from parties.acting import Acting

AT_ONCE, DAILY, ALWAYS = "At once", "In the daily e-mail", "At once, because it cannot wait"
# Who gets a reminder is found when it is due; finding that for more than these would take long.
NEXT = 2


def required_kinds() -> list[DeadlineKind]:
    """The kinds that a clause asks for, which cannot be switched off."""
    return sorted((k for k in kinds().values() if k.is_always_sent), key=lambda kind: kind.label)


@dataclass(frozen=True)
class Coming:
    """A reminder that is still to come, and how it does."""

    reminder: Reminder
    kind: DeadlineKind
    how: str

    @property
    def about(self) -> str:
        """ "30 days before, MOU-0001". Of several none is named: some may be of others."""
        references = [each.reference for each in self.reminder.deadline.concerned.all()]
        named = "several agreements" if len(references) > 1 else "".join(references)
        return ", ".join(filter(None, (in_words(self.reminder.offset), named)))


def coming_to(acting: Acting, wishes: MailPreference) -> list[Coming]:
    """The reader's next reminders as things stand."""
    declared = kinds()
    known = [r for r in reminders_to_come(acting, NEXT) if r.deadline.kind in declared]
    read_people_for(known)
    return [
        Coming(reminder, kind, _how(kind, wishes))
        for reminder in known
        if _goes_to(acting, reminder, kind := declared[reminder.deadline.kind])
        and not _is_off(kind, wishes)
    ]


def _goes_to(acting: Acting, reminder: Reminder, kind: DeadlineKind) -> bool:
    try:
        told = list(kind.recipients(reminder.deadline, reminder))
    except NotNeeded:
        return False
    return acting.who.person_id in {recipient.person_id for recipient in told}


def _is_off(kind: DeadlineKind, wishes: MailPreference) -> bool:
    return not kind.required and kind.key in wishes.switched_off


def _how(kind: DeadlineKind, wishes: MailPreference) -> str:
    if wishes.one_digest_a_day:
        return ALWAYS if kind.urgent else DAILY
    return AT_ONCE
