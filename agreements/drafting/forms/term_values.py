"""From typed terms to what their form shows, and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from agreements.drafting.forms.term_lines import MAY_BE_VACANT, keyed, numbers, split_mark
from agreements.terms import (
    ApprovalRoute,
    ContactRole,
    LeadTimes,
    Level,
    Meetings,
    ReviewTerm,
    Signatory,
    Source,
    Terms,
)

Slots = list[tuple[str, str]]


def values_of(terms: Terms, slots: Slots) -> dict[str, Any]:
    """What the boxes hold before anybody types."""
    values: dict[str, Any] = {
        "disagreement_word": terms.disagreement_word,
        "minimum_months": terms.minimum_months,
        "publication_hours": terms.lead_times.publication_hours,
        "press_release_hours": terms.lead_times.press_release_hours,
        "meetings_per_year": terms.meetings.per_year,
        "sources": "\n".join(source.heading for source in terms.meetings.sources),
        "review_after_months": terms.review.after_months,
        "contacts_months": terms.contacts_confirmed_months,
        "reminder_days": ", ".join(str(days) for days in terms.review.offsets_days),
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
    """The terms that the cleaned values say. An entry whose words are unchanged keeps its key."""
    sources = keyed(values["sources"], {s.heading: s.key for s in before.meetings.sources})
    return Terms(
        disagreement_word=values["disagreement_word"],
        minimum_months=values["minimum_months"],
        lead_times=LeadTimes(
            publication_hours=values["publication_hours"],
            press_release_hours=values["press_release_hours"],
        ),
        meetings=Meetings(
            per_year=values["meetings_per_year"],
            sources=tuple(Source(key=key, heading=line) for line, key in sources.items()),
        ),
        review=ReviewTerm(
            after_months=values["review_after_months"],
            offsets_days=tuple(numbers(values["reminder_days"]) or ()),
        ),
        contact_roles=tuple(_contact_roles(values, before, slots)),
        contacts_confirmed_months=values["contacts_months"],
        levels=tuple(_levels(values, before, slots, rows)),
        approval_routes=tuple(_routes(values, slots)),
        signatories=tuple(_signatories(values, before, slots)),
    )


def _contact_roles(values: dict[str, Any], before: Terms, slots: Slots) -> Iterator[ContactRole]:
    """One role for each label, kept by every side that names it; marked apart where they differ."""
    said: dict[str, dict[bool, list[str]]] = {}
    for slot, _ in slots:
        for line in values[f"contacts_{slot}"]:
            label, required = split_mark(line)
            said.setdefault(_as_said_before(label, said), {}).setdefault(required, []).append(slot)
    keys = keyed(said, {role.label: role.key for role in before.contact_roles})
    what = {role.key: role.what for role in before.contact_roles}
    for label, by_mark in said.items():
        for required, sides in by_mark.items():
            key = keys[label]
            yield ContactRole(
                key=key, label=label, slots=tuple(sides), required=required, what=what.get(key, "")
            )


def _as_said_before(label: str, said: dict[str, Any]) -> str:
    return next((other for other in said if other.casefold() == label.casefold()), label)


def _levels(values: dict[str, Any], before: Terms, slots: Slots, rows: int) -> Iterator[Level]:
    numbered = [row for row in range(1, rows + 1) if values[f"level_{row}"]]
    labels = [values[f"level_{row}"] for row in numbered]
    keys = keyed(labels, {level.label: level.key for level in before.levels})
    for row, label in zip(numbered, labels, strict=True):
        posts = {slot: values[f"level_{row}_{slot}"] for slot, _ in slots}
        yield Level(
            key=keys[label], label=label, posts={slot: post for slot, post in posts.items() if post}
        )


def _routes(values: dict[str, Any], slots: Slots) -> Iterator[ApprovalRoute]:
    for slot, _ in slots:
        route = values[f"route_{slot}"]
        name = "" if route == "none" else values[f"decider_{slot}"]
        yield ApprovalRoute(slot=slot, route=route, name=name)


def _signatories(values: dict[str, Any], before: Terms, slots: Slots) -> Iterator[Signatory]:
    for slot, _ in slots:
        known = {each.label: each.key for each in before.signatories_of(slot)}
        for label, key in keyed(values[f"signatories_{slot}"], known).items():
            yield Signatory(slot=slot, key=key, label=label)
