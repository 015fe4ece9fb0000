"""Every template of the library: complete, plain, true to its terms, mapped to its source."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from agreements.core.bindings import NOT_KEPT_YET
from agreements.drafting.typed_figures import typed_against
from agreements.library import LibraryClause, LibraryTemplate, annexes, library
from agreements.models import ClauseText
from agreements.terms import Terms, in_words
from house.rooms import rooms
from house.text import tidy_text
from tests.termed import meet

ROOT = Path(__file__).resolve().parents[2]
KINDS = {"section", "principle", "duty", "role", "statement", "definition"}
LIST_MARK = re.compile(r"^\s*(?:- |\d+\. )")
BLANK = re.compile(r"\{\{([\w:]*)\}\}")
# The duties of each template's source in the register, by letter and how many there are.
SOURCES = {
    "area-team-and-ccg": {"A": 35},
    "area-team-and-several-ccgs": {"A": 35, "C": 11},
    "ccg-and-federations": {"D": 20},
    "practice-resilience": {"E": 21},
    "regional-team-and-committees": {"B": 22},
}
each_template = pytest.mark.parametrize("key", SOURCES)


def duties_of(key: str) -> set[str]:
    return {f"{letter}{n:02}" for letter, most in SOURCES[key].items() for n in range(1, most + 1)}


def text_of(template: LibraryTemplate) -> str:
    return "\n".join(f"{clause.heading}\n{clause.body}" for clause in template.clauses)


@cache
def page_of(key: str) -> str:
    return (ROOT / f"docs/templates/{key}.md").read_text(encoding="utf-8")


def rows_of(key: str) -> list[tuple[set[str], set[str]]]:
    """The clauses and the duties of each row of the page that maps the source."""
    rows = [line.split("|") for line in page_of(key).splitlines() if line.startswith("|")]
    return [
        (set(re.findall(r"`([a-z0-9-]+)`", row[2])), set(re.findall(r"[A-E]\d\d", row[3])))
        for row in rows
        if len(row) == 5 and "`" in row[2]
    ]


def own_words(template: LibraryTemplate) -> list[LibraryClause]:
    """The clauses that are written here, and not quoted."""
    quoted = {annex.heading for annex in annexes().values()}
    return [clause for clause in template.clauses if clause.heading not in quoted]


def sentences_of(template: LibraryTemplate) -> list[str]:
    """Every sentence of every clause; a point of a list counts as one, a table's row as none."""
    lines = [line for clause in own_words(template) for line in clause.body.splitlines()]
    plain = [LIST_MARK.sub("", line).replace("*", "") for line in lines if line and line[0] != "|"]
    return [sentence for line in plain for sentence in re.split(r"(?<=[.?!])\s+", line)]


def test_each_template_has_a_source_and_each_file_says_what_it_is() -> None:
    assert set(library()) == set(SOURCES)
    for key in SOURCES:
        file = f"agreements/library/{key.replace('-', '_')}.toml"
        assert f"`{file}`" in page_of(key)
        assert tomllib.loads((ROOT / file).read_text(encoding="utf-8"))["key"] == key


@each_template
def test_keys_are_unique_and_of_one_pattern(key: str) -> None:
    keys = [clause.key for clause in library()[key].clauses]
    assert len(set(keys)) == len(keys)
    for each in keys:
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", each), each


@each_template
def test_every_clause_is_made_of_what_the_portal_knows(key: str) -> None:
    template = library()[key]
    slots = {slot.key for slot in template.slots}
    bindings = {kind for room in rooms() for kind in room.keeping_kinds()} | set(NOT_KEPT_YET)
    for clause in template.clauses:
        assert clause.kind in KINDS, clause.key
        assert set(clause.bindings) <= bindings, clause.key
        assert set(clause.owed_by) <= slots, clause.key
        assert set(clause.duties) <= duties_of(key), clause.key
        assert clause.body == tidy_text(clause.body), clause.key
        assert bool(clause.body) == (clause.kind != "section"), clause.key


@each_template
def test_only_duties_and_roles_are_somebody_s_and_only_a_duty_is_kept(key: str) -> None:
    for clause in library()[key].clauses:
        assert bool(clause.owed_by) == (clause.kind in {"duty", "role"}), clause.key
        assert not clause.bindings or clause.kind == "duty", clause.key


@each_template
def test_a_section_opens_the_text_and_each_section_has_clauses(key: str) -> None:
    kinds = [clause.kind for clause in library()[key].clauses]
    assert kinds[0] == "section"
    assert kinds[-1] != "section"
    assert ("section", "section") not in pairwise(kinds)
    assert 8 <= kinds.count("section") <= 12


@each_template
def test_every_duty_of_the_source_is_carried_by_a_clause(key: str) -> None:
    carried = {duty for clause in library()[key].clauses for duty in clause.duties}
    assert carried == duties_of(key)


@each_template
def test_the_page_and_the_text_agree_both_ways(key: str) -> None:
    clauses = {clause.key: clause for clause in library()[key].clauses if clause.kind != "section"}
    assert {each for keys, _ in rows_of(key) for each in keys} == set(clauses)
    for keys, duties in rows_of(key):
        assert duties == {duty for each in keys for duty in clauses[each].duties}, keys
    assert {duty for _, duties in rows_of(key) for duty in duties} == duties_of(key)


