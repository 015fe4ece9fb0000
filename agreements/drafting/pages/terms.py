"""The typed terms in words: on the draft's page, a template's page and in the document alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from agreements.drafting.pages.terms_of_time import (
    meetings_in_words,
    owed_in_words,
    panel_in_words,
    period_in_words,
    reviews_in_words,
    standards_in_words,
)
from agreements.terms import (
    LEVELS,
    ApprovalRoute,
    Level,
    Terms,
    expected_in_words,
    levels_in_words,
)
from nhsuk.words import and_list, capital, in_sentence, noun, plural

# What a role asks each party for.
ASKED = {"phone": "telephone number", "address": "postal address"}


class TermInWords(NamedTuple):
    heading: str
    sentences: tuple[str, ...]


def terms_in_words(
    terms: Terms, sides: Mapping[str, str], names: Mapping[str, str] | None = None
) -> list[TermInWords]:
    """What the terms say; `sides` maps slots to what their parties are called, `names` has what
    each party is called, by its key."""
    levels = enumerate(terms.levels, start=1)
    said: dict[str, Iterable[str]] = {
        "Drafts shared before release": _lead_times(terms),
        "Meetings": meetings_in_words(terms),
        "Start and end": period_in_words(terms),
        "Review": reviews_in_words(terms),
        "What is promised": standards_in_words(terms, sides),
        "What is owed": owed_in_words(terms, sides),
        "How reports are used": _reports(terms),
        "Who approves": _approvals(terms, sides),
        "Who signs": _signatures(terms, sides),
        "Key contacts": _contacts(terms, sides),
        f"How {noun(terms.disagreement_word)} is settled": (
            _level(*level, sides) for level in levels
        ),
        "The panel": panel_in_words(terms),
        "Levels of commissioning": (
            f"{LEVELS[level]}: {who}."
            for level, who in levels_in_words(terms.commissioning, {**sides, **(names or {})})
        ),
        "Read with": (f"{expected_in_words(each, sides)}." for each in terms.documents),
    }
    in_words = (TermInWords(heading, tuple(sentences)) for heading, sentences in said.items())
    return [term for term in in_words if term.sentences]


def _approvals(terms: Terms, sides: Mapping[str, str]) -> Iterator[str]:
    for slot, steps in _steps(terms).items():
        for route in terms.approval_routes:
            if route.slot == slot:
                yield _route(route, sides, steps)


def _signatures(terms: Terms, sides: Mapping[str, str]) -> Iterator[str]:
    for slot, side in sides.items():
        for signatory in terms.signatories_of(slot):
            yield f"For {side} {_its(signatory.label)} signs."


def _lead_times(terms: Terms) -> Iterator[str]:
    times = terms.lead_times
    for what, hours in (
        ("publication", times.publication_hours),
        ("press release", times.press_release_hours),
    ):
        if hours is not None:
            yield f"A draft of a {what} is shared about {plural(hours, 'hour')} before its release."


def _reports(terms: Terms) -> Iterator[str]:
    if terms.never_performance:
        yield "What is reported is never used to manage performance."


def _steps(terms: Terms) -> dict[str, list[int]]:
    """By slot, in the order of the routes, the steps in which it approves."""
    found: dict[str, set[int]] = {}
    for route in terms.approval_routes:
        found.setdefault(route.slot, set()).add(route.step)
    return {slot: sorted(steps) for slot, steps in found.items()}


def _route(route: ApprovalRoute, sides: Mapping[str, str], steps: list[int]) -> str:
    side = sides.get(route.slot, route.slot)
    if route.route == "none":
        return f"For {side} nobody has to approve the text."
    place = steps.index(route.step)
    when = f" in step {place + 1}, once step {place} is approved" if place else ""
    return f"For {side} {_its(route.name or 'body')} approves the text{when}."


def _contacts(terms: Terms, sides: Mapping[str, str]) -> Iterator[str]:
    for slot, side in sides.items():
        roles = terms.contact_roles_of(slot)
        if named := [in_sentence(role.label) for role in roles if role.required]:
            yield f"{capital(side)} names its {and_list(named)}."
        if others := [in_sentence(role.label) for role in roles if not role.required]:
            yield f"{capital(side)} may name its {and_list(others)}."
    yield from _of_roles(terms)
    if months := terms.contacts_confirmed_months:
        often = "month" if months == 1 else plural(months, "month")
        yield f"The parties confirm every {often} who their key contacts are."


def _of_roles(terms: Terms) -> Iterator[str]:
    """What the text says of the roles besides their names, each once."""
    for role in {role.key: role for role in terms.contact_roles}.values():
        called = in_sentence(role.label)
        if role.seat:
            yield f"The {called} has a seat on the {role.seat.removeprefix('the ')}."
        if asked := and_list(ASKED[each] for each in ("phone", "address") if each in role.asks):
            yield f"For the {called} each party gives the {asked}."
        if not role.gets_mail:
            yield f"The portal writes no e-mails to the {called}."


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
    """ "its accountable officer", "its Head of Quality": a post or body as that of a party.

    One that says itself whose it is has no "its": "the Chair of the CCG".
    """
    is_title = any(word[:1].isupper() for word in post.split()[1:] if word != "MoU")
    if is_title and " of the " in post:
        return f"the {post}".replace("the the ", "the ")
    return f"its {post if is_title else in_sentence(post)}".replace("its the ", "its ")
