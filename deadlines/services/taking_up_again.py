"""A reminder that failed, taken up again once its cause is mended."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction

from audit.services import write_entry
from deadlines.models import Reminder
from house import clock
from house.lifecycle import Lifecycle, move, step

# What a person may do about a reminder; the sweep alone does the rest.
REMINDER_LIFECYCLE: Final = Lifecycle("reminder", {"take_up_again": step("failed", to="pending")})


def take_up_again(*, actor: Any, reminder: Reminder) -> None:
    """Makes a reminder that failed pending again: the next sweep takes it up.

    Where the deadline is closed or has moved, the sweep still tells nobody. Raises Refused for
    one that has not failed.
    """
    with transaction.atomic():
        move(
            reminder,
            "take_up_again",
            lifecycle=REMINDER_LIFECYCLE,
            attempts=0,
            next_try=clock.now(),
        )
        write_entry(
            actor=actor,
            organisation_id=None,
            verb="took up a reminder again",
            about=reminder,
            payload={"deadline": reminder.deadline.subject_key},
        )
