"""Requests as things that saved e-mails are put on, from whoever asked or answered by one (X12)."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from agreements.core.emailing import OfAgreement, Thing
from agreements.core.reached import steps, subpage_url
from agreements.models import Agreement
from house.wall import WhoAsks
from nhsuk.words import capital
from performance.models import Request
from performance.presenters.agreement import OWN_PAGE
from performance.presenters.words import one, page_of

NOT_WHO_ASKED: Final = (
    "Bring the e-mail with the view, never one that says who made the request under the Act."
)


class RequestsEmailed(OfAgreement[Request]):
    key = "request"
    label = "a request"

    def visible(self, acting: WhoAsks) -> QuerySet[Request]:
        return Request.objects.visible_to(acting).select_related("agreement")

    def all_rows(self) -> QuerySet[Request]:
        return Request.objects.select_related("agreement")

    def of_agreement(self, agreement: Agreement, acting: WhoAsks) -> QuerySet[Request]:
        rows = self.visible(acting).filter(agreement=agreement)
        return rows.exclude(state=Request.State.IN_ERROR).order_by("-number")

    def agreement_of(self, thing: Request) -> Agreement:
        return thing.agreement

    def readers(self, thing: Request) -> str:
        """Of a consultation nobody is to learn who asked (A06)."""
        said = super().readers(thing)
        return f"{said} {NOT_WHO_ASKED}" if thing.is_foi else said

    def said(self, thing: Request) -> Thing:
        agreement, called = thing.agreement, one(thing)
        return Thing(
            f"{capital(called)}: {thing.subject}", called, page_of(thing), agreement.full_title,
            [*steps(agreement), ("Requests", subpage_url(agreement.reference, OWN_PAGE))],
            thing.recorded_at,
        )  # fmt: skip
