"""Pages of the terms about a side and its contact roles: what is renamed stays what it is."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from agreements.drafting.forms.terms import part_of
from agreements.library import library
from agreements.terms import ContactRole, Terms
from house.text import tidy_line
from tests.agreements.parts import SLOTS, TEMPLATE, boxes_of, errors, said, typed


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
