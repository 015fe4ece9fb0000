"""Changes in words: for pages, e-mails and the history."""

from __future__ import annotations

from typing import Final

from agreements.changes.rules import Kind
from agreements.models import Change
from nhsuk.components import Colour
from nhsuk.dates import day

# "… the MoU with Eastmoor CCG", on Home.
TO_ANSWER: Final[dict[str, str]] = {
    Kind.EXTENSION: "Answer the proposed extension of",
    Kind.WITHDRAWAL: "Answer the notice of withdrawal from",
    Kind.TAKING_BACK: "Answer whether a notice or an end is taken back in",
    Kind.ENDING: "Answer the proposed end of",
    Kind.EVENT: "Confirm what ended",
    Kind.END: "Confirm the end of",
    Kind.DISPOSAL: "Answer the proposed disposal of",
}
COLOURS: Final[dict[str, Colour]] = {
    Change.State.OPEN: "yellow",
    Change.State.RUNNING: "orange",
    Change.State.AGREED: "blue",
    Change.State.DONE: "green",
    Change.State.REFUSED: "red",
    Change.State.WITHDRAWN: "grey",
}


def asked_in_words(change: Change) -> str:
    """What is asked, for a subject: "accept an extension to 31 March 2017"."""
    on = day(change.on)
    return {
        Kind.VARIATION: "a variation of its text",
        Kind.CORRECTION: "a correction of its text",
        Kind.EXTENSION: f"accept an extension to {on}" if on else "accept that it has no end",
        Kind.WITHDRAWAL: f"answer a notice of withdrawal for {on}",
        Kind.NOT_EXTENDING: f"notice that it is not extended beyond {on}",
        Kind.TAKING_BACK: "accept that a notice or an agreed end is taken back",
        Kind.ENDING: f"accept that it ends on {on}",
        Kind.EVENT: f"confirm what ended it on {on}",
        Kind.END: f"confirm that it ended on {on}",
        Kind.STILL_WORKING: f"still worked to, asked again on {on}",
        Kind.DISPOSAL: "accept that it is disposed of",
    }[Kind(change.kind)]


def opened_in_words(change: Change, mou: str, who: str = "") -> str:
    """Who did what, as a sentence: "On 3 May 2015 Eastmoor CCG proposed to extend …".

    `who` is the name of the party that opened it, where it is at hand.
    """
    who, when, on = who or change.opened_for.name, day(change.opened_at), day(change.on)
    given = day(change.given_on)
    return {
        Kind.VARIATION: f"On {when} {who} began to vary the text of {mou}.",
        Kind.CORRECTION: f"On {when} {who} began to correct the text of {mou}.",
        Kind.EXTENSION: f"On {when} {who} proposed that {mou} is extended to {on}."
        if on
        else f"On {when} {who} proposed that {mou} has no end any more.",
        Kind.WITHDRAWAL: f"On {given} {who} gave notice that it withdraws from {mou}. Its last day "
        f"is {on}.",
        Kind.NOT_EXTENDING: f"On {given} {who} gave notice that it does not extend {mou} beyond "
        f"{on}.",
        Kind.TAKING_BACK: f"On {when} {who} asked to take back {_taken_back(change)} {mou}.",
        Kind.ENDING: f"On {when} {who} proposed that {mou} ends on {on}.",
        Kind.EVENT: f"On {when} {who} recorded that what ends {mou} happened on {on}.",
        Kind.END: f"On {when} {who} recorded that {mou} ended on {on}, its last day.",
        Kind.STILL_WORKING: f"On {when} {who} recorded that the parties still work to {mou}. They "
        f"are asked again on {on}.",
        Kind.DISPOSAL: f"On {when} {who} proposed to dispose of {mou}.",
    }[Kind(change.kind)]


# What a form says of its kind before it is filled in.
LEADS: Final[dict[str, str]] = {
    Kind.VARIATION: "You get a draft with the text that is in force, which all parties can edit. "
    "That text stays in force until all have approved and signed the new one.",
    Kind.CORRECTION: "You get a draft with the text that is in force. A correction changes "
    "spelling and references alone: never a term, a date, a name, a sum or a number. All parties "
    "sign it.",
    Kind.EXTENSION: "It holds when all other parties have accepted it. Until then the end stays.",
    Kind.WITHDRAWAL: "The others are told at once. The MoU stays in force until its last day.",
    Kind.NOT_EXTENDING: "The others are told at once. The MoU stays in force until its end.",
    Kind.ENDING: "It ends on that day when all other parties have accepted it.",
    Kind.EVENT: "The MoU has ended when another party confirms what happened.",
    Kind.END: "The MoU has ended when another party confirms it. All of it stays readable.",
    Kind.STILL_WORKING: "It is not extended by that: what it asks for is still due, and the "
    "parties are asked again on the day that you choose.",
    Kind.TAKING_BACK: "It is taken back when all other parties have accepted that.",
}


def _taken_back(change: Change) -> str:
    is_end = change.about and change.about.kind == Kind.ENDING
    return "the end that all agreed to of" if is_end else "its notice on"
