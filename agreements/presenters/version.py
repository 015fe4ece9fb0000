"""A numbered version's page: its text, where it stands, and what came before it."""

from __future__ import annotations

from functools import cached_property

from django.urls import reverse

from agreements.models import Approval, SignatureRequest, Version
from agreements.presenters.compare import Comparison
from agreements.presenters.document import ClauseOnPage, contents, document
from agreements.presenters.states import version_tag
from agreements.presenters.terms import TermInWords, terms_in_words
from agreements.presenters.words import and_list, blank_labels
from agreements.rules.approval import Standing, standings
from agreements.rules.content import texts_of
from agreements.rules.parties import parties_of
from nhsuk.components import Cell, Column, IndexEntry, Tag
from nhsuk.dates import day, moment
from parties.acting import Acting
from parties.models import Role

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


class VersionPage:
    """One numbered version with its rows, read once (about twenty queries)."""

    def __init__(self, version: Version, acting: Acting) -> None:
        self.version = version
        self.agreement = version.agreement
        self.acting = acting
        self.parties = parties_of(self.agreement)
        # As they were called when the text was frozen: that is what the parties sign.
        self.names = {each["slot"]: each["name"] for each in version.party_names}

    @property
    def tag(self) -> Tag:
        return version_tag(self.version.state)

    @property
    def between(self) -> str:
        return and_list(self.names[party.slot] for party in self.parties)

    @cached_property
    def side(self) -> str:
        """The slot that the reader's organisation holds; empty for a former party."""
        own = (p for p in self.parties if p.organisation.pk == self.acting.organisation_id)
        return next((party.slot for party in own), "")

    @cached_property
    def is_manager(self) -> bool:
        return bool(self.side) and self.acting.has(Role.MANAGER)

    @cached_property
    def clauses(self) -> list[ClauseOnPage]:
        return document(texts_of(self.version), blank_labels(self.agreement, self.parties))

    @property
    def index(self) -> list[IndexEntry]:
        first = [
            IndexEntry("What is next", "next"),
            IndexEntry("Approvals", "approvals"),
            IndexEntry("Signatures", "signatures"),
            IndexEntry("Amendment history", "history"),
        ]
        return [*first, *contents(self.clauses, IndexEntry("Terms", "terms"))]

    @property
    def terms(self) -> list[TermInWords]:
        return terms_in_words(self.version.typed_terms, self.names)

    @cached_property
    def approvals(self) -> list[Approval]:
        return list(self.version.approvals.select_related("delegated_to", "rests_on__version"))

    @cached_property
    def standings(self) -> list[Standing]:
        return standings(self.version, self.parties, self.approvals)

    @cached_property
    def requests(self) -> list[SignatureRequest]:
        asked = self.version.signature_requests.select_related("person", "party", "signature")
        return list(asked.prefetch_related("paper_signatures"))

    @cached_property
    def before(self) -> Version | None:
        """The numbered version before this one."""
        earlier = self.agreement.versions.exclude(label="").filter(seq__lt=self.version.seq)
        return earlier.order_by("-seq").first()

    @cached_property
    def comparison(self) -> Comparison | None:
        return Comparison(self.before, self.version) if self.before else None

    def compare_url(self, older: Version) -> str:
        return reverse(
            "agreements:compare", args=[self.agreement.reference, older.seq, self.version.seq]
        )

    @property
    def approval_rows(self) -> list[list[Cell]]:
        return [_approval_row(self.names[s.party.slot], s) for s in self.standings]

    @property
    def signature_rows(self) -> list[list[Cell]]:
        """One for each signature that the terms ask for, asked for or not."""
        asked = {(request.party_id, request.slot): request for request in self.requests}
        terms = self.version.typed_terms
        return [
            _signature_row(
                self.names[s.party.slot],
                signatory.label,
                asked.get((s.party.pk, signatory.key)),
                approved=s.is_given,
            )
            for s in self.standings
            for signatory in terms.signatories_of(s.party.slot)
        ]

    @property
    def history_rows(self) -> list[list[Cell]]:
        """The amendment history (C01): label, date, author, what changed."""
        numbered = (
            self.agreement.versions.exclude(label="")
            .select_related("author__person", "author_organisation")
            .prefetch_related("author_organisation__names")
        )
        return [self._history_row(version) for version in numbered.order_by("-seq")]

    def _history_row(self, version: Version) -> list[Cell]:
        page = reverse("agreements:version", args=[self.agreement.reference, version.seq])
        before = version.label_before_signature
        was = f"Approved as {before}" if before and before != version.label else ""
        here = version.pk == self.version.pk
        return [
            Cell(f"Version {version.label}", "" if here else page, under=was),
            Cell(day(version.frozen_at)),
            Cell(str(version.author), under=version.author_organisation.name),
            Cell(version.summary, tag=version_tag(version.state)),
        ]


def _approval_row(name: str, standing: Standing) -> list[Cell]:
    latest = standing.latest
    if standing.route.route == "none":
        return [Cell(name), Cell("Nobody"), Cell("No approval is needed"), Cell("–"), Cell("–")]
    if latest is None:
        nothing = Cell(tag=Tag("Not decided", "yellow"))
        return [Cell(name), Cell(standing.route.name), nothing, Cell("–"), Cell("–")]
    earlier = [f"{a.get_decision_display()}, {day(a.decided_on)}" for a in standing.approvals[:-1]]
    before = f"Before: {'; '.join(earlier)}" if earlier else ""
    return [
        Cell(name),
        Cell(standing.route.name),
        Cell(tag=_decision_tag(standing), under=" ".join([*_details(latest), before]).strip()),
        Cell(day(latest.decided_on)),
        Cell(latest.minute_reference or "–"),
    ]


def _decision_tag(standing: Standing) -> Tag:
    assert standing.latest is not None  # noqa: S101 - called for one that decided
    if standing.is_given:
        return Tag(standing.latest.get_decision_display(), "green")
    refused = standing.latest.decision == Approval.Decision.REJECTED
    return Tag(standing.latest.get_decision_display(), "red" if refused else "yellow")


def _details(approval: Approval) -> list[str]:
    details = []
    if approval.rests_on:
        details.append(f"On the approval of version {approval.rests_on.version.label}.")
    if approval.delegated_to:
        details.append(f"By {approval.delegated_to}." if approval.rests_on else "")
        if not approval.rests_on:
            details[-1] = f"{approval.delegated_to} may finalise it."
    if approval.note:
        details.append(approval.note)
    return details


def _signature_row(
    name: str, title: str, request: SignatureRequest | None, *, approved: bool
) -> list[Cell]:
    if request is None:
        return [Cell(name), Cell(title), Cell("–"), Cell("–"), Cell(tag=Tag("Not asked yet"))]
    signature = getattr(request, "signature", None)
    signed = "–"
    if signature:
        signed = day(signature.signed_on) if signature.paper_id else moment(signature.at)
    how = "On paper" if signature and signature.paper_id else ""
    why = [] if approved or request.state == "void" else ["Approval to be ratified."]
    if request.before_approval_because:
        why.append(f"Asked before approval: {request.before_approval_because}")
    if request.state == "not_ready":
        why.append(f"Why: {request.not_ready_because}")
    return [
        Cell(name),
        Cell(signature.typed_name if signature else request.person.name, under=title),
        Cell(day(request.asked_at)),
        Cell(signed, under=how),
        Cell(tag=_STATES[request.state], under=" ".join(why)),
    ]
