"""The pages on which the terms are changed, as forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agreements.drafting.forms.part import Part
from agreements.drafting.forms.terms import PARTS, part_of
from agreements.library import library
from agreements.terms import (
    ApprovalRoute,
    ContactRole,
    Days,
    Level,
    PanelSeat,
    Period,
    ReviewTerm,
    Standard,
    Terms,
)
from house.text import tidy_line
from tests.agreements.parts import SLOTS, TEMPLATE, addresses_of, boxes_of, said, typed
from tests.bad_input import BAD_TEXTS


def errors(part: str, **more: Any) -> str:
    form = typed(TEMPLATE.terms, part, **more)
    assert not form.is_valid()
    return " ".join(str(sentence) for each in form.errors.values() for sentence in each)


def test_what_is_not_touched_stays_as_it_is() -> None:
    for terms in (TEMPLATE.terms, RICH):
        for part in addresses_of(terms):
            assert said(typed(terms, part)) == terms, part


def test_every_box_of_the_first_pages_can_change() -> None:
    terms = said(typed(TEMPLATE.terms, "announcements", publication_hours="48"))
    assert (terms.lead_times.publication_hours, terms.lead_times.press_release_hours) == (48, 24)
    terms = said(typed(terms, "review", review_after_months="24", reminder_days="30 60,90"))
    assert terms.review == ReviewTerm(after_months=24, offsets_days=(90, 60, 30))
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
    terms = said(typed(terms, "seat", label="Chair", number="1", drawn_from="elsewhere"))
    assert terms.panel == (PanelSeat(key="chair", label="Chair", drawn_from="elsewhere"),)
    assert said(typed(terms, "standard-requests", take_out="on")).standards == ()


def test_approvals_stand_side_by_side_or_after_each_other() -> None:
    terms = said(typed(TEMPLATE.terms, "side-ccg", route_2="body", order_2="beside",
                       decider_2="Finance Committee"))  # fmt: skip
    terms = said(typed(terms, "side-ccg", route_3="post", decider_3="Chair", order_3="after"))
    routes = [each for each in terms.approval_routes if each.slot == "ccg"]
    assert [(each.key, each.name, each.step) for each in routes] == [
        ("approval", "Governing Body", 1),
        ("finance_committee", "Finance Committee", 1),
        ("chair", "Chair", 2),
    ]
    renamed = said(typed(terms, "side-ccg", decider_1="Board", route_2="none"))
    assert [(each.key, each.name, each.step) for each in renamed.approval_routes[1:]] == [
        ("approval", "Board", 1), ("chair", "Chair", 2),
    ]  # fmt: skip
    assert "“Chair” is there twice" in errors(
        "side-ccg", decider_1="Chair", route_2="post", decider_2="Chair"
    )


def test_what_a_role_asks_for_holds_for_each_side_that_keeps_it() -> None:
    terms = said(typed(TEMPLATE.terms, "role-mou_manager", seat="Planning Group",
                       asks=["address", "phone"], gets_mail=""))  # fmt: skip
    [role] = [each for each in terms.contact_roles if each.key == "mou_manager"]
    assert (role.seat, role.asks, role.gets_mail) == ("Planning Group", ("phone", "address"), False)
    assert role.what == TEMPLATE.terms.contact_roles[0].what
    # It keeps them under another name.
    lines = _lines("ccg").replace("MoU manager", "Lead")
    renamed = said(typed(terms, "side-ccg", contacts=lines))
    assert {each.seat for each in renamed.contact_roles if each.key == "mou_manager"} == {
        "Planning Group"
    }


def test_a_role_that_sides_call_differently_is_what_each_says_of_its_own() -> None:
    """A CCG's head and a federation's lead both look after the agreement."""
    source = library()["ccg-and-federations"]
    slots = [(slot.key, slot.label) for slot in source.slots]
    for part in ("side-ccg", "side-federation", "role-mou_manager-ccg", "role-communications_team"):
        form = part_of(part, source.terms, slots, boxes_of(source.terms, part, slots))
        assert said(form) == source.terms, part
    part = "role-mou_manager-federation"
    more = boxes_of(source.terms, part, slots) | {"what": "Leads."}
    roles = said(part_of(part, source.terms, slots, more)).contact_roles
    assert [role.what for role in roles if role.key == "mou_manager"] == [
        source.terms.contact_roles[0].what, "Leads.",
    ]  # fmt: skip


def test_a_side_without_contacts_says_who_looks_after_the_agreement() -> None:
    terms = TEMPLATE.terms.model_copy(update={"contact_roles": ()})
    lines = {"contacts": "Press office\nLead", "looks_after": "lead"}
    made = said(typed(terms, "side-ccg", **lines)).contact_roles
    assert [(role.key, role.label) for role in made] == [
        ("press_office", "Press office"), ("mou_manager", "Lead"),
    ]  # fmt: skip
    form = typed(terms, "side-ccg", **lines | {"looks_after": "Somebody else"})
    assert not form.is_valid()
    assert form.errors["looks_after"] == ["Enter one of the contacts as it is written above"]
    assert "looks_after" not in typed(TEMPLATE.terms, "side-ccg").fields


def test_an_entry_keeps_its_key_as_long_as_its_words_stay() -> None:
    lines = "Press officer\nMOU MANAGER\nPrimary liaison (may be vacant)"
    terms = said(typed(TEMPLATE.terms, "side-ccg", contacts=lines))
    roles = {role.label: role for role in terms.contact_roles_of("ccg")}
    assert roles["Press officer"].key == "press_officer"
    # The other side wrote it first, and both mean the same role.
    assert roles["MoU manager"].key == "mou_manager"
    assert roles["MoU manager"].what
    assert not roles["Primary liaison"].required
    [theirs] = [r for r in terms.contact_roles_of("area_team") if r.key == "primary_liaison"]
    assert theirs.required


def _lines(slot: str) -> str:
    return "\n".join(role.label for role in TEMPLATE.terms.contact_roles_of(slot))


def test_an_entry_with_another_name_keeps_its_key() -> None:
    lead = _lines("ccg").replace("MoU manager", "Lead for the MoU (may be vacant)")
    headings = [topic.heading for topic in TEMPLATE.terms.meetings.series[0].topics]
    terms = said(typed(TEMPLATE.terms, "side-ccg", contacts=lead, signatories="Chief officer"))
    terms = said(typed(terms, "levels", level_2="Leads"))
    terms = said(
        typed(terms, "meetings-wider", topics="\n".join([*headings[:-1], "Something new"]))
    )
    ours, theirs = terms.contact_roles_of("ccg"), terms.contact_roles_of("area_team")
    assert [(role.label, role.key) for role in ours] == [
        ("Lead for the MoU", "mou_manager"), ("Primary liaison", "primary_liaison"),
        ("Lead clinician", "lead_clinician"),
    ]  # fmt: skip
    assert (ours[0].what, ours[0].required) == (TEMPLATE.terms.contact_roles[0].what, False)
    assert (theirs[0].label, theirs[0].key) == ("MoU manager", "mou_manager")
    assert terms.levels[1].key == "mou_managers"
    assert terms.signatories_of("ccg")[0].key == TEMPLATE.terms.signatories_of("ccg")[0].key
    assert [topic.key for topic in terms.meetings.series[0].topics] == [
        topic.key for topic in TEMPLATE.terms.meetings.series[0].topics
    ]
    # A new role never gets the key of another, whatever it is called.
    more = said(typed(terms, "side-ccg", contacts=f"{lead}\nMoU manager")).contact_roles_of("ccg")
    assert [role.key for role in more] == [*(role.key for role in ours), "mou_manager_2"]


def test_both_sides_may_rename_a_role_and_its_level_follows() -> None:
    terms = TEMPLATE.terms
    for slot, _ in SLOTS:
        renamed = _lines(slot).replace("MoU manager", "Lead for the MoU")
        terms = said(typed(terms, f"side-{slot}", contacts=renamed))
    assert [(role.key, role.slots) for role in terms.contact_roles if "Lead for" in role.label] == [
        ("mou_manager", ("area_team", "ccg"))
    ]
    sides = ("area_team", "ccg")
    assert terms.levels[1].posts == dict.fromkeys(sides, "Lead for the MoU")
    assert terms.levels[1].roles == dict.fromkeys(sides, "mou_manager")
    again = said(typed(terms, "side-ccg", contacts=""))
    again = said(typed(again, "levels", level_2_area_team="Director"))
    # Every party has an MoU manager, whether the terms name the role or not.
    assert again.levels[1].roles == {"ccg": "mou_manager"}
    assert said(typed(again, "levels", level_2_ccg="Lead clinician")).levels[1].roles == {}


def test_a_role_in_the_place_of_several_is_asked_about() -> None:
    for lines, sentence in (
        ("Lead\nDeputy lead\nPrimary liaison\nLead clinician", "“Lead” may be another name for"),
        ("MoU manager\nLead", "“Lead” may be another name for “Primary liaison”, or a new role"),
        ("(may be vacant)", "Enter the name of the role before (may be vacant)"),
        ("Lead\nlead (may be vacant)", "“lead” is there twice. Enter each role once."),
    ):
        assert sentence in errors("side-ccg", contacts=lines), lines


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
    for part in [*addresses_of(RICH), "meetings", "standard", "seat"]:
        form = part_of(part, RICH, SLOTS)
        assert form
        for box in boxes_of(RICH, part):
            sent = typed(RICH, part, **{box: text})
            if sent.is_valid():
                terms = sent.terms()
                assert Terms.model_validate(terms.model_dump(mode="json")) == terms


RICH = Terms.model_validate(
    {
        **dict(TEMPLATE.terms),
        "period": Period(starts_on=date(2018, 3, 1), ends_when="all is done", notice_months=6),
        "review": ReviewTerm(in_month="2018-12", offsets_days=(60,)),
        "standards": (Standard(key="soon", label="Soon", promise="Soon.", exclusions=("a", "b")),),
        "panel": (PanelSeat(key="chair", label="Chair", number=2),),
        "approval_routes": (
            *TEMPLATE.terms.approval_routes,
            ApprovalRoute(slot="ccg", key="chair", route="post", name="Chair", step=2),
        ),
    }
)
labels = st.text(
    st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=60
)


@settings(deadline=None)
@example(ours=[], theirs=["\xad"])
@given(ours=st.lists(labels, max_size=6), theirs=st.lists(labels, max_size=6))
def test_whatever_the_roles_are_called_each_side_gets_its_own(
    ours: list[str], theirs: list[str]
) -> None:
    terms = Terms()
    for slot, lines in (("area_team", ours), ("ccg", theirs)):
        form = typed(terms, f"side-{slot}", contacts="\n".join(lines))
        if not form.is_valid():
            return
        terms = form.terms()
    for slot, typed_labels in (("area_team", ours), ("ccg", theirs)):
        roles = terms.contact_roles_of(slot)
        assert len({role.key for role in roles}) == len(roles)
        assert len(roles) == len([each for each in typed_labels if tidy_line(each)])
    # Sent back unchanged, they are the same.
    again = typed(terms, "side-ccg")
    assert again.is_valid()
    assert {role.key for role in again.terms().contact_roles} == _keys(terms.contact_roles)


def _keys(roles: tuple[ContactRole, ...]) -> set[str]:
    return {role.key for role in roles}


def test_each_kind_of_page_is_tried_here() -> None:
    tried = {part.partition("-")[0] for part in addresses_of(RICH)}
    assert tried == set(PARTS)
    assert isinstance(part_of("period", RICH, SLOTS), Part)
    assert "area-team-and-ccg" in library()
