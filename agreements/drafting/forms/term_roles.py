"""From the form's boxes to the contact roles and to the levels at which they act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from agreements.drafting.forms.term_lines import (
    MAY_BE_VACANT,
    first_repeated,
    keyed,
    new_key,
    renamed,
    renamed_in_rows,
    split_mark,
    unclear,
)
from agreements.terms import MANAGER_ROLE, ContactRole, Level, Terms, role_called

Slots = list[tuple[str, str]]


def contact_roles_from(
    values: dict[str, Any], before: Terms, slots: Slots
) -> Iterator[ContactRole]:
    """One role for each key, kept by every side that names it; apart where they differ."""
    keys = _Keys(before)
    said: dict[str, dict[tuple[str, bool], list[str]]] = {}
    for slot, _ in slots:
        marked = dict(split_mark(line) for line in values[f"contacts_{slot}"])
        for label, key in keys.of_side(slot, list(marked)).items():
            of_key = said.setdefault(key, {})
            called = _as_said_before(label, [other for other, _ in of_key])
            of_key.setdefault((called, marked[label]), []).append(slot)
    what = {role.key: role.what for role in before.contact_roles}
    for key, of_key in said.items():
        for (label, required), sides in of_key.items():
            yield ContactRole(
                key=key, label=label, slots=tuple(sides), required=required, what=what.get(key, "")
            )


def _as_said_before(label: str, others: Iterable[str]) -> str:
    """The first side's capitals hold."""
    return next((other for other in others if other.casefold() == label.casefold()), label)


def what_is_odd(labels: Sequence[str], before: Sequence[str]) -> str:
    """What is not right with one side's roles as they were typed; empty where nothing is."""
    if "" in labels:
        return f"Enter the name of the role before {MAY_BE_VACANT}"
    if twice := first_repeated(labels):
        return f"“{twice}” is there twice. Enter each role once."
    if not (places := unclear(before, labels)):
        return ""
    came, went = places
    return (
        f"“{came}” may be another name for “{went}”, or a new role: we cannot tell. First change "
        "names alone, or take roles out, and save. Then add what is new."
    )


class _Keys:
    """The keys of contact roles, side by side. What two sides call the same is one role."""

    def __init__(self, before: Terms) -> None:
        self.before = before
        self.by_label = {role.label.casefold(): role.key for role in before.contact_roles}
        self.taken = {role.key for role in before.contact_roles}

    def of_side(self, slot: str, labels: Sequence[str]) -> dict[str, str]:
        """Label -> key for the lines of one side; no key twice."""
        own = {role.label.casefold(): role.key for role in self.before.contact_roles_of(slot)}
        former = renamed([r.label for r in self.before.contact_roles_of(slot)], labels)
        found = {label: own[label.casefold()] for label in labels if label.casefold() in own}
        for label in labels:
            if label not in found:
                was = own.get(former.get(label, "").casefold())
                known = self.by_label.get(label.casefold()) or was
                free = known and known not in found.values()
                found[label] = (
                    known if known and free else new_key(label, {*self.taken, *found.values()})
                )
                self.by_label.setdefault(label.casefold(), found[label])
        self.taken |= set(found.values())
        return {label: found[label] for label in labels}


def levels_from(
    values: dict[str, Any], before: Terms, slots: Slots, roles: Sequence[ContactRole], rows: int
) -> Iterator[Level]:
    """A level begins with its label; one without is left out."""
    labels = [str(values[f"level_{row}"]) for row in range(1, rows + 1)]
    known = {level.label: level for level in before.levels}
    # Somebody may have taken levels out since the form was sent, so there may be more boxes.
    pairs = list(zip(known, labels, strict=False))
    keys = keyed(
        [label for label in labels if label],
        {label: level.key for label, level in known.items()},
        renamed_in_rows(pairs, list(known), labels),
    )
    by_key = {level.key: level for level in before.levels}
    for row, label in enumerate(labels, start=1):
        if label:
            was = by_key.get(keys[label], Level(key=keys[label], label=label, posts={}))
            posts = {slot: str(values[f"level_{row}_{slot}"]) for slot, _ in slots}
            yield _level(label, was, posts, roles)


def _level(label: str, was: Level, typed: dict[str, str], roles: Sequence[ContactRole]) -> Level:
    """The level with who acts: a contact role is named by its key, and goes by its label of now."""
    posts, acting = {slot: post for slot, post in typed.items() if post}, {}
    for slot, post in posts.items():
        of_side = [role for role in roles if slot in role.slots]
        if key := _acting(slot, post, was, of_side):
            acting[slot] = key
            called = next((role.label for role in of_side if role.key == key), post)
            posts[slot] = post if post.casefold() == called.casefold() else called
    return Level(key=was.key, label=label, posts=posts, roles=acting)


def _acting(slot: str, post: str, was: Level, roles: Sequence[ContactRole]) -> str:
    """The role that the post is: by its label, or as before where nobody touched the post."""
    if key := role_called(post, roles):
        return key
    before = was.roles.get(slot, "") if post == was.posts.get(slot) else ""
    return before if before in {MANAGER_ROLE, *(role.key for role in roles)} else ""
