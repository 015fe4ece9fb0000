"""The rows of a version's tables: what each party decided, and who has signed."""

from __future__ import annotations

from agreements.core.approval import Standing
from agreements.models import Approval, SignatureRequest
from nhsuk.components import Cell, Column, Tag
from nhsuk.dates import day, moment

APPROVAL_COLUMNS = [Column(text) for text in ("Party", "By", "Decision", "Date", "Reference")]
SIGNATURE_COLUMNS = [Column(text) for text in ("Party", "Who signs", "Asked", "Signed", "State")]
HISTORY_COLUMNS = [Column(text) for text in ("Version", "Date", "Author", "What changed")]
_STATES = {
    "asked": Tag("Asked to sign", "yellow"),
    "not_ready": Tag("Not ready to sign", "orange"),
    "on_paper": Tag("On paper, to be confirmed", "yellow"),
    "signed": Tag("Signed", "green"),
    "void": Tag("Void", "grey"),
}


# What the tag says where the whole decision is too long for one.
_SHORT = {
    "delegated": "Approved",
    "by_delegate": "Changes confirmed",
    "subject_to_changes": "Subject to changes",
    "for_engagement": "For engagement",
}


def approval_row(name: str, standing: Standing) -> list[Cell]:
    latest = standing.latest
    if standing.route.route == "none":
        return [Cell(name), Cell("Nobody"), Cell("No approval is needed"), Cell(), Cell()]
    if latest is None:
        nothing = Cell(tag=Tag("Not decided", "yellow"))
        return [Cell(name), Cell(standing.route.name), nothing, Cell("Not yet"), Cell()]
    earlier = [f"{a.get_decision_display()}, {day(a.decided_on)}" for a in standing.approvals[:-1]]
    before = f"Before: {'; '.join(earlier)}" if earlier else ""
    return [
        Cell(name),
        Cell(standing.route.name),
        Cell(tag=_decision_tag(standing), under=" ".join([*_details(latest), before]).strip()),
        Cell(day(latest.decided_on)),
        Cell(latest.minute_reference or "None given"),
    ]


def _decision_tag(standing: Standing) -> Tag:
    assert standing.latest is not None  # noqa: S101 - called for one that decided
    decision = standing.latest.decision
    text = _SHORT.get(decision, standing.latest.get_decision_display())
    if standing.is_given:
        return Tag(text, "green")
    return Tag(text, "red" if decision == Approval.Decision.REJECTED else "yellow")


def _details(approval: Approval) -> list[str]:
    """What the decision rests on, who may finalise the text, and what was noted."""
    details = []
    if approval.rests_on:
        label = approval.rests_on.version.label_before_signature
        details.append(f"By {approval.delegated_to}, on the approval of version {label}.")
    elif approval.delegated_to:
        details.append(f"{approval.delegated_to} may finalise it.")
    return [*details, approval.note] if approval.note else details


def signature_row(name: str, title: str, request: SignatureRequest | None) -> list[Cell]:
    if request is None:
        not_yet = Cell("Not yet")
        return [Cell(name), Cell(title), not_yet, not_yet, Cell(tag=Tag("Not asked yet"))]
    signature = getattr(request, "signature", None)
    signed = Cell("Not yet")
    if signature and signature.paper_id:
        signed = Cell(day(signature.signed_on), under="On paper")
    elif signature:
        signed = Cell(moment(signature.at))
    return [
        Cell(name),
        Cell(signature.typed_name if signature else request.person.name, under=title),
        Cell(day(request.asked_at)),
        signed,
        Cell(tag=_STATES[request.state]),
    ]


def signature_note(name: str, request: SignatureRequest, *, approved: bool) -> str:
    """What else is to be known of a signature that was asked for before its party's approval."""
    if not request.before_approval_because:
        return ""
    asked = f"{name} asked for its signature before its approval: {request.before_approval_because}"
    if approved:
        return f"{asked} The approval came later."
    return f"{asked} The signed copy prints “approval to be ratified” until it is recorded."
