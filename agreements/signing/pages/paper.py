"""A signature on paper, as the person who checks it sees it."""

from __future__ import annotations

from dataclasses import dataclass

from agreements.models import PaperSignature
from house.clock import london_day
from nhsuk.components import Tag
from nhsuk.dates import day

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
    def tag(self) -> Tag:
        return _STATES[self.paper.state]

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
