"""States, owners and dates of actions, in words."""

from __future__ import annotations

from datetime import date

from commitments.models import Action
from deadlines.rules.distance import distance
from nhsuk.components import Colour, Tag
from nhsuk.dates import day

_COLOURS: dict[str, Colour] = {
    Action.State.OPEN: "blue",
    Action.State.DONE: "green",
    Action.State.DROPPED: "grey",
    Action.State.IN_ERROR: "grey",
}


def state_tag(action: Action, today: date) -> Tag:
    if action.is_overdue(today):
        return Tag("Overdue", "red")
    return Tag(str(action.get_state_display()), _COLOURS[action.state])


def owner_words(action: Action) -> str:
    """ "Olga Other, Eastmoor CCG"; who is to name somebody, where nobody is named."""
    return f"{action.person}, {action.owner}" if action.person else f"{action.owner}, nobody named"


def due_words(action: Action, today: date) -> str:
    if action.due_on is None:
        return "No date"
    far = f", {distance(action.due_on, today)}" if action.is_open else ""
    return f"{day(action.due_on)}{far}"


def standing_words(action: Action) -> str:
    """What is to be said of an action that one party recorded for another; empty for its own."""
    return {
        Action.Standing.AWAITED: f"Recorded by {action.recorded_for}, not yet confirmed by "
        f"{action.owner}.",
        Action.Standing.CONFIRMED: f"Recorded by {action.recorded_for}, confirmed by "
        f"{action.owner}.",
        Action.Standing.DISPUTED: f"Recorded by {action.recorded_for}. {action.owner} says that "
        "it is not right.",
    }.get(Action.Standing(action.standing), "")


def closed_words(action: Action) -> str:
    """ "Marked done by Olga Other on 3 March 2014." Empty while it is open."""
    if action.is_open:
        return ""
    said = {"done": "Marked done", "dropped": "Dropped", "in_error": "Entered in error, says"}
    joint = "" if action.state == Action.State.IN_ERROR else " by"
    return f"{said[action.state]}{joint} {action.closed_by} on {day(action.closed_at)}."
