"""Concerns in words: states, addresses, what was done."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from agreements.models import Agreement
from deadlines.rules.working_days import distance
from escalations.models import ConcernAction, ConcernStep, PracticeConcern
from house import clock
from nhsuk.components import Colour, Tag
from nhsuk.dates import day
from nhsuk.words import and_list

_COLOURS: Mapping[str, Colour] = {
    PracticeConcern.State.OPEN: "yellow",
    PracticeConcern.State.SHARED: "blue",
    PracticeConcern.State.NOT_SHARED: "purple",
}
Kind = ConcernStep.Kind


def page_of(concern: PracticeConcern, page: str = "concern", *more: object) -> str:
    return reverse(f"concerns:{page}", args=[concern.key, *more])


def open_url(agreement: Agreement) -> str:
    return reverse("concerns:open", args=[agreement.reference])


def tag_of(concern: PracticeConcern) -> Tag:
    return Tag(str(concern.get_state_display()), _COLOURS.get(concern.state, "grey"))


def heading(concern: PracticeConcern) -> str:
    return f"Concern about {concern.about}"


def action_tag(action: ConcernAction) -> Tag:
    if action.is_late(clock.today()):
        return Tag("Late", "red")
    colour: Colour = {"open": "blue", "done": "green"}.get(action.state, "grey")  # type: ignore[assignment]
    return Tag(str(action.get_state_display()), colour)


def due_words(action: ConcernAction) -> str:
    if action.due_on is None:
        return "No date"
    far = f", {distance(action.due_on, clock.today())}" if action.is_open else ""
    return f"{day(action.due_on)}{far}"


def under(action: ConcernAction) -> str:
    """How an action ended, and how that is known; empty while it is open."""
    if action.is_open:
        return ""
    how = f"Done on {day(action.done_on)}" if action.done_on else "Dropped"
    return f"{how}, recorded by {action.closed_by}: {action.evidence}"


def said(step: ConcernStep, names: Mapping[str, str]) -> str:
    """What was done, as a heading; `names` are the parties' by their keys."""
    parties = and_list(names.get(key, key) for key in step.about)
    return {
        Kind.OPENED: "Recorded",
        Kind.NOTE: "More is known",
        Kind.SHARED: f"Decided to share it with {parties}",
        Kind.KEPT: "Decided not to share it for now",
        Kind.TAKEN_BACK: f"Shared no longer with {parties}",
        Kind.READ: "Read by link",
        Kind.LET_IN: f"{and_list(step.about)} may read it from now on",
        Kind.LET_OUT: f"{and_list(step.about)} may read it no longer",
        Kind.CLOSED: _closed(step),
        Kind.REOPENED: "Reopened",
        Kind.IN_ERROR: "Entered in error",
    }[Kind(step.kind)]


def _closed(step: ConcernStep) -> str:
    if not step.about:
        return "Closed with no action open"
    are = "action" if len(step.about) == 1 else "actions"
    return f"Closed with {are} {and_list(step.about)} open"
