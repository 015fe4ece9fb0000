"""Between whom a disagreement is, in words: for its own parties, and for the others (0054)."""

from __future__ import annotations

from escalations.models import Disagreement
from escalations.presenters.words import heading
from nhsuk.dates import day
from nhsuk.words import and_list, in_title, spelled


def of_others(disagreement: Disagreement) -> str:
    """ "Disagreement 2 between Eastmoor CCG and Ash Federation: opened on 3 September 2013, not
    settled yet." All that a party may know that it is not between."""
    names = and_list(party.name for party in disagreement.parties)
    ended = "not settled yet"
    if disagreement.closed_at:
        ended = f"{disagreement.get_state_display().lower()} on {day(disagreement.closed_at)}"
    opened = day(disagreement.opened_at)
    return f"{heading(disagreement.name)} between {names}: opened on {opened}, {ended}."


def what_others_see(word: str) -> str:
    """Said before somebody opens one."""
    return (
        f"The other parties of this MoU see that there is a {word}, between whom it is, when it "
        "was opened, and how and when it ended. They do not see what it is about, or what is said."
    )


def between_in_short(disagreement: Disagreement) -> str:
    """For a line of a list: "between Eastmoor CCG and Ash Federation"; empty where the agreement
    has two parties."""
    everybody = disagreement.agreement.sides
    if len(everybody) <= 2:
        return ""
    if disagreement.concerns_all:
        return f"between all {spelled(len(everybody))} parties"
    return f"between {in_title([party.name for party in disagreement.parties])}"


def between_whom(disagreement: Disagreement) -> str:
    """For its own page; empty where the agreement has two parties."""
    parties, everybody = disagreement.parties, disagreement.agreement.sides
    if len(everybody) <= 2:
        return ""
    if disagreement.concerns_all:
        return f"It is between all {spelled(len(everybody))} parties of the MoU."
    rest = len(everybody) - len(parties)
    others = "other party sees" if rest == 1 else f"other {spelled(rest)} parties see"
    return (
        f"It is between {and_list(party.name for party in parties)}. The {others} that there is "
        "one, between whom, when it was opened and how it ended: no more."
    )
