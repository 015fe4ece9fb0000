"""The template of an area team and one CCG: complete, plain, and true to its own terms."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

from agreements.terms import Blank, Slot, Terms
from house.text import tidy_text

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE: dict[str, Any] = tomllib.loads(
    (ROOT / "agreements/library/area_team_and_ccg.toml").read_text(encoding="utf-8")
)
CLAUSES: dict[str, dict[str, Any]] = {clause["key"]: clause for clause in TEMPLATE["clauses"]}
TERMS = Terms.model_validate(TEMPLATE["terms"])
SLOTS = [Slot.model_validate(slot) for slot in TEMPLATE["slots"]]
BLANKS = [Blank.model_validate(blank) for blank in TEMPLATE["blanks"]]
DUTIES = {f"A{number:02}" for number in range(1, 36)}
KINDS = {"section", "principle", "duty", "role", "statement", "definition"}
BINDINGS = {
    "key_contacts",
    "review",
    "meetings",
    "meeting_actions",
    "publication_lead_time",
    "press_release_lead_time",
    "embargo",
    "heads_up",
    "foi_consultation",
    "data_sharing",
    "escalation",
    "practice_concern",
    "improvement_plan",
    "commitment",
    "locality_meetings",
    "approval",
    "minimum_term",
    "signature",
}
LIST_MARK = re.compile(r"^(?:- |\d+\. )")


def text_of(key: str) -> str:
    return str(CLAUSES[key]["body"])


def numbered(key: str) -> list[str]:
    return re.findall(r"^\d+\. (.+)$", text_of(key), flags=re.MULTILINE)


def sentences() -> list[str]:
    """Every sentence of every clause; a point of a list counts as one."""
    lines = [line for key in CLAUSES for line in text_of(key).splitlines() if line]
    plain = [LIST_MARK.sub("", line).replace("*", "") for line in lines]
    return [sentence for line in plain for sentence in re.split(r"(?<=[.?!])\s+", line)]


def table_rows() -> list[tuple[set[str], set[str]]]:
    """The clauses and the duties of each row of the page that maps the source."""
    page = (ROOT / "docs/templates/area-team-and-ccg.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.startswith("|")]
    return [
        (set(re.findall(r"`([a-z0-9-]+)`", row[2])), set(re.findall(r"A\d\d", row[3])))
        for row in rows
        if len(row) == 5 and "`" in row[2]
    ]


def test_keys_are_unique_and_of_one_pattern() -> None:
    assert len(CLAUSES) == len(TEMPLATE["clauses"])
    for key in [TEMPLATE["key"], *CLAUSES]:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", key), key


def test_every_clause_has_the_same_parts_from_the_known_sets() -> None:
    parts = {"key", "kind", "heading", "body", "duties", "bindings", "owed_by"}
    slots = {slot.key for slot in SLOTS}
    for key, clause in CLAUSES.items():
        assert set(clause) == parts, key
        assert clause["kind"] in KINDS, key
        assert set(clause["bindings"]) <= BINDINGS, key
        assert set(clause["duties"]) <= DUTIES, key
        assert set(clause["owed_by"]) <= slots, key
        assert clause["heading"], key
        assert clause["body"] == tidy_text(clause["body"]), key


def test_only_a_duty_is_owed_and_kept() -> None:
    for key, clause in CLAUSES.items():
        assert bool(clause["owed_by"]) == (clause["kind"] == "duty"), key
        assert not clause["bindings"] or clause["kind"] == "duty", key


def test_a_section_opens_the_text_and_each_section_has_clauses() -> None:
    kinds = [clause["kind"] for clause in TEMPLATE["clauses"]]
    assert kinds[0] == "section"
    assert kinds[-1] != "section"
    assert ("section", "section") not in pairwise(kinds)
    assert 8 <= kinds.count("section") <= 12


def test_every_duty_is_carried_by_a_clause() -> None:
    assert {duty for clause in CLAUSES.values() for duty in clause["duties"]} == DUTIES


def test_the_page_and_the_text_agree_both_ways() -> None:
    rows = table_rows()
    mapped = {key for keys, _ in rows for key in keys}
    assert mapped == {key for key, clause in CLAUSES.items() if clause["kind"] != "section"}
    for keys, duties in rows:
        assert duties == {duty for key in keys for duty in CLAUSES[key]["duties"]}, keys
    assert {duty for _, duties in rows for duty in duties} == DUTIES


def test_placeholders_and_blanks_are_the_same() -> None:
    used = {name for key in CLAUSES for name in re.findall(r"\{\{(.*?)\}\}", text_of(key))}
    assert used == {side.key for side in SLOTS} | {blank.key for blank in BLANKS}
    assert all("{{" not in clause["heading"] for clause in CLAUSES.values())


def test_sentences_are_short() -> None:
    lengths = {sentence: len(sentence.split()) for sentence in sentences()}
    assert sum(lengths.values()) / len(lengths) <= 20
    assert [sentence for sentence, words in lengths.items() if words > 35] == []


def test_lead_times_stand_in_the_terms_and_in_the_words() -> None:
    assert TERMS.lead_times.publication_hours == 72
    assert TERMS.lead_times.press_release_hours == 24
    assert "72 hours" in text_of("publication-drafts")
    assert "24 hours" in text_of("press-release-drafts")
    assert "72 or 24 hours" in text_of("shorter-notice")


def test_term_and_review_stand_in_the_terms_and_in_the_words() -> None:
    assert (TERMS.minimum_months, TERMS.review.after_months) == (12, 12)
    assert TERMS.review.offsets_days == (180, 120, 60, 30)
    assert "at least twelve months" in text_of("duration")
    assert "first twelve months" in text_of("review")


def test_meetings_stand_in_the_terms_and_in_the_words() -> None:
    headings = [source.heading.casefold() for source in TERMS.meetings.sources]
    assert (TERMS.meetings.per_year, len(headings)) == (2, 6)
    assert "at least twice" in text_of("twice-yearly-meeting")
    assert "six sources" in text_of("twice-yearly-meeting")
    assert [item.casefold() for item in numbered("twice-yearly-meeting")] == headings


def test_levels_stand_in_the_terms_and_in_the_words() -> None:
    slots = {slot.key for slot in SLOTS}
    items = numbered("four-levels")
    assert len(TERMS.levels) == len(items) == 4
    for level, item in zip(TERMS.levels, items, strict=True):
        assert set(level.posts) == slots
        assert item.casefold().startswith(level.label.casefold())
    assert all(post in items[3] for post in TERMS.levels[3].posts.values())
    assert TERMS.disagreement_word in text_of("four-levels")


def test_contacts_approval_and_signatures_stand_in_the_terms_and_in_the_words() -> None:
    for role in TERMS.contact_roles:
        assert text_of("key-contacts").casefold().count(role.label.casefold()) == len(role.slots)
    for slot in SLOTS:
        assert TERMS.route_of(slot.key).name in text_of("approval")
        (signatory,) = TERMS.signatories_of(slot.key)
        assert signatory.label in text_of("sign-off-and-review-dates")
