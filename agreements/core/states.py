"""States and dates of agreements and versions, in words."""

from __future__ import annotations

from datetime import date

from agreements.models import Agreement, Version
from deadlines.rules.working_days import Holidays, distance
from nhsuk.components import Colour, Tag
from nhsuk.dates import day

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
    return Tag(str(Agreement.State(state).label), _AGREEMENT[Agreement.State(state)])


def version_tag(state: str) -> Tag:
    return Tag(str(Version.State(state).label), _VERSION[Version.State(state)])


def is_passed(on: date | None, today: date) -> bool:
    return on is not None and on < today


def state_sentence(
    agreement: Agreement, newest: Version | None, today: date, holidays: Holidays
) -> str:
    """What follows the tag of the state to make a sentence or two, with the next date."""
    if agreement.state == Agreement.State.IN_FORCE:
        return f"since {day(agreement.start_on)}. {review_words(agreement, today, holidays)}"
    if agreement.state == Agreement.State.ENDED:
        return "Work on it was stopped. It was not signed."
    return _under_way(newest)


def review_words(agreement: Agreement, today: date, holidays: Holidays | None = None) -> str:
    """ "Review due 3 September 2014, in 9 months."; that it has passed, when it has."""
    if agreement.review_on is None:
        return "No review is due."
    how_far = distance(agreement.review_on, today, holidays)
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
