"""A signature on paper, as the person who checks it sees it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from agreements.models import PaperSignature
from house.clock import london_day
from nhsuk.components import Link, SummaryRow, Tag
from nhsuk.dates import day, moment

_STATES = {
    "recorded": Tag("To be confirmed", "yellow"),
    "confirmed": Tag("Confirmed", "green"),
    "rejected": Tag("Not right", "red"),
}


@dataclass(frozen=True)
class PaperPage:
    paper: PaperSignature

    @property
    def waits(self) -> bool:
        return self.paper.state == PaperSignature.State.RECORDED

    @property
    def scan_url(self) -> str:
        reference = self.paper.request.version.agreement.reference
        return reverse("agreements:paper_scan", args=[reference, self.paper.pk])

    @property
    def rows(self) -> list[SummaryRow]:
        paper, request = self.paper, self.paper.request
        link = Link("Open", self.scan_url, "the scan")
        rows = [
            SummaryRow("State", "", tag=_STATES[paper.state]),
            SummaryRow("Version", f"Version {request.version.label}"),
            SummaryRow("Fingerprint of the text", request.version.short_hash),
            SummaryRow("For", [request.party.name, request.title]),
            SummaryRow("Name, as signed", paper.signed_by),
            SummaryRow("Date beside the signature", day(paper.signed_on)),
            SummaryRow("Scan", paper.scan.name, actions=[link]),
            SummaryRow("Recorded", f"By {paper.recorded_by}, {moment(paper.recorded_at)}"),
        ]
        if paper.checked_by:
            said = "Confirmed" if paper.state == "confirmed" else "Said to be not right"
            rows.append(SummaryRow(said, f"By {paper.checked_by}, {moment(paper.checked_at)}"))
        if paper.rejected_because:
            rows.append(SummaryRow("What is not right", paper.rejected_because))
        return rows

    @property
    def findings(self) -> list[str]:
        """What somebody should look at closely; it stops nobody."""
        paper, request = self.paper, self.paper.request
        found = []
        frozen = request.version.frozen_at
        if frozen and paper.signed_on < london_day(frozen):
            found.append(
                f"The date beside the signature is before {day(frozen)}, when this version was "
                "frozen. Make sure that the paper is this version."
            )
        if paper.signed_by.casefold() != request.person.name.casefold():
            found.append(
                f"{request.person} was asked to sign. The name on the paper is {paper.signed_by}."
            )
        return found
