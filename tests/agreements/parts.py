"""The pages of the terms, filled in as a browser sends them back."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements.drafting.forms.part import Part, Slots
from agreements.drafting.forms.terms import part_of
from agreements.library import library
from agreements.terms import (
    LEVELS,
    ApprovalRoute,
    Commissioning,
    CommitmentTerm,
    ExpectedDocument,
    PanelSeat,
    Period,
    ReviewTerm,
    Standard,
    Terms,
)

TEMPLATE = library()["area-team-and-ccg"]
# Each side is taken by one, so the parties that commission go by the same keys.
SLOTS: Slots = [(slot.key, slot.label) for slot in TEMPLATE.slots]
# The same with what it lacks: every page of the terms has something.
RICH = Terms.model_validate(
    {
        **dict(TEMPLATE.terms),
        "period": Period(starts_on=date(2018, 3, 1), ends_when="all is done", notice_months=6),
        "review": ReviewTerm(in_month="2018-12", offsets_days=(60,)),
        "standards": (Standard(key="soon", label="Soon", promise="Soon.", exclusions=("a", "b")),),
        "panel": (PanelSeat(key="chair", label="Chair", number=2),),
        "documents": (
            ExpectedDocument(key="workbook", label="Workbook", required=False),
            ExpectedDocument(key="scheme", label="Scheme", slots=("ccg",), level="delegated"),
        ),
        "commissioning": (
            Commissioning(party="area_team", level="joint"),
            Commissioning(party="ccg", level="delegated"),
        ),
        "commitments": (
            CommitmentTerm(
                key="money",
                label="Say how it was spent",
                slots=("ccg",),
                clause="review",
                cadence="once",
                due_on=date(2019, 12, 31),
            ),
            CommitmentTerm(
                key="shares",
                label="Shares",
                outside="The county",
                cadence="n_a_year",
                per_year=5,
                to="ccg",
                standard="soon",
                columns=("Area", "Role"),
                by_financial_year=True,
            ),
        ),
        "approval_routes": (
            *TEMPLATE.terms.approval_routes,
            ApprovalRoute(slot="ccg", key="chair", route="post", name="Chair", step=2),
        ),
    }
)


def addresses_of(terms: Terms, slots: Slots = SLOTS) -> list[str]:
    """Each page of the terms that changes something which is there."""
    return [
        *("announcements", "period", "review", "reports", "contacts", "levels"),
        *(f"meetings-{each.key}" for each in terms.meetings.series),
        *(f"side-{slot}" for slot, _ in slots),
        *dict.fromkeys(f"role-{role.key}" for role in terms.contact_roles),
        *(f"standard-{each.key}" for each in terms.standards),
        *(f"seat-{each.key}" for each in terms.panel),
        *(f"document-{each.key}" for each in terms.documents),
        *(f"commitment-{each.key}" for each in terms.commitments),
        *(f"commissioning-{level}" for level in LEVELS if terms.commissioning),
    ]


def boxes_of(terms: Terms, part: str, slots: Slots = SLOTS) -> dict[str, Any]:
    form = part_of(part, terms, slots, None, slots)
    assert form
    boxes: dict[str, Any] = {}
    for name in form.fields:
        value = form[name].value()
        if isinstance(value, date):
            said = {"day": value.day, "month": value.month, "year": value.year}
            boxes |= {f"{name}-{box}": str(number) for box, number in said.items()}
        elif isinstance(value, tuple | list):
            boxes[name] = list(value)
        else:
            boxes[name] = {None: "", False: "", True: "on"}.get(value, value)
    return boxes


def typed(terms: Terms, part: str, **more: Any) -> Part:
    """The page with some boxes changed."""
    form = part_of(part, terms, SLOTS, boxes_of(terms, part) | more, SLOTS)
    assert form
    return form


def said(form: Part | None) -> Terms:
    assert form
    assert form.is_valid(), form.errors
    return form.terms()


def errors(part: str, **more: Any) -> str:
    form = typed(TEMPLATE.terms, part, **more)
    assert not form.is_valid()
    return " ".join(str(sentence) for each in form.errors.values() for sentence in each)
