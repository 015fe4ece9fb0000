"""Actions in words: states, owners, dates, and the quieter line of a row."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from commitments.models import Action
from deadlines.rules.working_days import distance
from house import clock
from nhsuk.components import Colour, Link, Tag
from nhsuk.dates import day
from nhsuk.words import plural

_COLOURS: dict[str, Colour] = {
    Action.State.OPEN: "blue",
    Action.State.DONE: "green",
    Action.State.DROPPED: "grey",
    Action.State.IN_ERROR: "grey",
}


def page_of(action: Action) -> str:
    return reverse("commitments:action", args=[action.key])


def state_tag(action: Action) -> Tag:
    if action.is_overdue(clock.today()):
        return Tag("Late", "red")
    return Tag(str(action.get_state_display()), _COLOURS[action.state])


def standing_tag(action: Action) -> Tag | None:
    """What marks an open action that its owner has not confirmed."""
    standing = Action.Standing(action.standing)
    marked = action.is_open and standing in {Action.Standing.AWAITED, Action.Standing.DISPUTED}
    return Tag(str(standing.label), "yellow") if marked else None


def owner_words(action: Action) -> str:
    """ "Olga Other, Eastmoor CCG"; who is to name somebody, where nobody is named."""
    return f"{action.person}, {action.owner}" if action.person else f"{action.owner}, nobody named"


def due_words(action: Action) -> str:
    if action.due_on is None:
        return "No date"
    far = f", {distance(action.due_on, clock.today())}" if action.is_open else ""
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


def under(action: Action, sources: Mapping[str, Link], of_many: bool) -> str:
    """Where it was agreed, if `sources` has that; `of_many` says of which MoU it is."""
    source = sources.get(action.source_key)
    parts = [
        f"Action {action.number}",
        source.text if source else "",
        action.agreement.reference if of_many else "",
        f"carried {plural(action.carried, 'time')}" if action.carried else "",
    ]
    return ", ".join(part for part in parts if part)


def counted(found: int, wanted: Mapping[str, str]) -> str:
    """ "3 open actions": the heading of the list."""
    kind = {"": "open ", "overdue": "late ", "closed": "closed ", "all": ""}
    return plural(found, f"{kind.get(wanted.get('state', ''), '')}action")
