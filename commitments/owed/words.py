"""Commitments in words: where they stand, how often they are owed, whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.urls import reverse

from agreements.core.reached import subpage_url
from agreements.models import Agreement
from commitments.models import Commitment, Occurrence
from nhsuk.components import Colour, Tag
from nhsuk.dates import day

_STATES: Final[Mapping[str, tuple[str, Colour]]] = {
    "not_due": ("Not due yet", "grey"),
    "due": ("Due", "yellow"),
    "met": ("Done in time", "green"),
    "late": ("Done late", "orange"),
    "missed": ("Missed", "red"),
    "excluded": ("Left out", "grey"),
}
_KEPT: Final[Mapping[str, tuple[str, Colour]]] = {
    "missed": ("Late or missed", "red"),
    "due": ("Due", "yellow"),
    "kept": ("Kept", "green"),
    "nothing_yet": ("Nothing due yet", "grey"),
}


def page_of(commitment: Commitment) -> str:
    return reverse("commitments:owed", args=[commitment.key])


def list_of(agreement: Agreement) -> str:
    return subpage_url(agreement.reference, "commitments")


def form_of_standing(agreement: Agreement) -> str:
    """Where all standing commitments are asked about at once."""
    return reverse("commitments:owed_standing", args=[agreement.reference])


def time_tag(state: str) -> Tag:
    """How one time stands."""
    return Tag(*_STATES[state])


def said_tag(said: Occurrence) -> Tag:
    """What was recorded, by itself; of what was done also whether in time."""
    if said.error_at:
        return Tag("Entered in error", "grey")
    if said.outcome == Occurrence.Outcome.DONE and said.done_on:
        if said.due_on is None:
            return Tag("Done", "green")
        return time_tag("met" if said.done_on <= said.due_on else "late")
    if said.outcome == Occurrence.Outcome.NOTHING:
        return Tag("Nothing to report", "grey")
    return time_tag(str(said.outcome))


def kept_tag(state: str) -> Tag:
    """How the commitment stands."""
    return Tag(*_KEPT[state])


def often(commitment: Commitment) -> str:
    """ "Monthly, by a timetable", "Once, by 31 December 2017", "5 in each year"."""
    if commitment.cadence == Commitment.Cadence.ONCE:
        return f"Once, by {day(commitment.due_on)}" if commitment.due_on else "Once, day not said"
    if commitment.cadence == Commitment.Cadence.N_A_YEAR:
        said = f"{commitment.per_year} in each year"
    else:
        said = str(commitment.get_cadence_display())
    if commitment.by_financial_year and "year" in said:
        said = f"{said} from April"
    return f"{said}, by a timetable" if commitment.by_timetable else said


def whose(commitment: Commitment) -> str:
    """ "Eastmoor CCG, for Westmoor CCG"."""
    to = f", for {commitment.owed_to.name}" if commitment.owed_to else ""
    return f"{commitment.who_owes}{to}"


def lead(commitment: Commitment) -> str:
    """Who takes it forward for the party that owes it."""
    found = commitment.person or commitment.team
    return str(found) if found else "Nobody named: the MoU manager"


def standing_words(commitment: Commitment) -> str:
    """What is to be said of one that was recorded for another party; empty for the rest."""
    whom, by = commitment.who_owes, commitment.recorded_for
    return {
        Commitment.Standing.AWAITED: f"Recorded by {by}, not yet confirmed by {whom}.",
        Commitment.Standing.CONFIRMED: f"Recorded by {by}, confirmed by {whom}.",
        Commitment.Standing.DISPUTED: f"Recorded by {by}. {whom} says that it is not right.",
    }.get(Commitment.Standing(commitment.standing), "")


def standing_tag(commitment: Commitment) -> Tag | None:
    marked = {Commitment.Standing.AWAITED, Commitment.Standing.DISPUTED}
    standing = Commitment.Standing(commitment.standing)
    return Tag(str(standing.label), "yellow") if standing in marked else None


def days_of(said: Occurrence) -> str:
    """ "1 April 2014 to 30 April 2014"; of a standing commitment since when."""
    if said.due_on is None:
        return f"To {day(said.last)}"
    return f"{day(said.first)} to {day(said.last)}" if said.first != said.last else day(said.last)
