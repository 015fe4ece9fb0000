"""The e-mail about a commitment. It names it by its number and holds none of its words."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse

from agreements.core.letters import HappeningLetter
from mail.kinds import Message, kind

# Verb: what the subject says of the commitment, what the first sentence says happened to it.
NEWS: Final = {
    "commitment_recorded": ("recorded", "was recorded for {party}"),
    "commitment_changed": ("changed", "was changed"),
    "commitment_dated": ("has other days", "was given other days"),
    "commitment_confirmed": ("confirmed", "was confirmed by who owes it"),
    "commitment_disputed": ("is not right, answered", "is not right, says who owes it"),
    "commitment_ended": ("ended", "was ended"),
    "commitment_in_error": ("entered in error", "was marked as entered in error"),
    "occurrence_disputed": ("has a record that is not right", "has a record that is not right"),
}
REASONED: Final = {
    "commitment_disputed", "commitment_ended", "commitment_in_error", "occurrence_disputed",
}  # fmt: skip


@kind("commitment_news")
def commitment_news(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    short, long = NEWS[about.happening.verb]
    number, long = about.data["number"], long.format(party=about.data.get("party", ""))
    more = ("The reason is on its page.",) if about.happening.verb in REASONED else ()
    return about.message(
        f"commitment {number} {short} on {about.on}",
        f"Commitment {number} under your MoU with {about.others} {long} on {about.on}.",
        *more,
        button="Open the commitment",
        to=reverse("commitments:owed", args=[about.data["key"]]),
    )
