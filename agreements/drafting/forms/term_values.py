"""From typed terms to what their form shows, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from agreements.drafting.forms.term_lines import (
    MAY_BE_VACANT,
    keyed,
    new_key,
    numbers,
    renamed,
    renamed_in_rows,
    split_mark,
)
from agreements.terms import (
    MANAGER_ROLE,
    ApprovalRoute,
    ContactRole,
    LeadTimes,
    Level,
    Meetings,
    MeetingSeries,
    ReviewTerm,
    Signatory,
    Source,
    Terms,
    role_called,
)

Slots = list[tuple[str, str]]


def values_of(terms: Terms, slots: Slots) -> dict[str, Any]:
    """What the boxes hold before anybody types."""
    values: dict[str, Any] = {
        "disagreement_word": terms.disagreement_word,
        "minimum_months": terms.minimum_months or None,
        "publication_hours": terms.lead_times.publication_hours,
        "press_release_hours": terms.lead_times.press_release_hours,
        "meetings_per_year": terms.meetings.per_year or None,
        "sources": "\n".join(source.heading for source in terms.meetings.sources),
        "review_after_months": terms.review.after_months if terms.review else None,
        "contacts_months": terms.contacts_confirmed_months,
        "reminder_days": ", ".join(map(str, terms.review.offsets_days if terms.review else ())),
    }
    for slot, _ in slots:
        values |= _values_of_side(terms, slot)
    for row, level in enumerate(terms.levels, start=1):
        values[f"level_{row}"] = level.label
        values |= {f"level_{row}_{slot}": level.posts.get(slot, "") for slot, _ in slots}
    return values


def _values_of_side(terms: Terms, slot: str) -> dict[str, Any]:
    route = terms.route_of(slot)
    roles = terms.contact_roles_of(slot)
    marked = (r.label if r.required else f"{r.label} {MAY_BE_VACANT}" for r in roles)
    return {
        f"route_{slot}": route.route,
        f"decider_{slot}": route.name,
        f"signatories_{slot}": "\n".join(each.label for each in terms.signatories_of(slot)),
        f"contacts_{slot}": "\n".join(marked),
    }


def terms_from(values: dict[str, Any], before: Terms, slots: Slots, rows: int) -> Terms:
    """The terms that the cleaned values say. An entry keeps its key when it gets another name."""
    sources = _keyed(values["sources"], {s.heading: s.key for s in before.meetings.sources})
    roles = tuple(_contact_roles(values, before, slots))
    return _valid(
        before,
        disagreement_word=values["disagreement_word"],
        minimum_months=values["minimum_months"] or 0,
        lead_times=LeadTimes(
            publication_hours=values["publication_hours"],
            press_release_hours=values["press_release_hours"],
        ),
        meetings=_meetings(
            before.meetings,
            values["meetings_per_year"] or 0,
            tuple(Source(key=key, heading=line) for line, key in sources.items()),
        ),
        review=_review(values, before.review),
        contact_roles=roles,
        contacts_confirmed_months=values["contacts_months"],
        levels=tuple(_levels(values, before, slots, roles, rows)),
        approval_routes=tuple(_routes(values, slots)),
        signatories=tuple(_signatories(values, before, slots)),
    )


def _valid(before: Terms, **said: Any) -> Terms:
    """The terms of before with what the form says; it does not show all of them yet."""
    return Terms.model_validate({**dict(before), **said})


def _meetings(before: Meetings, number: int, topics: tuple[Source, ...]) -> Meetings:
    if not (number or topics):
        return Meetings(series=before.series[1:])
    first = before.series[0] if before.series else MeetingSeries(key="wider", label="Wider meeting")
    cadence = {0: "as_required", 1: "yearly", 2: "twice_a_year"}.get(number, "n_a_year")
    many = number if cadence == "n_a_year" else None
    said = first.model_copy(update={"cadence": cadence, "per_year": many, "topics": topics})
    return Meetings(series=(said, *before.series[1:]))


def _review(values: dict[str, Any], before: ReviewTerm | None) -> ReviewTerm | None:
    if after := values["review_after_months"]:
        days = numbers(values["reminder_days"]) or ()
        return ReviewTerm(after_months=after, offsets_days=tuple(days))
    return before if before and before.fixed_on else None


def _keyed(lines: list[str], known: dict[str, str]) -> dict[str, str]:
    return keyed(lines, known, renamed(list(known), lines))


def _routes(values: dict[str, Any], slots: Slots) -> Iterator[ApprovalRoute]:
    for slot, _ in slots:
        route = values[f"route_{slot}"]
        name = "" if route == "none" else values[f"decider_{slot}"]
        yield ApprovalRoute(slot=slot, route=route, name=name)


def _signatories(values: dict[str, Any], before: Terms, slots: Slots) -> Iterator[Signatory]:
    for slot, _ in slots:
        known = {each.label: each.key for each in before.signatories_of(slot)}
        for label, key in _keyed(values[f"signatories_{slot}"], known).items():
            yield Signatory(slot=slot, key=key, label=label)


def _contact_roles(values: dict[str, Any], before: Terms, slots: Slots) -> Iterator[ContactRole]:
    """One role for each key, kept by every side that names it; apart where they differ."""
    keys = _Keys(before)
    said: dict[str, dict[tuple[str, bool], list[str]]] = {}
    for slot, _ in slots:
        marked = dict(split_mark(line) for line in values[f"contacts_{slot}"])
        for label, key in keys.of_side(slot, list(marked)).items():
            of_key = said.setdefault(key, {})
            called = _as_said_before(label, [other for other, _ in of_key])
            of_key.setdefault((called, marked[label]), []).append(slot)
    known = {role.key: role for role in before.contact_roles}
    for key, of_key in said.items():
        for (label, required), sides in of_key.items():
            said_now = {"label": label, "slots": tuple(sides), "required": required}
            was = known.get(key, ContactRole(key=key, label=label, slots=()))
            yield was.model_copy(update=said_now)


def _as_said_before(label: str, others: Iterable[str]) -> str:
    """The first side's capitals hold."""
    return next((other for other in others if other.casefold() == label.casefold()), label)


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


def _levels(
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
