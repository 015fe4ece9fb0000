"""The typed terms in words: on the draft's page, a template's page and in the document alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from agreements.terms import ApprovalRoute, Level, Terms
from nhsuk.words import plural


class TermInWords(NamedTuple):
    heading: str
    sentences: tuple[str, ...]


def terms_in_words(terms: Terms, sides: Mapping[str, str]) -> list[TermInWords]:
    """What the terms say; `sides` maps slots to what their parties are called."""
    levels = enumerate(terms.levels, start=1)
    said: dict[str, Iterable[str]] = {
        "Drafts of announcements": _lead_times(terms),
        "Meetings": _meetings(terms),
        "Review": _review(terms),
        "Approval": (_route(route, sides) for route in terms.approval_routes),
        "Signatures": (
            f"{side}: {signatory.label}."
            for slot, side in sides.items()
            for signatory in terms.signatories_of(slot)
        ),
        "Key contacts": _contacts(terms, sides),
        f"Levels of a {terms.disagreement_word}": (_level(*level, sides) for level in levels),
    }
    in_words = (TermInWords(heading, tuple(sentences)) for heading, sentences in said.items())
    return [term for term in in_words if term.sentences]


def _lead_times(terms: Terms) -> Iterator[str]:
    times = terms.lead_times
    yield f"Publications: about {plural(times.publication_hours, 'hour')} before release."
    yield f"Press releases: about {plural(times.press_release_hours, 'hour')} before release."


def _meetings(terms: Terms) -> Iterator[str]:
    if count := terms.meetings.per_year:
        often = {1: "once", 2: "twice"}.get(count, f"{count} times")
        yield f"The parties meet at least {often} in each MoU year."
        if sources := "; ".join(_inside(source.heading) for source in terms.meetings.sources):
            yield f"Each considers: {sources}."


def _review(terms: Terms) -> Iterator[str]:
    if terms.minimum_months:
        yield f"The agreement runs for at least {plural(terms.minimum_months, 'month')}."
    after = plural(terms.review.after_months, "month")
    yield f"The first review is due {after} after the date of sign-off."
    if days := terms.review.offsets_days:
        ahead = ", ".join(map(str, days)) + (" day" if days == (1,) else " days")
        yield f"Reminders go out {ahead} before."


def _route(route: ApprovalRoute, sides: Mapping[str, str]) -> str:
    side = sides.get(route.slot, route.slot)
    if route.route == "none":
        return f"{side}: no approval is needed."
    return f"{side}: {route.name}."


def _contacts(terms: Terms, sides: Mapping[str, str]) -> Iterator[str]:
    for slot, side in sides.items():
        roles = terms.contact_roles_of(slot)
        if roles:
            named = (r.label if r.required else f"{r.label} (may be vacant)" for r in roles)
            yield f"{side}: {', '.join(named)}."
    if months := terms.contacts_confirmed_months:
        yield f"They are confirmed every {plural(months, 'month')}."


def _level(number: int, level: Level, sides: Mapping[str, str]) -> str:
    held = level.posts_in_order(sides)
    posts = "; ".join(f"{sides.get(slot, slot)}: {post}" for slot, post in held)
    return f"{number}. {level.label}. {posts}." if posts else f"{number}. {level.label}."


def _inside(heading: str) -> str:
    """A heading inside a sentence: its capital goes, unless it begins an abbreviation (CQC)."""
    return heading if heading[1:2].isupper() else heading[:1].lower() + heading[1:]
