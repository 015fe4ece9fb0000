"""The e-mails about changes: one was opened or answered, the end has passed, the MoU has ended."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements.changes.due import ANSWERS_CHANGE
from agreements.changes.rules import needs
from agreements.changes.words import asked_in_words, opened_in_words
from agreements.core.left_open import counted_open
from agreements.core.letters import HappeningLetter
from agreements.models import Change
from mail.kinds import Message, kind
from nhsuk.dates import day
from nhsuk.words import capital

_DONE = {
    "change_accepted": ("accepted", "accepted it"),
    "change_refused": ("not accepted", "did not accept it. The reason is on its page"),
    "change_withdrawn": ("withdrawn", "withdrew it. The reason is on its page"),
}


@kind("change_told", "A change of an MoU")
def change_told(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    rows = Change.objects.select_related("opened_for")
    change = rows.get(pk=about.data["change"])
    opened = opened_in_words(change, "this MoU")
    if about.happening.verb != "change_opened":
        what, said = _done(about)
        return about.message(
            f"{change.get_kind_display().lower()} {what}",
            opened,
            said,
            button="See where it stands",
            path=f"changes/{change.pk}/",
        )
    if change.is_of_text:
        return about.message(
            asked_in_words(change),
            opened,
            "All parties can edit its draft. The text in force stays until all have approved and "
            "signed the new one. If you do not agree to it, say so on its page.",
            button="Read why, and the draft",
            path=f"changes/{change.pk}/",
        )
    asks = needs(change) != "none"
    return about.message(
        asked_in_words(change),
        opened,
        "Read it, then accept it or say why not."
        if asks
        else "Nobody has to accept it. If you do not agree, say so on its page.",
        button="Read and answer",
        path=f"changes/{change.pk}/answer/",
        answers=(ANSWERS_CHANGE, change.pk),
    )


def _done(about: HappeningLetter) -> tuple[str, str]:
    """What came of it, for the subject and as a sentence."""
    if about.happening.verb == "change_lapsed":
        return "not accepted in time", (
            "It was not accepted in time: by its last day not all parties had said yes. It has no "
            "effect. Whoever gave it can give it again with another day."
        )
    what, did = _DONE[about.happening.verb]
    who, still = about.happening.organisation, about.data.get("still")
    said = f"On {about.on} {who} {did}."
    if still:
        others = "another party has" if still == 1 else f"{still} other parties have"
        return f"{what} by {who} on {about.on}", f"{said} It holds once {others} accepted it too."
    all_have = "" if still is None else " All have accepted it by now, so it holds."
    return f"{what} on {about.on}", said + all_have


@kind("end_passed", "The end of an MoU has passed")
def end_passed(context: dict[str, Any]) -> Message:
    """Of a former release, whose e-mails may still wait: the reminder of the end says so now."""
    about = HappeningLetter(context)
    on = _day(about.data["on"])
    return about.message(
        f"say what became of it, its end was {on}",
        f"The last day of {about.mou}, {on}, has passed. Nothing ends by itself.",
        "Say whether it is extended, has ended, or you still work to it.",
        button="Say what became of it",
        path="changes/",
    )


@kind("agreement_ended", "An MoU has ended")
def agreement_ended(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    on, who = _day(about.data["on"]), about.happening.organisation
    accepted = f" {who} accepted that on {about.on}." if who else ""
    some_open = counted_open([about.agreement.pk])[about.agreement.pk]
    return about.message(
        f"ended on {on}",
        f"{capital(about.mou)} ended on {on}.{accepted} You can still read all of it.",
        "We remind you of nothing more that it asks for. What is still open is listed on its page, "
        "so that you can decide on it."
        if some_open
        else "We remind you of nothing more under it. No action and no disagreement is open.",
        button="See what is open" if some_open else "See how it ended",
        path="changes/",
    )


def _day(text: str) -> str:
    return day(date.fromisoformat(text))
