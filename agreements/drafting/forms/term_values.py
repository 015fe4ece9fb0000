"""From typed terms to what their form shows, and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from agreements.drafting.forms.term_lines import MAY_BE_VACANT, keyed, numbers, renamed
from agreements.drafting.forms.term_roles import contact_roles_from, levels_from
from agreements.terms import (
    ApprovalRoute,
    LeadTimes,
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
    """The terms that the cleaned values say. An entry keeps its key when it gets another name."""
    sources = _keyed(values["sources"], {s.heading: s.key for s in before.meetings.sources})
    roles = tuple(contact_roles_from(values, before, slots))
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
        contact_roles=roles,
        contacts_confirmed_months=values["contacts_months"],
        levels=tuple(levels_from(values, before, slots, roles, rows)),
        approval_routes=tuple(_routes(values, slots)),
        signatories=tuple(_signatories(values, before, slots)),
    )


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
