"""The pages on which the terms are changed, as forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from agreements.drafting.forms.part import Part
from agreements.drafting.forms.terms import PARTS, part_of
from agreements.drafting.pages.terms import terms_in_words
from agreements.library import library
from agreements.terms import (
    CommitmentTerm,
    Days,
    Level,
    PanelSeat,
    Period,
    ReviewTerm,
    Standard,
    Terms,
)
from tests.agreements.parts import (
    RICH,
    SLOTS,
    TEMPLATE,
    addresses_of,
    boxes_of,
    errors,
    said,
    typed,
)
from tests.bad_input import BAD_TEXTS


def test_what_is_not_touched_stays_as_it_is() -> None:
    for terms in (TEMPLATE.terms, RICH):
        for part in addresses_of(terms):
            assert said(typed(terms, part)) == terms, part


def test_every_box_of_the_first_pages_can_change() -> None:
    terms = said(typed(TEMPLATE.terms, "announcements", publication_hours="48"))
    assert (terms.lead_times.publication_hours, terms.lead_times.press_release_hours) == (48, 24)
    terms = said(typed(terms, "review", review_after_months="24", reminder_days="30 60,90"))
    assert terms.review == ReviewTerm(after_months=24, offsets_days=(90, 60, 30))
    terms = said(typed(terms, "reports", never_performance="on"))
    assert terms.never_performance
    terms = said(typed(terms, "levels", disagreement_word="dispute"))
    assert terms.disagreement_word == "dispute"
    terms = said(typed(terms, "side-ccg", route_1="none"))
    assert terms.routes_of("ccg") == ()
    assert terms.routes_of("area_team") == TEMPLATE.terms.routes_of("area_team")


def test_a_series_is_added_changed_and_taken_out() -> None:
    terms = said(typed(TEMPLATE.terms, "meetings", label="Clinical forum", cadence="n_a_year",
                       per_year="5", attends="the clinical leads",
                       topics="One thing\n\n Another thing "))  # fmt: skip
    wider, forum = terms.meetings.series
    assert (wider, forum.key, forum.in_a_year) == (
        TEMPLATE.terms.meetings.series[0], "clinical_forum", 5
    )  # fmt: skip
    assert [topic.heading for topic in forum.topics] == ["One thing", "Another thing"]
    terms = said(typed(terms, "meetings-clinical_forum", label="Forum", cadence="monthly"))
    assert [(s.key, s.label, s.cadence, s.per_year) for s in terms.meetings.series[1:]] == [
        ("clinical_forum", "Forum", "monthly", None)
    ]
    assert said(typed(terms, "meetings-wider", take_out="on")).meetings.series == (
        terms.meetings.series[1],
    )


def test_what_somebody_took_out_meanwhile_comes_back_with_what_was_typed() -> None:
    boxes = boxes_of(TEMPLATE.terms, "meetings-wider") | {"cadence": "monthly"}
    gone = said(typed(TEMPLATE.terms, "meetings-wider", take_out="on"))
    form = part_of("meetings-wider", gone, SLOTS, boxes)
    assert form
    [series] = said(form).meetings.series
    assert (series.key, series.cadence, len(series.topics)) == ("wider", "monthly", 6)
    for address in ("meetings-wider", "meetings-No such", "side-west", "role-chair", "pace"):
        assert part_of(address, gone, SLOTS) is None, address


def test_start_end_and_notice_are_typed_as_the_text_says_them() -> None:
    day = {"starts_on-day": "1", "starts_on-month": "3", "starts_on-year": "2018"}
    end = {"ends_on-day": "31", "ends_on-month": "March", "ends_on-year": "2019"}
    terms = said(typed(Terms(), "period", ends_when="the plan is delivered", notice_months="1",
                       minimum_months="6", **day, **end))  # fmt: skip
    assert terms.minimum_months == 6
    assert terms.period == Period(
        starts_on=date(2018, 3, 1), ends_on=date(2019, 3, 31),
        ends_when="the plan is delivered", notice_months=1,
    )  # fmt: skip
    late = typed(terms, "period", **{"ends_on-year": "2017"})
    assert late.errors["ends_on"] == ["The end has to be after the start"]


@pytest.mark.parametrize(
    ("typed_boxes", "term"),
    [
        ({"when": "in_month", "review_month": "dec 2012"}, {"in_month": "2012-12"}),
        ({"when": "in_month", "review_month": "2/2013"}, {"in_month": "2013-02"}),
        ({"when": "on", "review_on-day": "31", "review_on-month": "3", "review_on-year": "2013"},
         {"on": date(2013, 3, 31)}),
        ({"when": "within", "review_first-day": "1", "review_first-month": "11",
          "review_first-year": "2012", "review_last-day": "31", "review_last-month": "1",
          "review_last-year": "2013"},
         {"within": Days(first=date(2012, 11, 1), last=date(2013, 1, 31))}),
    ],
)  # fmt: skip
def test_a_review_on_a_day_in_a_month_or_in_a_period(
    typed_boxes: Mapping[str, str], term: Mapping[str, Any]
) -> None:
    terms = said(typed(Terms(), "review", reminder_days="30", **typed_boxes))
    assert terms.review == ReviewTerm(offsets_days=(30,), **term)
    assert said(typed(terms, "review")) == terms


def test_standards_and_seats_are_kept_for_their_rooms() -> None:
    terms = said(typed(Terms(), "standard", label="Requests", promise="Answered soon.",
                       answer_days="10", exclusions="complaints\nqueries"))  # fmt: skip
    assert terms.standards == (
        Standard(key="requests", label="Requests", promise="Answered soon.", answer_days=10,
                 exclusions=("complaints", "queries")),
    )  # fmt: skip
    more = {"kind": "query", "slots": ["ccg"], "update_days": "5", "may_pause": "on",
            "calendar": "united_kingdom"}  # fmt: skip
    [changed] = said(typed(terms, "standard-requests", **more)).standards
    assert (changed.kind, changed.slots, changed.update_days) == ("query", ("ccg",), 5)
    assert (changed.may_pause, changed.calendar) == (True, "united_kingdom")
    terms = said(typed(terms, "seat", label="Chair", number="1", drawn_from="elsewhere"))
    assert terms.panel == (PanelSeat(key="chair", label="Chair", drawn_from="elsewhere"),)
    assert said(typed(terms, "standard-requests", take_out="on")).standards == ()


def test_what_is_owed_is_typed_with_its_day_or_how_often_and_whose_it_is() -> None:
    on = {"due_on-day": "31", "due_on-month": "12", "due_on-year": "2017"}
    terms = said(typed(RICH, "commitment", label="Say it", cadence="once", of_sides=["ccg"], **on))
    assert terms.commitments[-1] == CommitmentTerm(
        key="say_it", label="Say it", slots=("ccg",), cadence="once", due_on=date(2017, 12, 31)
    )
    assert "Say it: owed by Eastmoor by 31 December 2017." in [
        sentence
        for term in terms_in_words(terms, {"ccg": "Eastmoor"})
        for sentence in term.sentences
    ]
    for boxes, sentence in (
        ({}, "Tick who owes it, or name somebody outside"),
        ({"of_sides": ["ccg"], "outside": "The county"}, "one of the two"),
        ({"of_sides": ["ccg"], "cadence": "n_a_year"}, "Enter the number in each year"),
        ({"of_sides": ["ccg"], "columns": "\n".join("abcdefghi")}, "Enter up to 8 columns"),
    ):
        wrong = typed(RICH, "commitment", **{"label": "Say it", "cadence": "once", **boxes})
        assert sentence in str(wrong.errors), boxes


def test_levels_can_be_added_and_taken_out() -> None:
    terms = said(typed(TEMPLATE.terms, "levels", level_1="", level_1_area_team="", level_1_ccg="",
                       level_5="Mediation", level_5_ccg="Chair"))  # fmt: skip
    assert [level.key for level in terms.levels][:2] == ["mou_managers", "those_responsible"]
    assert terms.levels[-1] == Level(key="mediation", label="Mediation", posts={"ccg": "Chair"})


def test_for_ten_sides_no_page_has_thirty_boxes_and_who_acts_is_typed_in_lines() -> None:
    slots = [(f"side_{n}", f"Side {n}") for n in range(1, 11)]
    posts = {slot: "Director" for slot, _ in slots}
    terms = Terms(levels=(Level(key="one", label="One", posts=posts | {"side_2": "Chair"}),))
    for part in addresses_of(terms, slots):
        form = part_of(part, terms, slots)
        assert form
        assert len(form.fields) < 30, part
        again = said(part_of(part, terms, slots, boxes_of(terms, part, slots)))
        assert again.levels == terms.levels, part
    boxes = boxes_of(terms, "levels", slots) | {"level_1_posts": "Director\nSide 3: Chair"}
    [level] = said(part_of("levels", terms, slots, boxes)).levels
    assert level.posts == posts | {"side_3": "Chair"}


def test_what_does_not_fit_is_said_at_its_field() -> None:
    for part, box, text, sentence in (
        ("period", "minimum_months", "-1", "must be 0 or more"),
        ("period", "minimum_months", "1.5", "as a whole number"),
        ("meetings-wider", "per_year", "53", "must be 52 or fewer"),
        ("meetings-wider", "cadence", "n_a_year", "Enter the number in each year"),
        ("meetings", "label", "Wider meeting", "There is one of this name already"),
        ("review", "reminder_days", "soon", "Enter up to 12 numbers of days from 1 to 730"),
        ("review", "reminder_days", "0", "Enter up to 12 numbers of days from 1 to 730"),
        ("review", "when", "none", "Say when the review is, or empty the boxes below"),
        ("review", "when", "in_month", "Enter the month, for example December 2012"),
        ("review", "review_month", "soon", "Enter the month like December 2012"),
        ("side-ccg", "decider_1", "", "Enter the body that approves for the CCG"),
        ("side-ccg", "signatories", "", "Enter who signs for the CCG"),
        ("meetings-wider", "topics", "Twice\ntwice", "“twice” is there twice. Enter each line"),
        ("meetings-wider", "topics", "\n".join(map(str, range(31))), "Enter 30 lines or fewer"),
        ("side-ccg", "contacts", "x" * 201, "Each line must be 200 characters or fewer"),
        ("levels", "level_6_ccg", "Chair", "Enter a name for level 6, or leave it empty"),
        ("levels", "level_5", "Working level", "Two levels have this name"),
        ("side-ccg", "route_1", "vote", "from the list"),
    ):
        assert sentence in errors(part, **{box: text}), (box, text)


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_nothing_typed_breaks_it(text: str) -> None:
    for part in [*addresses_of(RICH), "meetings", "standard", "seat", "document", "commitment"]:
        form = part_of(part, RICH, SLOTS, None, SLOTS)
        assert form
        for box in boxes_of(RICH, part):
            sent = typed(RICH, part, **{box: text})
            if sent.is_valid():
                terms = sent.terms()
                assert Terms.model_validate(terms.model_dump(mode="json")) == terms


def test_each_kind_of_page_is_tried_here() -> None:
    tried = {part.partition("-")[0] for part in addresses_of(RICH)}
    assert tried == set(PARTS)
    assert isinstance(part_of("period", RICH, SLOTS), Part)
    assert "area-team-and-ccg" in library()
