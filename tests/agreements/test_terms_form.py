from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.drafting.forms.terms import TermsForm
from agreements.library import library
from agreements.terms import ContactRole, Level, ReviewTerm, Terms
from tests.bad_input import BAD_TEXTS

TEMPLATE = library()["area-team-and-ccg"]
SLOTS = [(slot.key, slot.label) for slot in TEMPLATE.slots]


def typed(terms: Terms, **more: Any) -> TermsForm:
    """The form as a browser sends it back, with some boxes changed."""
    shown = TermsForm(terms, SLOTS)
    boxes = {name: shown[name].value() or "" for name in shown.fields}
    return TermsForm(terms, SLOTS, boxes | more)


def said(form: TermsForm) -> Terms:
    assert form.is_valid(), form.errors
    return form.terms()


def errors(**more: Any) -> str:
    form = typed(TEMPLATE.terms, **more)
    assert not form.is_valid()
    return " ".join(str(sentence) for each in form.errors.values() for sentence in each)


def test_what_is_not_touched_stays_as_it_is() -> None:
    assert said(typed(TEMPLATE.terms)) == TEMPLATE.terms


def test_every_box_can_change() -> None:
    terms = said(
        typed(
            TEMPLATE.terms,
            disagreement_word="dispute",
            minimum_months="18",
            publication_hours="48",
            press_release_hours="12",
            meetings_per_year="4",
            review_after_months="24",
            reminder_days="30 60,90",
            route_ccg="none",
            sources="One thing\n\n Another thing ",
        )
    )
    assert (terms.disagreement_word, terms.minimum_months) == ("dispute", 18)
    assert terms.lead_times.publication_hours == 48
    assert terms.lead_times.press_release_hours == 12
    assert [source.heading for source in terms.meetings.sources] == ["One thing", "Another thing"]
    assert terms.meetings.per_year == 4
    assert terms.review == ReviewTerm(after_months=24, offsets_days=(90, 60, 30))
    assert (terms.route_of("ccg").route, terms.route_of("ccg").name) == ("none", "")


def test_an_entry_keeps_its_key_as_long_as_its_words_stay() -> None:
    lines = "Press officer\nMOU MANAGER\nPrimary liaison (may be vacant)"
    terms = said(typed(TEMPLATE.terms, contacts_ccg=lines))
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
    headings = [source.heading for source in TEMPLATE.terms.meetings.sources]
    terms = said(typed(TEMPLATE.terms, contacts_ccg=lead, level_2="Leads",
                       signatories_ccg="Chief officer",
                       sources="\n".join([*headings[:-1], "Something new"])))  # fmt: skip
    ours, theirs = terms.contact_roles_of("ccg"), terms.contact_roles_of("area_team")
    assert [(role.label, role.key) for role in ours] == [
        ("Lead for the MoU", "mou_manager"), ("Primary liaison", "primary_liaison"),
        ("Lead clinician", "lead_clinician"),
    ]  # fmt: skip
    assert (ours[0].what, ours[0].required) == (TEMPLATE.terms.contact_roles[0].what, False)
    assert (theirs[0].label, theirs[0].key) == ("MoU manager", "mou_manager")
    assert terms.levels[1].key == "mou_managers"
    assert terms.signatories_of("ccg")[0].key == TEMPLATE.terms.signatories_of("ccg")[0].key
    assert [s.key for s in terms.meetings.sources] == [
        s.key for s in TEMPLATE.terms.meetings.sources
    ]
    # A new role never gets the key of another, whatever it is called.
    more = said(typed(terms, contacts_ccg=f"{lead}\nMoU manager")).contact_roles_of("ccg")
    assert [role.key for role in more] == [*(role.key for role in ours), "mou_manager_2"]


