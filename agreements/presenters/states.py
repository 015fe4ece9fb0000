"""States and dates of agreements and versions, in words."""

from __future__ import annotations

from datetime import date

from agreements.models import Agreement, Version
from deadlines.rules.distance import far_words
from nhsuk.components import Colour, Tag
from nhsuk.dates import day
from nhsuk.words import plural

_AGREEMENT: dict[str, Colour] = {"being_prepared": "blue", "in_force": "green", "ended": "grey"}
_VERSION: dict[str, Colour] = {
    "draft": "blue",
    "frozen": "purple",
    "out_for_approval": "yellow",
    "out_for_signature": "orange",
    "signed": "green",
    "withdrawn": "grey",
}


def agreement_tag(state: str) -> Tag:
    return Tag(str(Agreement.State(state).label), _AGREEMENT.get(state, "grey"))


def version_tag(state: str) -> Tag:
    return Tag(str(Version.State(state).label), _VERSION.get(state, "grey"))


def distance(to: date, today: date) -> str:
    """How far a day is, in words: "today", "in 41 days", "in 9 months", "12 years ago"."""
    days = (to - today).days
    if days in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    far = far_words(to, today) or plural(abs(days), "day")
    return f"in {far}" if days > 0 else f"{far} ago"


def is_passed(on: date | None, today: date) -> bool:
    return on is not None and on < today


def state_sentence(agreement: Agreement, newest: Version | None, today: date) -> str:
    """What follows the tag of the state to make a sentence or two, with the next date."""
    if agreement.state == Agreement.State.IN_FORCE:
        return f"since {day(agreement.start_on)}. {review_words(agreement, today)}"
    if agreement.state == Agreement.State.ENDED:
        return "Work on it was stopped. It was not signed."
    return _under_way(newest)


def review_words(agreement: Agreement, today: date) -> str:
    """ "Review due 3 September 2014, in 9 months."; that it has passed, when it has."""
    if agreement.review_on is None:
        return "No review is due."
    how_far = distance(agreement.review_on, today)
    if agreement.review_on < today:
        return f"The review was due on {day(agreement.review_on)}, {how_far}."
    return f"Review due {day(agreement.review_on)}, {how_far}."


def _under_way(newest: Version | None) -> str:
    if newest is None:
        return ""
    return {
        "draft": "Both parties can edit the draft.",
        "frozen": f"Version {newest.label} is frozen: its text no longer changes.",
        "out_for_approval": f"Version {newest.label} is out for approval.",
        "out_for_signature": f"Version {newest.label} is out for signature.",
    }.get(newest.state, "")
