"""The terms as people read them: on pages, in comparisons and in the document alike."""

from __future__ import annotations

from agreements.drafting.pages.terms import terms_in_words
from agreements.terms import (
    ApprovalRoute,
    ContactRole,
    LeadTimes,
    Level,
    ReviewTerm,
    Signatory,
    Terms,
)
from tests.termed import meet

SIDES = {"team": "the Area Team", "east": "Eastmoor CCG", "west": "Westmoor CCG"}
TERMS = Terms(
    disagreement_word="issue",
    lead_times=LeadTimes(publication_hours=96, press_release_hours=1),
    meetings=meet(4),
    review=ReviewTerm(after_months=6, offsets_days=(90, 45)),
    contact_roles=(
        ContactRole(key="mou_manager", label="MoU manager", slots=tuple(SIDES)),
        ContactRole(key="lead", label="Quality lead", slots=("team", "east")),
        ContactRole(key="nurse", label="Lead nurse", slots=("east",), required=False),
    ),
    contacts_confirmed_months=1,
    levels=(
        Level(key="one", label="Those at work", posts={}),
        Level(key="two", label="Managers", posts=dict.fromkeys(SIDES, "Head of Quality")),
        Level(key="three", label="Heads", posts={"west": "The chair", "team": "Director"}),
    ),
    approval_routes=(
        ApprovalRoute(slot="team", route="none"),
        ApprovalRoute(slot="east", route="body", name="Governing Body"),
        ApprovalRoute(slot="west", route="post", name="Accountable officer"),
    ),
    signatories=(Signatory(slot="team", key="d", label="Director"),),
)


def said(heading: str) -> tuple[str, ...]:
    return dict(terms_in_words(TERMS, SIDES))[heading]


def test_each_term_is_a_sentence_that_needs_no_label() -> None:
    assert said("Drafts shared before release") == (
        "A draft of a publication is shared about 96 hours before its release.",
        "A draft of a press release is shared about 1 hour before its release.",
    )
    assert said("Meetings") == ("The parties meet at least 4 times in each MoU year.",)
    assert "The portal reminds the parties 90 and 45 days before it." in said("Review")


def test_who_approves_and_who_signs_is_said_of_each_of_three_parties() -> None:
    assert said("Who approves") == (
        "For the Area Team nobody has to approve the text.",
        "For Eastmoor CCG its Governing Body approves the text.",
        "For Westmoor CCG its accountable officer approves the text.",
    )
    assert said("Who signs")[:2] == (
        "For the Area Team its director signs.",
        "For Eastmoor CCG its signatory signs.",
    )


def test_roles_that_may_be_vacant_are_said_to_be() -> None:
    assert said("Key contacts") == (
        "The Area Team names its MoU manager and quality lead.",
        "Eastmoor CCG names its MoU manager and quality lead.",
        "Eastmoor CCG may name its lead nurse.",
        "Westmoor CCG names its MoU manager.",
        "The parties confirm every month who their key contacts are.",
    )


def test_levels_say_who_acts_for_whom() -> None:
    assert said("How an issue is settled") == (
        "1. Those at work.",
        "2. Managers: for each party its Head of Quality.",
        "3. Heads: for the Area Team its director and for Westmoor CCG its chair.",
    )
