"""The typed terms in words: on the draft's page, a template's page and in the document alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from agreements.terms import ApprovalRoute, Level, Terms, review_in_words
from nhsuk.words import and_list, capital, in_sentence, noun, plural


class TermInWords(NamedTuple):
    heading: str
    sentences: tuple[str, ...]


def terms_in_words(terms: Terms, sides: Mapping[str, str]) -> list[TermInWords]:
    """What the terms say; `sides` maps slots to what their parties are called."""
    levels = enumerate(terms.levels, start=1)
    said: dict[str, Iterable[str]] = {
        "Drafts shared before release": _lead_times(terms),
        "Meetings": _meetings(terms),
        "Review": _review(terms),
        "Who approves": (_route(route, sides) for route in terms.approval_routes),
        "Who signs": (
            f"For {side} {_its(signatory.label)} signs."
            for slot, side in sides.items()
            for signatory in terms.signatories_of(slot)
        ),
        "Key contacts": _contacts(terms, sides),
        f"How {noun(terms.disagreement_word)} is settled": (
            _level(*level, sides) for level in levels
        ),
    }
    in_words = (TermInWords(heading, tuple(sentences)) for heading, sentences in said.items())
    return [term for term in in_words if term.sentences]


def _lead_times(terms: Terms) -> Iterator[str]:
    times = terms.lead_times
    for what, hours in (
        ("publication", times.publication_hours),
        ("press release", times.press_release_hours),
    ):
        if hours is not None:
            yield f"A draft of a {what} is shared about {plural(hours, 'hour')} before its release."


def _meetings(terms: Terms) -> Iterator[str]:
    if count := terms.meetings.per_year:
        often = {1: "once", 2: "twice"}.get(count, f"{count} times")
        yield f"The parties meet at least {often} in each MoU year."
        if sources := "; ".join(_inside(source.heading) for source in terms.meetings.sources):
            yield f"Each of these meetings looks at: {sources}."


def _review(terms: Terms) -> Iterator[str]:
    if terms.minimum_months:
        yield f"The agreement runs for at least {plural(terms.minimum_months, 'month')}."
    if terms.review is None:
        return
    yield f"The first review is due {review_in_words(terms.review, terms.period)}."
    if days := terms.review.offsets_days:
        ahead = and_list(map(str, days)) + (" day" if days == (1,) else " days")
        yield f"The portal reminds the parties {ahead} before it."


def _route(route: ApprovalRoute, sides: Mapping[str, str]) -> str:
    side = sides.get(route.slot, route.slot)
    if route.route == "none":
        return f"For {side} nobody has to approve the text."
    return f"For {side} {_its(route.name or 'body')} approves the text."


def _contacts(terms: Terms, sides: Mapping[str, str]) -> Iterator[str]:
    for slot, side in sides.items():
        roles = terms.contact_roles_of(slot)
        if named := [in_sentence(role.label) for role in roles if role.required]:
            yield f"{capital(side)} names its {and_list(named)}."
        if others := [in_sentence(role.label) for role in roles if not role.required]:
            yield f"{capital(side)} may name its {and_list(others)}."
    if months := terms.contacts_confirmed_months:
        often = "month" if months == 1 else plural(months, "month")
        yield f"The parties confirm every {often} who their key contacts are."


def _level(number: int, level: Level, sides: Mapping[str, str]) -> str:
    """ "2. Chief executives: for A its director, and for B its accountable officer." """
    held = [(sides.get(slot, slot), post) for slot, post in level.posts_in_order(sides)]
    if not held:
        return f"{number}. {level.label}."
    if len({post for _, post in held}) == 1 and len(held) == len(sides):
        return f"{number}. {level.label}: for each party {_its(held[0][1])}."
    each = and_list(f"for {side} {_its(post)}" for side, post in held)
    return f"{number}. {level.label}: {each}."


def _its(post: str) -> str:
    """ "its accountable officer", "its Head of Quality": a post or body as that of a party."""
    is_title = any(word[:1].isupper() for word in post.split()[1:])
    return f"its {post if is_title else in_sentence(post)}".replace("its the ", "its ")


def _inside(heading: str) -> str:
    """A heading inside a sentence: its capital goes, unless it begins an abbreviation (CQC)."""
    return heading if heading[1:2].isupper() else heading[:1].lower() + heading[1:]
