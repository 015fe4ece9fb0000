"""Somebody with an account says that they are the person whom an organisation has by a name."""

from __future__ import annotations

from typing import Any

from house.rooms import rooms
from parties.models import Membership, Organisation, Person, User
from parties.services.people import TIES, Joining


def be_one_person(organisation: Organisation, *, was: Person, user: User) -> None:
    """What `was` holds there now is the account's own from now on. What has ended stays as it was.

    Call it in the transaction in which they said so.
    """
    if user.person is None:
        user.person = was
        user.save(update_fields=["person"])
        return
    hand_over(Joining(organisation, was, user.person))


def hand_over(joining: Joining, *, ended: bool = False) -> None:
    """What one row of a person holds in the organisation is the other's; a role is an account's.

    With `ended` also the posts, seats and places in teams that are over.
    """
    for model, who, where in TIES:
        if model is not Membership:
            rows = model.objects.filter(**{who: joining.was, where: joining.organisation})
            for row in rows if ended else rows.filter(ends_on=None):
                _take_over(row, joining)
    for room in rooms():
        room.person_joins(joining)


def _take_over(row: Any, joining: Joining) -> None:
    row.person = joining.now
    row.save(update_fields=["person"])
