"""Actions as things that saved e-mails are put on (X12)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from agreements.core.emailing import OfAgreement, Thing
from agreements.models import Agreement
from commitments.models import Action
from commitments.presenters.words import page_of
from house.wall import WhoAsks


class ActionsEmailed(OfAgreement[Action]):
    key = "action"
    label = "an action"

    def visible(self, acting: WhoAsks) -> QuerySet[Action]:
        return Action.objects.visible_to(acting).select_related("agreement")

    def all_rows(self) -> QuerySet[Action]:
        return Action.objects.select_related("agreement")

    def of_agreement(self, agreement: Agreement, acting: WhoAsks) -> QuerySet[Action]:
        rows = self.visible(acting).filter(agreement=agreement)
        return rows.exclude(state=Action.State.IN_ERROR).order_by("-number")

    def agreement_of(self, thing: Action) -> Agreement:
        return thing.agreement

    def said(self, thing: Action) -> Thing:
        number, agreement = f"Action {thing.number}", thing.agreement
        return Thing(
            f"{number}: {thing.what}",
            f"action {thing.number}",
            page_of(thing),
            agreement.full_title,
            [("Home", reverse("home")), ("Actions", reverse("commitments:list"))],
            thing.recorded_at,
        )
