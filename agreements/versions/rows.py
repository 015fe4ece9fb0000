"""The rows of a version's tables, and all versions of an agreement as a section of its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agreements.core.states import ApprovalStanding, version_tag
from agreements.models import Agreement, Approval, Signature, SignatureRequest, Version
from house.answers import Section
from house.once import once_a_page
from nhsuk.components import Colour, Tag
from nhsuk.dates import day
from nhsuk.words import capital

# What the tag says where the whole decision is too long for one.
_SHORT = {
    "delegated": "Approved",
    "by_delegate": "Changes confirmed",
    "changes_made": "Approved, changes confirmed",
    "not_as_asked": "Changes not confirmed",
    "subject_to_changes": "Subject to changes",
    "for_engagement": "For engagement",
}
_SIGNATURES = {
    "waits": Tag("Asked later", "grey"),
    "asked": Tag("Asked to sign", "yellow"),
    "not_ready": Tag("Not ready to sign", "orange"),
    "declined": Tag("Declined", "red"),
    "on_paper": Tag("On paper, to be confirmed", "yellow"),
    "signed": Tag("Signed", "green"),
    "void": Tag("Void", "grey"),
}


def colour(standing: ApprovalStanding) -> Colour:
    """Of what a party decided last."""
    if standing.rejection:
        return "red"
    return "green" if standing.is_given else "yellow"


@dataclass(frozen=True)
class ApprovalRow:
    """What one party decided about a version."""

    party: str
    standing: ApprovalStanding

    @property
    def is_needed(self) -> bool:
        return self.standing.route.route != "none"

    @property
    def latest(self) -> Approval | None:
        return self.standing.latest if self.is_needed else None

    @property
    def tag(self) -> Tag:
        """What it decided last, in a word or two."""
        if self.latest is None:
            return Tag("Not decided", "yellow")
        decision = self.latest.decision
        return Tag(_SHORT.get(decision, self.latest.get_decision_display()), colour(self.standing))

    @property
    def details(self) -> str:
        """What it rests on, who may finalise the text, what was noted, and what was before."""
        details = [*_details(self.latest)] if self.latest else []
        earlier = self.standing.approvals[:-1]
        if before := "; ".join(f"{a.in_words}, {a.dated}" for a in earlier):
            details.append(f"Before: {before}")
        return " ".join(details)


def _details(approval: Approval) -> Iterator[str]:
    if approval.rests_on:
        yield f"By {approval.confirmed_by or approval.delegated_to}, {rests_on(approval.rests_on)}"
    elif approval.decision == Approval.Decision.SUBJECT_TO_CHANGES:
        yield approval.asks
    elif approval.delegated_to:
        yield f"{approval.delegated_to} may finalise it."
    if recorder := approval.on_record_by:
        yield f"Recorded by {recorder}."
    if approval.note and approval.note != approval.changes:
        yield approval.note


def rests_on(approval: Approval) -> str:
    """What a confirmation rests on: it follows "By Chris Chair"."""
    label = approval.version.label_before_signature
    on = f"on the approval of version {label}"
    if approval.decision != Approval.Decision.SUBJECT_TO_CHANGES:
        return f"{on}."
    return f"{on}, {day(approval.decided_on)}. {approval.asks}"


@dataclass(frozen=True)
class SignatureRow:
    """One signature that the terms ask for, asked for or not."""

    party: str
    title: str
    request: SignatureRequest | None

    @property
    def signature(self) -> Signature | None:
        return getattr(self.request, "signature", None)

    @property
    def name(self) -> str:
        """Who signed, or is asked to; empty before anybody is."""
        if self.signature:
            return self.signature.signed_as
        return self.request.person.name if self.request else ""

    @property
    def for_whom(self) -> str:
        """In whose place a deputy signs or signed, and by what authority; empty of most."""
        row = self.signature or self.request
        return row.for_whom if row else ""

    @property
    def tag(self) -> Tag:
        return _SIGNATURES[self.request.state] if self.request else Tag("Not asked yet")


def signature_rows(
    version: Version,
    standings: Iterable[ApprovalStanding],
    requests: Iterable[SignatureRequest],
    names: Mapping[str, str],
) -> list[tuple[ApprovalStanding, SignatureRow]]:
    """One row for each signature that the terms ask for; `names` are the parties' by their keys."""
    asked = {(request.party_id, request.slot): request for request in requests}
    return [
        (row, SignatureRow(names[row.party.key], each.label, asked.get((row.party.pk, each.key))))
        for row in standings
        for each in version.typed_terms.signatories_of(row.party.slot)
    ]


@dataclass(frozen=True)
class VersionRow:
    version: Version
    # The version that this one was made from, else the one before it.
    before: Version | None

    @property
    def tag(self) -> Tag:
        return version_tag(self.version.state)

    @property
    def name(self) -> str:
        return capital(self.version.name)

    @property
    def since(self) -> str:
        """What the version before it is called: signed by all, by the number of the signed one."""
        before = self.before
        if before is None:
            return ""
        return before.label if before.is_complete else before.label_before_signature

    @property
    def what_changed(self) -> str:
        if self.version.withdrawn_because:
            return f"{self.version.get_state_display()}: {self.version.withdrawn_because}"
        return self.version.summary or (
            "Being edited" if self.version.is_draft else "Nothing noted"
        )


@once_a_page
def versions_of(agreement: Agreement) -> list[Version]:
    """All versions, the newest first, with their authors and seals at hand (two queries)."""
    versions = agreement.versions.select_related("author__person", "seal__file", "change")
    found = list(versions.order_by("-seq"))
    for version in found:
        version.agreement = agreement
    return found


def section_of(agreement: Agreement) -> Section:
    """The newest version first."""
    versions = versions_of(agreement)
    rows = [
        VersionRow(version, _before(version, versions[place + 1 :]))
        for place, version in enumerate(versions)
    ]
    return Section(
        anchor="versions",
        heading="Versions",
        position=2,
        template="agreements/versions_section.jinja",
        context={"rows": rows},
    )


def _before(version: Version, earlier: Sequence[Version]) -> Version | None:
    based_on = next((v for v in earlier if v.pk == version.based_on_id), None)
    before = based_on or next((v for v in earlier if v.label), None)
    return before if before and before.label else None
