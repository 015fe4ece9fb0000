"""The e-mails about actions. They name an action by its number and hold none of its words."""

from __future__ import annotations

from typing import Any

from agreements.core.letters import HappeningLetter
from commitments.models import Action
from commitments.presenters.words import page_of
from mail.kinds import Message, NotNeeded, kind
from nhsuk.dates import day

# Verb: what the subject says of the action, what the first sentence says happened to it.
NEWS = {
    "action_recorded": ("recorded", "was recorded for {owner}"),
    "action_changed": ("changed", "was changed"),
    "action_done": ("done", "was marked done"),
    "action_dropped": ("dropped", "was dropped"),
    "action_reopened": ("opened again", "was opened again"),
    "action_in_error": ("entered in error", "was marked as entered in error"),
    "action_confirmed": ("confirmed", "was confirmed by {owner}"),
    "action_disputed": ("is not right, answered", "is not right, says {owner}"),
}
REASONED = {"action_dropped", "action_reopened", "action_in_error", "action_disputed"}


@kind("action_news")
def action_news(context: dict[str, Any]) -> Message:
    about, action = HappeningLetter(context), _action(context)
    short, long = NEWS[about.happening.verb]
    long = long.format(owner=action.owner.name)
    more = ("The reason is on its page.",) if about.happening.verb in REASONED else ()
    return about.message(
        f"action {action.number} {short} on {about.on}",
        f"Action {action.number} under your MoU with {about.others} {long} on {about.on}.",
        *more,
        button="Open the action",
        to=page_of(action),
    )


@kind("action_named")
def action_named(context: dict[str, Any]) -> Message:
    about, action = HappeningLetter(context), _action(context)
    if not action.is_open or action.owner_id != context["party"]:
        raise NotNeeded
    due = f"It is due on {day(action.due_on)}." if action.due_on else "It has no due date."
    whose = _whose(action, context)
    return about.message(
        f"do action {action.number}{f' by {day(action.due_on)}' if action.due_on else ''}",
        f"Action {action.number} under the MoU with {about.others} is {whose}. {due}",
        *_to_confirm(action),
        why=context.get("why") or _why(action),
        button="Open the action",
        to=page_of(action),
    )


def _action(context: dict[str, Any]) -> Action:
    return Action.objects.select_related("owner", "person", "recorded_for").get(
        pk=context["action"]
    )


def _whose(action: Action, context: dict[str, Any]) -> str:
    if action.person and "why" in context:
        return f"with {action.person.name}, who is away"
    return "yours" if action.person else f"for {action.owner.name}; nobody is named for it yet"


def _to_confirm(action: Action) -> tuple[str, ...]:
    if action.standing != Action.Standing.AWAITED:
        return ()
    return (f"{action.recorded_for} recorded it. Confirm it, or say what is not right.",)


def _why(action: Action) -> str:
    if action.person:
        return f"you are named for this action, for {action.owner.name}."
    return f"you look after this MoU for {action.owner.name}."
