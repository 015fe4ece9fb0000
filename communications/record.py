"""What is written down of an announcement.

Only its release is a happening of its agreements, which both parties read. Everything before it is
in the audit alone, with ids and dates and no words of the announcement.
"""

from __future__ import annotations

from typing import Any

from audit.services import write_entry
from communications.models import Announcement
from parties.acting import Acting


def note(by: Acting, verb: str, announcement: Announcement, **payload: Any) -> None:
    """The audit entry of one act, in its transaction."""
    write_entry(
        actor=by.user,
        organisation_id=by.organisation_id,
        verb=f"announcement_{verb}",
        about=announcement,
        payload=payload,
    )
