"""Somebody leaves an organisation: who follows gets their open actions, else its MoU manager."""

from __future__ import annotations

from agreements.models import spells_today
from commitments.models import Action, ActionQuerySet
from commitments.services.changing import locked
from commitments.services.due import keep_deadlines
from commitments.services.recording import note
from commitments.services.telling import tell_workers
from parties.models import Organisation, Person
from parties.services.people import Joining, Leaving


def lock_actions(leaving: Leaving) -> None:
    for action in open_actions(leaving.person, leaving.organisation):
        locked(action)


def hand_over_actions(leaving: Leaving) -> None:
    """From today on, so that reminders go to who follows. Call it in the leaving's transaction.

    Whoever has an action from now on is told of it, once for each.
    """
    for action in open_actions(leaving.person, leaving.organisation):
        current = locked(action)
        current.person = leaving.follows(action_key(action))
        current.edit_no += 1
        current.save(update_fields=["person", "edit_no"])
        keep_deadlines(current)
        _tell(leaving, current)


def join_actions(joining: Joining) -> None:
    """What one row of a person has open is the other's, who is the same person."""
    for action in open_actions(joining.was, joining.organisation):
        current = locked(action)
        current.person = joining.now
        current.edit_no += 1
        current.save(update_fields=["person", "edit_no"])
        keep_deadlines(current)


def action_key(action: Action) -> str:
    """What it is called among all that somebody hands over."""
    return f"action-{action.pk}"


def open_actions(person: Person, organisation: Organisation) -> ActionQuerySet:
    """In one order, so that two who leave at once do not wait for each other."""
    sides = spells_today(organisation.pk).values("party")
    found: ActionQuerySet = Action.objects.filter(
        person=person, owner__in=sides, state=Action.State.OPEN
    )
    rows = found.select_related("agreement", "owner", "recorded_for")
    return rows.order_by("agreement__reference", "number")


def _tell(leaving: Leaving, action: Action) -> None:
    follows = f"{action.person} follows" if action.person else "nobody is named now"
    happening = note(
        leaving.by, action, "action_left", party=leaving.organisation.name,
        who=leaving.person.name, follows=follows,
    )  # fmt: skip
    tell_workers(happening, action, but=leaving.by.who.email)
