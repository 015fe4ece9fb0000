"""The e-mail on a record of shared data. It says which one, never what is shared."""

from __future__ import annotations

from typing import Any, Final

from agreements.core.letters import HappeningLetter
from mail.kinds import Message, kind

# What happened, by the verb of what was done, and what the reader may do about it.
_LOOK: Final = "Read it. If something about it is not right, say so on its page."
_DID: Final = {
    "data_sharing_recorded": ("recorded data that is shared under {mou}", "recorded", _LOOK),
    "data_sharing_changed": ("changed a record of data that is shared under {mou}", "changed",
                             f"Its page says what it was before, and why. {_LOOK}"),
    "data_sharing_ended": ("said that data is no longer shared under {mou}", "ended",
                           "The record stays readable, with the day and the reason."),
    "data_sharing_in_error": ("said that a record of data shared under {mou} was an error",
                              "entered in error", "Its page says why."),
    "data_sharing_disputed": ("said that a record of data shared under {mou} is not right",
                              "said to be not right",
                              "Its page says why. Whoever recorded it can change it."),
}  # fmt: skip


@kind("data_sharing", "A record of shared data")
def data_sharing(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    did, short, follows = _DID[about.happening.verb]
    whose = about.happening.organisation or about.others
    number = about.data["number"]
    return about.message(
        f"record {number} of shared data {short} on {about.on}",
        f"On {about.on} {whose} {did.format(mou=about.mou)}. It is record {number}.",
        follows,
        button="See the record",
        path=f"data-sharing/{about.data['record']}/",
    )
