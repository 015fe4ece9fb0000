"""What somebody says of an entry of a log, checked before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from agreements.models import Agreement, AssociatedDocument
from commitments.models import LogEntry
from house import clock
from house.refusals import Refused

Kind = LogEntry.Kind
# What each kind has besides what all have; an entry holds nothing of another kind.
_OF_KIND: Final = {
    Kind.LEARNING: ("may_be_passed_on",),
    Kind.ENGAGEMENT: ("groups", "mechanism", "document", "may_be_passed_on"),
    Kind.RISK: ("review_on",),
}


@dataclass(frozen=True)
class Said:
    """One entry as it is recorded or changed."""

    what: str
    happened_on: date
    text: str = ""
    groups: str = ""
    mechanism: str = ""
    document: AssociatedDocument | None = None
    review_on: date | None = None
    may_be_passed_on: bool = False

    def check(self, agreement: Agreement, kind: str, was: date | None = None) -> None:
        """Raises Refused for what cannot be; `was` is the date of review that it had before."""
        today = clock.today()
        if self.happened_on > today:
            raise Refused("Enter a date that is not in the future.", field="happened_on")
        if kind == Kind.ENGAGEMENT and not (self.groups and self.mechanism):
            lacking = "mechanism" if self.groups else "groups"
            raise Refused("Say who was asked, and in which way.", field=lacking)
        if self.document and self.document.agreement_id != agreement.pk:
            raise Refused("Choose a document of this agreement.", field="document")
        if self.review_on and self.review_on != was and self.review_on < today:
            raise Refused("Enter a date of review that is still to come.", field="review_on")

    def fields(self, kind: str) -> dict[str, Any]:
        """As the row holds it."""
        own = {name: getattr(self, name) for name in _OF_KIND[Kind(kind)]}
        return {"what": self.what, "happened_on": self.happened_on, "text": self.text, **own}
