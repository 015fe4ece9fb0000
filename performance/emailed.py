"""Requests as things that saved e-mails are put on, from whoever asked or answered by one (X12).

Consultations on freedom of information take none: an e-mail would say who asked (A06).
"""

from __future__ import annotations

from django.db.models import QuerySet

from agreements.core.emailing import OfAgreement, Thing
from agreements.core.reached import steps, subpage_url
from agreements.models import Agreement
from house.wall import WhoAsks
from nhsuk.words import capital
from parties.acting import Acting
from performance.models import Request
from performance.presenters.agreement import OWN_PAGE
from performance.presenters.words import one, page_of


class RequestsEmailed(OfAgreement[Request]):
    key = "request"
    label = "a request"

    def visible(self, acting: WhoAsks) -> QuerySet[Request]:
        seen = Request.objects.visible_to(acting).select_related("agreement")
        return seen.exclude(kind=Request.Kind.FOI)

    def all_rows(self) -> QuerySet[Request]:
        return Request.objects.select_related("agreement")

    def of_agreement(self, agreement: Agreement, acting: WhoAsks) -> QuerySet[Request]:
        rows = self.visible(acting).filter(agreement=agreement)
        return rows.exclude(state=Request.State.IN_ERROR).order_by("-number")

    def agreement_of(self, thing: Request) -> Agreement:
        return thing.agreement

    def has_part(self, thing: Request, by: Acting) -> bool:
        return not thing.is_foi and super().has_part(thing, by)

    def said(self, thing: Request) -> Thing:
        agreement, called = thing.agreement, one(thing)
        return Thing(
            f"{capital(called)}: {thing.subject}", called, page_of(thing), agreement.full_title,
            [*steps(agreement), ("Requests", subpage_url(agreement.reference, OWN_PAGE))],
            thing.recorded_at,
        )  # fmt: skip
