"""The template of an area team and one CCG: each figure of its text is that of its terms.

What holds for every template of the library is in `test_library_texts.py`.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agreements.drafting.blanks import fill
from agreements.drafting.typed_figures import typed_against
from agreements.models import ClauseText
from agreements.terms import LeadTimes, ReviewTerm, Slot, Terms, in_words
from tests.termed import meet

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE: dict[str, Any] = tomllib.loads(
    (ROOT / "agreements/library/area_team_and_ccg.toml").read_text(encoding="utf-8")
)
CLAUSES: dict[str, dict[str, Any]] = {clause["key"]: clause for clause in TEMPLATE["clauses"]}
TERMS = Terms.model_validate(TEMPLATE["terms"])
SLOTS = [Slot.model_validate(slot) for slot in TEMPLATE["slots"]]


def text_of(key: str) -> str:
    return str(CLAUSES[key]["body"])


# Every figure of a clause that is a term. What the others are, the terms do not have.
FIGURES = {
    "publication-drafts": ["{{lead:publication}}"],
    "press-release-drafts": ["{{lead:press_release}}"],
    "shorter-notice": ["{{lead:publication}}", "{{lead:press_release}}"],
    "twice-yearly-meeting": ["{{meetings:often}}", "{{sources:count}}", "{{sources:list}}"],
    "four-levels": ["{{Levels:count}}", "{{levels:list}}"],
    "duration": ["{{term:minimum}}"],
    "review": ["{{review:after}}", "{{review:reminders}}"],
}


def test_every_figure_that_is_a_term_comes_from_the_terms() -> None:
    used = {
        key: list(dict.fromkeys(re.findall(r"\{\{\w+:\w+\}\}", clause["heading"] + text_of(key))))
        for key, clause in CLAUSES.items()
    }
    assert {key: names for key, names in used.items() if names} == FIGURES
    texts = [ClauseText(kind=c["kind"], heading=c["heading"], body=c["body"],
                        bindings=c["bindings"]) for c in CLAUSES.values()]  # fmt: skip
    # Nothing typed either, on whatever terms.
    assert typed_against(texts, Terms(minimum_months=0, meetings=meet(9)), {}) == []


def test_who_acts_on_a_level_stands_in_the_order_of_the_sides() -> None:
    level = TERMS.levels[3]
    turned = level.model_copy(update={"posts": dict(reversed(list(level.posts.items())))})
    sides = {slot.key: slot.label for slot in SLOTS}
    assert in_words(Terms(levels=(turned,)), sides)["levels:list"] == (
        "1. Both chief executives jointly: Area Team Director for the Area Team and Accountable "
        "Officer for the CCG"
    )


def test_the_terms_of_the_file_say_what_they_said() -> None:
    assert TERMS.lead_times.publication_hours == 72
    assert TERMS.lead_times.press_release_hours == 24
    assert TERMS.minimum_months == 12
    assert TERMS.review == ReviewTerm(after_months=12, offsets_days=(180, 120, 60, 30))
    [wider] = TERMS.meetings.series
    assert (wider.in_a_year, len(wider.topics)) == (2, 6)
    assert len(TERMS.levels) == 4
    assert all(set(level.posts) == {slot.key for slot in SLOTS} for level in TERMS.levels)
    assert TERMS.disagreement_word in text_of("four-levels")


TOPICS = TERMS.meetings.series[0].topics
MONTHS, HOURS = st.integers(1, 120), st.integers(0, 2_000)
OTHER_TERMS = st.builds(
    Terms,
    lead_times=st.builds(LeadTimes, publication_hours=HOURS, press_release_hours=HOURS),
    meetings=st.builds(
        meet,
        st.integers(1, 52),
        topics=st.lists(st.sampled_from(TOPICS), min_size=1, unique_by=lambda topic: topic.key).map(
            tuple
        ),
    ),
    minimum_months=MONTHS,
    review=st.builds(
        ReviewTerm,
        after_months=MONTHS,
        offsets_days=st.lists(st.integers(1, 730), min_size=1, max_size=12).map(tuple),
    ),
    levels=st.lists(st.sampled_from(TERMS.levels), min_size=1, max_size=12).map(tuple),
)


@given(OTHER_TERMS)
def test_whatever_the_terms_are_the_text_prints_their_figures_and_no_others(terms: Terms) -> None:
    words = in_words(terms, {slot.key: slot.label for slot in SLOTS})
    figures = {
        key: figures_in(fill(CLAUSES[key]["heading"] + " " + text_of(key), words))
        for key in FIGURES
    }
    assert terms.review
    [wider], times, levels = terms.meetings.series, terms.lead_times, len(terms.levels)
    meetings, sources = wider.in_a_year, len(wider.topics)

    def listed(many: int) -> list[int]:
        return list(range(1, many + 1))

    assert figures == {
        "publication-drafts": [times.publication_hours],
        "press-release-drafts": [times.press_release_hours],
        "shorter-notice": [times.publication_hours, times.press_release_hours],
        "twice-yearly-meeting": [meetings, meetings, sources, *listed(sources)],
        # "If one level cannot settle it", "if one of them ceases to exist" have their own.
        "four-levels": [levels, 1, *listed(levels)],
        "duration": [terms.minimum_months, 1],
        "review": [terms.review.after_months, *terms.review.offsets_days],
    }


NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
SPELLED = {word: number for number, word in enumerate(NUMBERS)} | {"once": 1, "twice": 2}


def figures_in(text: str) -> list[int]:
    """Every number in the text, in figures or in words, in order: read apart from the portal."""
    words = re.findall(r"\d[\d,]*\d|\d|[a-z]+", text.lower())
    read = [int(w.replace(",", "")) if w[0].isdigit() else SPELLED.get(w) for w in words]
    return [number for number in read if number is not None]


def test_contacts_approval_and_signatures_stand_in_the_terms_and_in_the_words() -> None:
    for role in TERMS.contact_roles:
        assert text_of("key-contacts").casefold().count(role.label.casefold()) == len(role.slots)
    for slot in SLOTS:
        (route,) = TERMS.routes_of(slot.key)
        assert route.name in text_of("approval")
        (signatory,) = TERMS.signatories_of(slot.key)
        assert signatory.label in text_of("sign-off-and-review-dates")
