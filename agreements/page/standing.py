"""How an agreement stands: its versions, what was done about them, its files; read once a page."""

from __future__ import annotations

from functools import cached_property

from agreements.core.sides import parties_in
from agreements.core.situations import Situation, situation_of
from agreements.core.states import (
    ApprovalStanding,
    approvals_by_version,
    approvals_of,
    approvals_under,
    standings,
)
from agreements.models import Agreement, Version
from agreements.register.pages import changes_said, confirmations
from agreements.signing.pages import documents
from agreements.signing.pages.documents import FileOnPage
from agreements.versions.rows import SignatureRow, signature_rows, versions_of


class AgreementStanding:
    """The versions of one agreement, and which of them counts for what."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self.versions = versions_of(agreement)
        self.situation: Situation = situation_of(agreement, self.versions)

    @property
    def newest(self) -> Version:
        return self.versions[0]

    @cached_property
    def draft(self) -> Version | None:
        return next((version for version in self.versions if version.is_draft), None)

    @cached_property
    def in_force(self) -> Version | None:
        pk = self.agreement.in_force_version_id
        return next((version for version in self.versions if version.pk == pk), None)

    @cached_property
    def shown(self) -> Version | None:
        """The version whose approvals and signatures the pages show: under way, or in force."""
        return self.situation.version or self.in_force

    @cached_property
    def decided(self) -> list[ApprovalStanding]:
        """What each party decided of the version shown; nothing of what was approved elsewhere."""
        return self._decided_of(self.shown)

    @property
    def decided_in_force(self) -> list[ApprovalStanding]:
        """The same of the text in force, whatever text is under way beside it."""
        return self._decided_of(self.in_force) if self.in_force else self.decided

    def _decided_of(self, version: Version | None) -> list[ApprovalStanding]:
        if version is None or self.agreement.is_registered:
            return []
        if version == self.situation.version:
            return self.situation.standings
        if self.draft:
            # A draft has to make what any of them asks for: read together.
            under = approvals_under([self.agreement.pk])[self.agreement.pk]
            own = [each for each in under if each.version_id == version.pk]
            approvals_by_version.brought({version.pk: own})
        return standings(version, parties_in(version), approvals_of(version))

    @cached_property
    def approvals_and_signatures(self) -> list[tuple[ApprovalStanding, SignatureRow]]:
        """One row for each signature that the terms ask for; none for what was signed elsewhere."""
        version, situation, rows = self.shown, self.situation, self.decided
        if version is None or self.agreement.is_registered:
            return []
        if version == situation.version:
            requests = situation.requests
        else:
            asked = version.signature_requests.live()
            requests = list(asked.select_related("person", "signature"))
        names = {party.key: party.name for party in situation.parties}
        return signature_rows(version, rows, requests, names)

    @cached_property
    def files(self) -> list[FileOnPage]:
        copy = self.situation.copy
        counts = self.in_force or self.shown
        sealed = documents.signed_copy(self.agreement, getattr(counts, "seal", None))
        registered = documents.registered_files(copy) if copy else []
        return [*([sealed] if sealed else []), *registered]

    @property
    def former_copies(self) -> list[FileOnPage]:
        """Of each text that was in force the sealed copy stays, the newest first."""
        replaced = (v for v in self.versions if v.state == Version.State.REPLACED)
        found = (documents.former_copy(v, getattr(v, "seal", None)) for v in replaced)
        return [each for each in found if each]

    @property
    def changes(self) -> list[str]:
        """What was put right in the registration, and what waits to be."""
        return changes_said(self.situation.copy) if self.situation.copy else []

    @property
    def confirmations(self) -> list[str]:
        """What each other party said of the registered copy."""
        return confirmations(self.situation)
