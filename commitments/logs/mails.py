"""The e-mails about logs. They name an entry by its number and hold none of its words."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse

from agreements.core.letters import HappeningLetter
from mail.kinds import Message, kind
from nhsuk.words import capital

# Verb: what the subject says of a risk, what the first sentence says happened to it.
OF_RISKS: Final = {
    "log_recorded": ("recorded", "was recorded"),
    "log_changed": ("changed", "was changed"),
    "log_closed": ("closed", "was closed"),
    "log_in_error": ("entered in error", "was marked as entered in error"),
}
# Verb: the same of an entry that comes from another agreement.
OF_OTHERS: Final = {
    "log_shared": ("passed on to you", "passed on an entry of a log of {kind} to the parties of"),
    "log_taken_back": (
        "no longer passed on",
        "took back an entry of a log of {kind}, which had been passed on to the parties of",
    ),
    "log_shared_in_error": (
        "entered in error",
        "marked as entered in error an entry of a log of {kind}, which was passed on to",
    ),
}
OWN_REGISTER: Final = "If your own register has this risk, enter its reference on the page."


@kind("log_news")
def log_news(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    verb, called = about.happening.verb, about.data["called"]
    short, long = OF_RISKS[verb]
    more = {"log_recorded": (OWN_REGISTER,), "log_changed": ()}
    return about.message(
        f"{called} {short} on {about.on}",
        f"{capital(called)} under your MoU with {about.others} {long} on {about.on}.",
        *more.get(verb, ("The reason is on its page.",)),
        button="Open the risk",
        to=reverse("commitments:log_entry", args=[about.data["key"]]),
    )


@kind("log_shared")
def log_shared(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    verb, party = about.happening.verb, about.data["party"]
    short, long = OF_OTHERS[verb]
    long = long.format(kind=about.data["kind"])
    sentence = f"On {about.on} {party} {long} your MoU with {about.others}."
    if verb == "log_taken_back":
        return about.message(f"an entry of a log {short}", sentence, "You can no longer read it.")
    return about.message(
        f"an entry of a log {short}",
        sentence,
        button="Open the entry",
        to=reverse("commitments:log_entry", args=[about.data["key"]]),
    )
