"""What e-mails say happened to meetings and series: a line for each verb.

`{noun}` is what the meeting is called (`{nouns}`: several), `{under}` "under your MoU".
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class News:
    """What the subject says; what follows "On 3 March Eastmoor CCG"; what the reader can do."""

    subject: str
    sentence: str
    next_step: str = ""


READ_AND_CONFIRM = "Read the record, then confirm it or say what is not right."

OF_MEETINGS = {
    "meeting_scheduled": News(
        "{noun} on {when}",
        "called a {noun} {under}. It is on {when}.",
        "Read its agenda, and add what you want to talk about.",
    ),
    "meeting_moved": News(
        "{noun} moved to {when}",
        "changed the {noun} {under}. It is on {when} now.",
        "Its page says where, and what is on the agenda.",
    ),
    "meeting_cancelled": News(
        "{noun} of {when} cancelled",
        "cancelled the {noun} of {when} {under}.",
        "The reason is on its page.",
    ),
    "meeting_recorded": News(
        "{noun} of {day} recorded",
        "recorded the {noun} of {day} {under}.",
        READ_AND_CONFIRM,
    ),
    "meeting_corrected": News(
        "record of the {noun} of {day} corrected",
        "corrected the record of the {noun} of {day} {under}.",
        READ_AND_CONFIRM,
    ),
    "meeting_confirmed": News(
        "record of the {noun} of {day} confirmed",
        "confirmed the record of the {noun} of {day} {under}.",
    ),
    "meeting_disputed": News(
        "record of the {noun} of {day} not right",
        "said that the record of the {noun} of {day} {under} is not right.",
        "What is not right stands on its page. Correct it there.",
    ),
    "meeting_in_error": News(
        "{noun} of {day} entered in error",
        "marked the {noun} of {day} {under} as entered in error.",
        "The reason is on its page.",
    ),
    "action_agreed": News(
        "action added from the {noun} of {day}",
        "added an action to the record of the {noun} of {day} {under}.",
    ),
    "note_added": News(
        "note added to the record of the {noun} of {day}",
        "added a note to the record of the {noun} of {day} {under}. Only its parties read it.",
        "Read it, and say what is not right.",
    ),
    "note_changed": News(
        "note changed in the record of the {noun} of {day}",
        "changed a note in the record of the {noun} of {day} {under}. Only its parties read it.",
        "Read it, and say what is not right.",
    ),
}

OF_SERIES = {
    "series_made": News(
        "new meetings, held {cadence}", "added a series of meetings {under}, held {cadence}."
    ),
    "cadence_set": News(
        "{nouns} now held {cadence}", "asked for the {noun} {under} to be held {cadence}."
    ),
    "series_joined": News(
        "joins {nouns} of several MoUs, held {cadence}",
        "made your MoU one of several that hold their {nouns} together, {cadence}.",
        "What all of them read and what is yours alone is marked on each page.",
    ),
    "series_left": News(
        "leaves the {nouns} of several MoUs",
        "took your MoU out of {nouns} that several hold together.",
    ),
    "series_ended": News("meetings ended", "ended a series of meetings {under}."),
}
