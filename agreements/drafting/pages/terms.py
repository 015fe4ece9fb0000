"""The typed terms in words: on the draft's page, a template's page and in the document alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from agreements.terms import ApprovalRoute, Level, Terms
from nhsuk.words import plural


class TermInWords(NamedTuple):
    heading: str
    sentences: tuple[str, ...]


def terms_in_words(terms: Terms, sides: Mapping[str, str]) -> list[TermInWords]:
    """What the terms say; `sides` maps slots to what their parties are called."""
    said = [
        TermInWords("Drafts of announcements", _lead_times(terms)),
        TermInWords("Meetings", _meetings(terms)),
        TermInWords("Review", _review(terms)),
        TermInWords("Approval", tuple(_route(route, sides) for route in terms.approval_routes)),
        TermInWords("Signatures", _signatures(terms, sides)),
        TermInWords("Key contacts", _contacts(terms, sides)),
        TermInWords(
            f"Levels of a {terms.disagreement_word}",
            tuple(
                _level(number, level, sides) for number, level in enumerate(terms.levels, start=1)
            ),
        ),
    ]
    return [term for term in said if term.sentences]


def _lead_times(terms: Terms) -> tuple[str, ...]:
    return (
        f"Publications: about {terms.lead_times.publication_hours} hours before release.",
        f"Press releases: about {terms.lead_times.press_release_hours} hours before release.",
    )


def _meetings(terms: Terms) -> tuple[str, ...]:
    count = terms.meetings.per_year
    if not count:
        return ()
    often = {1: "once", 2: "twice"}.get(count, f"{count} times")
    sources = "; ".join(_inside(source.heading) for source in terms.meetings.sources)
    considered = (f"Each considers: {sources}.",) if sources else ()
    return (f"The parties meet at least {often} in each MoU year.", *considered)


def _review(terms: Terms) -> tuple[str, ...]:
    days = ", ".join(str(offset) for offset in terms.review.offsets_days)
    least = (
        (f"The agreement runs for at least {terms.minimum_months} months.",)
        if terms.minimum_months
        else ()
    )
    return (
        *least,
        f"The first review is due {terms.review.after_months} months after the date of sign-off.",
        f"Reminders go out {days} days before.",
    )


def _route(route: ApprovalRoute, sides: Mapping[str, str]) -> str:
    side = sides.get(route.slot, route.slot)
    if route.route == "none":
        return f"{side}: no approval is needed."
    return f"{side}: {route.name}."


def _signatures(terms: Terms, sides: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        f"{side}: {signatory.label}."
        for slot, side in sides.items()
        for signatory in terms.signatories_of(slot)
    )


def _contacts(terms: Terms, sides: Mapping[str, str]) -> tuple[str, ...]:
    lines = []
    for slot, side in sides.items():
        roles = terms.contact_roles_of(slot)
        named = ", ".join(r.label if r.required else f"{r.label} (may be vacant)" for r in roles)
        if named:
            lines.append(f"{side}: {named}.")
    if months := terms.contacts_confirmed_months:
        lines.append(f"They are confirmed every {plural(months, 'month')}.")
    return tuple(lines)


def _level(number: int, level: Level, sides: Mapping[str, str]) -> str:
    posts = "; ".join(f"{sides.get(slot, slot)}: {post}" for slot, post in level.posts.items())
    return f"{number}. {level.label}. {posts}." if posts else f"{number}. {level.label}."


def _inside(heading: str) -> str:
    """A heading inside a sentence: its capital goes, unless it begins an abbreviation (CQC)."""
    return heading if heading[1:2].isupper() else heading[:1].lower() + heading[1:]