def test_both_sides_may_rename_a_role_and_its_level_follows() -> None:
    renamed = {f"contacts_{slot}": _lines(slot).replace("MoU manager", "Lead for the MoU")
               for slot, _ in SLOTS}  # fmt: skip
    terms = said(typed(TEMPLATE.terms, **renamed))
    assert [(role.key, role.slots) for role in terms.contact_roles if "Lead for" in role.label] == [
        ("mou_manager", ("area_team", "ccg"))
    ]
    sides = ("area_team", "ccg")
    assert terms.levels[1].posts == dict.fromkeys(sides, "Lead for the MoU")
    assert terms.levels[1].roles == dict.fromkeys(sides, "mou_manager")
    again = said(typed(terms, contacts_ccg="", level_2_area_team="Director"))
    # Every party has an MoU manager, whether the terms name the role or not.
    assert again.levels[1].roles == {"ccg": "mou_manager"}
    assert said(typed(again, level_2_ccg="Lead clinician")).levels[1].roles == {}


def test_a_role_in_the_place_of_several_is_asked_about() -> None:
    for lines, sentence in (
        ("Lead\nDeputy lead\nPrimary liaison\nLead clinician", "“Lead” may be another name for"),
        ("MoU manager\nLead", "“Lead” may be another name for “Primary liaison”, or a new role"),
        ("(may be vacant)", "Enter the name of the role before (may be vacant)"),
        ("Lead\nlead (may be vacant)", "“lead” is there twice. Enter each role once."),
    ):
        assert sentence in errors(contacts_ccg=lines), lines


def test_levels_can_be_added_and_taken_out() -> None:
    terms = said(typed(TEMPLATE.terms, level_1="", level_1_area_team="", level_1_ccg="",
                       level_5="Mediation", level_5_ccg="Chair"))  # fmt: skip
    assert [level.key for level in terms.levels][:2] == ["mou_managers", "those_responsible"]
    assert terms.levels[-1] == Level(key="mediation", label="Mediation", posts={"ccg": "Chair"})


def test_what_does_not_fit_is_said_at_its_field() -> None:
    for box, text, sentence in (
        ("minimum_months", "-1", "must be 0 or more"),
        ("minimum_months", "1.5", "as a whole number"),
        ("meetings_per_year", "53", "must be 52 or fewer"),
        ("reminder_days", "soon", "Enter up to 12 numbers of days from 1 to 730"),
        ("reminder_days", "0", "Enter up to 12 numbers of days from 1 to 730"),
        ("decider_ccg", "", "Enter the body that approves for the CCG"),
        ("signatories_ccg", "", "Enter who signs for the CCG"),
        ("sources", "Twice\ntwice", "“twice” is there twice. Enter each line once."),
        ("sources", "\n".join(str(n) for n in range(31)), "Enter 30 lines or fewer"),
        ("contacts_ccg", "x" * 201, "Each line must be 200 characters or fewer"),
        ("level_6_ccg", "Chair", "Enter a name for level 6, or leave it empty"),
        ("level_5", "Working level", "Two levels have this name"),
        ("route_ccg", "vote", "from the list"),
    ):
        assert sentence in errors(**{box: text}), (box, text)


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_nothing_typed_breaks_it(text: str) -> None:
    for box in TermsForm(TEMPLATE.terms, SLOTS).fields:
        form = typed(TEMPLATE.terms, **{box: text})
        if form.is_valid():
            assert Terms.model_validate(form.terms().model_dump(mode="json")) == form.terms()


labels = st.text(
    st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=60
)


@settings(deadline=None)
@given(ours=st.lists(labels, max_size=6), theirs=st.lists(labels, max_size=6))
def test_whatever_the_roles_are_called_each_side_gets_its_own(
    ours: list[str], theirs: list[str]
) -> None:
    form = typed(Terms(), contacts_area_team="\n".join(ours), contacts_ccg="\n".join(theirs),
                 route_ccg="none", route_area_team="none")  # fmt: skip
    if not form.is_valid():
        return
    terms = form.terms()
    for slot, typed_labels in (("area_team", ours), ("ccg", theirs)):
        roles = terms.contact_roles_of(slot)
        assert len({role.key for role in roles}) == len(roles)
        assert len(roles) == len([each for each in typed_labels if each.split()])
    # Sent back unchanged, they are the same.
    again = typed(terms)
    assert again.is_valid()
    assert {role.key for role in again.terms().contact_roles} == _keys(terms.contact_roles)


def _keys(roles: tuple[ContactRole, ...]) -> set[str]:
    return {role.key for role in roles}
