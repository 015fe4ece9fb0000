"""Terms about people: contact roles, levels, who approves and who signs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from agreements.terms.base import Frozen, Key, Label

# The contact role that every party has, whatever it is called: mail goes to who holds it.
MANAGER_ROLE = "mou_manager"


class ContactRole(Frozen):
    """A named contact that these sides keep (A27)."""

    key: Key
    label: Label
    slots: tuple[Key, ...]
    required: bool = True
    what: str = ""
    # The body on which its holder should have a seat: a warning where they have none.
    seat: str = Field("", max_length=200)
    # Whether its holder is written to about the agreement.
    gets_mail: bool = True
    # What else each party gives of its holder, besides name and e-mail address.
    asks: tuple[Literal["phone", "address"], ...] = ()


class Level(Frozen):
    """One level of settling a disagreement, with the post that acts on each side (A24).

    `roles` has the key of the contact role that acts for a side, where the post is one.
    """

    key: Key
    label: Label
    posts: dict[Key, Label]
    roles: dict[Key, Key] = {}

    def posts_in_order(self, slots: Iterable[str]) -> list[tuple[str, str]]:
        """Slot and post in the order of the sides; the database keeps another one."""
        places = {slot: place for place, slot in enumerate(slots)}
        return sorted(self.posts.items(), key=lambda post: places.get(post[0], len(places)))


def role_called(label: str, roles: Iterable[ContactRole]) -> str:
    """The key of the role that somebody means who writes its label; empty where it is none.

    For what people type. A role that is stored is named by its key, which stays when its label
    changes.
    """
    wanted = label.casefold()
    found = (role.key for role in roles if role.label.casefold() == wanted)
    return next(found, MANAGER_ROLE if wanted == "mou manager" else "")


# The key of the approval of a side that has one alone, as every side had once.
FIRST_ROUTE = "approval"


class ApprovalRoute(Frozen):
    """One approval that a side gives: by a body, by the holder of a post, or by nobody (A02).

    A side may have several. Those of one step stand side by side; a later step waits for those
    before it.
    """

    slot: Key
    key: Key = FIRST_ROUTE
    route: Literal["body", "post", "none"]
    name: str = Field("", max_length=200)
    step: int = Field(1, ge=1, le=9)


class Signatory(Frozen):
    """One signature that the agreement needs."""

    slot: Key
    key: Key
    label: Label