@each_template
def test_what_a_text_leaves_to_fill_in_is_what_the_template_asks_for(key: str) -> None:
    template = library()[key]
    used = {name for name in BLANK.findall(text_of(template)) if ":" not in name}
    asked = {side.key for side in template.slots} | {blank.key for blank in template.blanks}
    assert used == asked
    assert not any(":" not in n for c in template.clauses for n in BLANK.findall(c.heading))


@each_template
def test_every_other_blank_prints_what_the_terms_say(key: str) -> None:
    template = library()[key]
    words = in_words(template.terms, {slot.key: slot.label for slot in template.slots})
    many = {f"figures:{slot.key}" for slot in template.slots if slot.many}
    # Who commissions at which level only an agreement's terms say.
    if any(slot.commissions for slot in template.slots):
        many |= {"commissioning:joint", "commissioning:delegated"}
    used = {name for name in BLANK.findall(text_of(template)) if ":" in name}
    assert used - many <= set(words)


@each_template
def test_no_figure_of_the_terms_is_typed_besides(key: str) -> None:
    template = library()[key]
    texts = [
        ClauseText(kind=c.kind, heading=c.heading, body=c.body, bindings=list(c.bindings))
        for c in template.clauses
    ]
    other = Terms(minimum_months=0, meetings=meet(9))
    assert typed_against(texts, other, {}) == []


@each_template
def test_sentences_are_short(key: str) -> None:
    lengths = {sentence: len(sentence.split()) for sentence in sentences_of(library()[key])}
    assert sum(lengths.values()) / len(lengths) <= 14
    assert [sentence for sentence, words in lengths.items() if words > 35] == []


@each_template
def test_who_is_named_who_approves_and_who_signs_stands_in_words_too(key: str) -> None:
    template = library()[key]
    text = text_of(template).casefold()
    for role in template.terms.contact_roles:
        assert role.label.casefold() in text, role.label
    for slot in template.slots:
        for route in template.terms.routes_of(slot.key):
            assert route.name.casefold() in text, slot.key
        for signatory in template.terms.signatories_of(slot.key):
            assert signatory.label.casefold() in text, signatory.label


@each_template
def test_levels_and_contact_roles_name_sides_and_roles_that_there_are(key: str) -> None:
    template = library()[key]
    slots = {slot.key for slot in template.slots}
    for level in template.terms.levels:
        assert set(level.posts) == slots, level.key
        for slot, role in level.roles.items():
            assert role in {each.key for each in template.terms.contact_roles_of(slot)}, level.key
    for slot in slots:
        assert "mou_manager" in {each.key for each in template.terms.contact_roles_of(slot)}


def test_the_many_of_a_side_have_a_word_for_one_and_for_all() -> None:
    many = {slot.label: slot.plural for t in library().values() for slot in t.slots if slot.many}
    assert many == {
        "the CCG": "the CCGs",
        "the Federation": "the Federations",
        "the Committee": "the Committees",
    }


SAMPLE_FIGURES: dict[str, Any] = {
    "practice-resilience": ["£40 million", "four years", "£1,000", "£2,000", "£3,000"],
    "ccg-and-federations": ["£500,000", "£90,000", "£410,000", "£10,000", "£50,000", "£300",
                            "£150", "four hours", "Nine people"],
}  # fmt: skip


def test_figures_are_those_of_the_sources() -> None:
    for key, figures in SAMPLE_FIGURES.items():
        assert [each for each in figures if each not in text_of(library()[key])] == []
    terms = {key: template.terms for key, template in library().items()}
    committees = terms["regional-team-and-committees"]
    days = [(each.acknowledge_days, each.answer_days) for each in committees.standards]
    assert days == [(None, None), (5, None), (5, 20), (None, None)]
    assert [len(each.exclusions) for each in committees.standards] == [2, 2, 2, 1]
    assert [seat.number for seat in committees.panel] == [2, 1, 1]
    assert committees.period.notice_months == 6
    assert terms["practice-resilience"].period.notice_months == 1
    assert len(terms["practice-resilience"].levels) == 2
    several = terms["area-team-and-several-ccgs"]
    assert several.levels[:3] == terms["area-team-and-ccg"].levels[:3]
    assert (several.lead_times, several.review) == (
        terms["area-team-and-ccg"].lead_times, terms["area-team-and-ccg"].review,
    )  # fmt: skip


def test_twelve_roles_of_which_one_is_left_for_later() -> None:
    roles = [c for c in library()["ccg-and-federations"].clauses if c.kind == "role"]
    assert [c.heading.split(":")[0] for c in roles] == [f"Role {n}" for n in range(1, 13)]
    assert [c.key for c in roles if c.status == "to_be_defined"] == ["role-quality"]


def test_quoted_words_say_whose_they_are_and_a_later_wording_is_another_annex() -> None:
    first, later = annexes()["seven-principles-1995"], annexes()["seven-principles-2013"]
    quoted = library()["ccg-and-federations"].clauses[-1]
    assert (quoted.heading, quoted.body) == (first.in_text["heading"], first.in_text["body"])
    for annex, year in ((first, "1995"), (later, "2013")):
        assert len(re.findall(r"^\d\. \*\*", annex.body, flags=re.MULTILINE)) == 7
        assert year in annex.published
        assert "Committee on Standards in Public Life" in annex.in_text["body"]
        assert "Open Government Licence" in annex.in_text["body"]
    assert first.body != later.body
