"""Contact roles as the sides call them, and the levels on which they act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from agreements.drafting.forms.term_lines import new_key, renamed
from agreements.terms import MANAGER_ROLE, ContactRole, Level, Terms, role_called

# By side: what each role is called, and whether somebody must hold it.
Lines = Mapping[str, Sequence[tuple[str, bool]]]


def address_of(role: ContactRole, roles: Iterable[ContactRole]) -> str:
    """Tells a role from all others: its key; where sides call it differently, with a side's."""
    several = sum(each.key == role.key for each in roles) > 1
    return f"{role.key}-{role.slots[0]}" if several else role.key


def contact_roles_from(
    lines: Lines, before: Terms, manager: Mapping[str, str] | None = None
) -> list[ContactRole]:
    """One role for each key, kept by every side that names it; apart where they differ.

    They stay in their order of before where that is still the order of each side's lines.
    `manager` says for a side which of its new lines is the contact that looks after the agreement.
    """
    made = list(_roles_said(lines, before, _Keys(before, manager or {})))
    places = {(role.key, role.label): place for place, role in enumerate(before.contact_roles)}
    as_before = sorted(made, key=lambda role: places.get((role.key, role.label), len(places)))
    labels = [_labels_of(slot, as_before) == _labels_of(slot, made) for slot in lines]
    return as_before if all(labels) else made


def _labels_of(slot: str, roles: Iterable[ContactRole]) -> list[str]:
    return [role.label for role in roles if slot in role.slots]


def _roles_said(lines: Lines, before: Terms, keys: _Keys) -> Iterator[ContactRole]:
    said: dict[str, dict[tuple[str, bool], list[str]]] = {}
    for slot, of_side in lines.items():
        marked = dict(of_side)
        for label, key in keys.of_side(slot, list(marked)).items():
            of_key = said.setdefault(key, {})
            called = _as_said_before(label, [other for other, _ in of_key])
            of_key.setdefault((called, marked[label]), []).append(slot)
    for key, of_key in said.items():
        for (label, required), sides in of_key.items():
            now = {"label": label, "slots": tuple(sides), "required": required}
            yield _former(key, sides, before).model_copy(update=now)


def _former(key: str, sides: Iterable[str], before: Terms) -> ContactRole:
    """What the role was: that of these sides, where others call theirs differently."""
    same = [role for role in before.contact_roles if role.key == key]
    own = (role for role in same if not set(role.slots).isdisjoint(sides))
    return next(own, same[0] if same else ContactRole(key=key, label="New", slots=()))


def _as_said_before(label: str, others: Iterable[str]) -> str:
    """The first side's capitals hold."""
    return next((other for other in others if other.casefold() == label.casefold()), label)


class _Keys:
    """The keys of contact roles, side by side. What two sides call the same is one role."""

    def __init__(self, before: Terms, manager: Mapping[str, str]) -> None:
        self.before, self.manager = before, manager
        self.by_label = {role.label.casefold(): role.key for role in before.contact_roles}
        self.taken = {role.key for role in before.contact_roles}

    def of_side(self, slot: str, labels: Sequence[str]) -> dict[str, str]:
        """Label -> key for the lines of one side; no key twice."""
        own = {role.label.casefold(): role.key for role in self.before.contact_roles_of(slot)}
        former = renamed([r.label for r in self.before.contact_roles_of(slot)], labels)
        found = {label: own[label.casefold()] for label in labels if label.casefold() in own}
        wanted = self.manager.get(slot, "").casefold()
        found |= {label: MANAGER_ROLE for label in labels if label.casefold() == wanted}
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


def levels_following(levels: Iterable[Level], roles: Sequence[ContactRole]) -> Iterator[Level]:
    """The levels with the roles that act there by what they are called now; without those that
    are gone."""
    for level in levels:
        yield level_of(level.label, level, level.posts, roles)


def level_of(
    label: str, was: Level, typed: Mapping[str, str], roles: Sequence[ContactRole]
) -> Level:
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
