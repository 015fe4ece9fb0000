"""Where a version stands, as the steps of a rail: approval, signatures, in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from agreements.models import Signature, Version
from agreements.versions.rows import ApprovalRow, SignatureRow
from house import clock
from house.clock import london_day
from mail.links.opening import masked
from nhsuk.components import Link, OnStep, RailStep, Standing, Tag
from nhsuk.dates import day, moment
from nhsuk.words import plural

NOW, RECALLED = Tag("Now", "blue"), Tag("Recalled here", "grey")
GIVEN_UP = Tag("Given up here", "grey")
TO_BE_RATIFIED, REJECTED = Tag("To be ratified", "yellow"), Tag("Rejected", "red")
CHANGES = Tag("Changes asked for", "yellow")


class Stages:
    """The steps of one numbered version; the parties' rows are at hand."""

    def __init__(
        self,
        version: Version,
        approvals: Sequence[ApprovalRow],
        signatures: Sequence[SignatureRow],
        emails: Mapping[int, Link] | None = None,
    ) -> None:
        """`emails` leads to the e-mails on decisions, by their ids."""
        self.version, self.approvals, self.signatures = version, approvals, signatures
        self.emails = emails or {}
        self.is_approved = all(row.standing.is_given for row in approvals)
        self.is_signed = version.is_complete
        ended = {Version.State.WITHDRAWN: RECALLED, Version.State.GIVEN_UP: GIVEN_UP}
        self._here = ended.get(Version.State(version.state), NOW)

    @property
    def steps(self) -> list[RailStep]:
        return [self._approval(), self._signing(), self._in_force()]

    def _approval(self) -> RailStep:
        people = tuple(_decision(row, self.emails) for row in self.approvals)
        if self.is_approved:
            return RailStep("Approval", "past", people=people, anchor="approvals")
        tag = self._here
        if any(row.standing.rejection for row in self.approvals):
            tag = REJECTED
        elif any(row.standing.asks_changes for row in self.approvals):
            tag = CHANGES
        elif self.is_signed:
            tag = TO_BE_RATIFIED
        return RailStep(
            "Approval", "here", tag, self._since(self._made_on), people=people, anchor="approvals"
        )

    def _signing(self) -> RailStep:
        people = tuple(map(_signature, self.signatures))
        if self.is_signed or not self.is_approved:
            standing: Standing = "past" if self.is_signed else "to come"
            return RailStep("Signatures", standing, people=people, anchor="signatures")
        decided = [row.latest.decided_on for row in self.approvals if row.latest]
        time = self._since(max(decided, default=self._made_on))
        return RailStep("Signatures", "here", self._here, time, people=people, anchor="signatures")

    def _in_force(self) -> RailStep:
        if not self.is_signed:
            return RailStep("In force")
        since = day(self.version.holds_from)
        if self.version.state == Version.State.REPLACED:
            return RailStep(
                "In force", "past", time=f"From {since}, until another text replaced it."
            )
        return RailStep("In force", "here", NOW, f"Since {since}.")

    @property
    def _made_on(self) -> date:
        return london_day(self.version.frozen_at or clock.now())

    def _since(self, on: date) -> str:
        """How long it has been there; of a version that was recalled only since when."""
        days = (clock.today() - on).days
        how_long = f", for {plural(days, 'day')}" if days and self._here is NOW else ""
        return f"Since {day(on)}{how_long}."


def _decision(row: ApprovalRow, emails: Mapping[int, Link]) -> OnStep:
    if not row.is_needed:
        return OnStep(row.party, note="No approval is needed.")
    facts = ["not decided yet"]
    if row.latest:
        reference = row.latest.minute_reference
        facts = [row.latest.dated, f"reference {reference}" if reference else ""]
    note = ". ".join(filter(None, [", ".join(filter(None, facts)), row.details]))
    if row.latest is None:
        return OnStep(row.party, row.standing.route.name, note)
    link = emails.get(row.latest.pk)
    return OnStep(row.party, row.standing.route.name, note, row.tag, link)


def _signature(row: SignatureRow) -> OnStep:
    if row.request is None:
        return OnStep(row.party, row.title, "not asked yet")
    said = _given(row.signature) if row.signature else _asked(row)
    title = f"for the {row.title}" if row.for_whom else row.title
    return OnStep(row.party, row.name, f"{title}, {said}", row.tag)


def _asked(row: SignatureRow) -> str:
    request = row.request
    assert request  # noqa: S101 - asked before
    when = f"asked on {day(request.asked_at)}"
    if request.state == "waits":
        when = "asked when another has signed"
    by_day = f"to sign by {day(request.sign_by)}" if request.sign_by else ""
    return ", ".join(filter(None, (when, by_day, request.for_whom)))


def _given(signature: Signature) -> str:
    place = f"{signature.for_whom}. Signed " if signature.for_whom else ""
    return f"{place}{_how(signature)}"


def _how(signature: Signature) -> str:
    if signature.by_link:
        to = masked(signature.sent_to)
        return f"by link and code sent to {to}, {moment(signature.at)}"
    on_paper = f"on paper, {day(signature.signed_on)}"
    return on_paper if signature.paper_id else moment(signature.at)
