"""The e-mail about what a party did about keeping an MoU."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from agreements.core.letters import HappeningLetter
from mail.kinds import Message, kind
from nhsuk.dates import day

_SAID: Final = {
    "hold_placed": (
        "hold placed on {on}",
        "{who} placed a hold: {what}. While it stands nothing of {mou} is disposed of.",
    ),
    "hold_lifted": ("hold taken off on {on}", "{who} took off its hold: {what}."),
    "kept_longer": ("kept until {until}", "{who} decided that {mou} is kept until {until}."),
}


@kind("retention_told", "How long an MoU is kept")
def retention_told(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    what, did = _SAID[about.happening.verb]
    until = about.data.get("on")
    facts = {
        "on": about.on,
        "who": about.happening.organisation,
        "what": about.data.get("what", ""),
        "mou": about.mou,
        "until": day(date.fromisoformat(until)) if until else "",
    }
    return about.message(
        what.format_map(facts),
        did.format_map(facts),
        "You need do nothing. Your organisation may place a hold of its own, or keep it longer.",
        button="See how long it is kept",
        path="changes/#retention",
    )
