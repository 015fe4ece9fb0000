"""Changes, and notices among them, as things that saved e-mails are put on (X12)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from agreements.core.emailing import OfAgreement, Thing
from agreements.core.reached import steps, subpage_url
from agreements.core.sides import names_ever
from agreements.models import Agreement, Change
from house.wall import WhoAsks
from nhsuk.words import in_sentence, noun


class ChangesEmailed(OfAgreement[Change]):
    key = "change"
    label = "a change"

    def visible(self, acting: WhoAsks) -> QuerySet[Change]:
        return Change.objects.visible_to(acting).select_related("agreement")

    def all_rows(self) -> QuerySet[Change]:
        return Change.objects.select_related("agreement")

    def of_agreement(self, agreement: Agreement, acting: WhoAsks) -> QuerySet[Change]:
        return self.visible(acting).filter(agreement=agreement).order_by("-opened_at", "-pk")

    def agreement_of(self, thing: Change) -> Agreement:
        return thing.agreement

    def said(self, thing: Change) -> Thing:
        agreement, kind = thing.agreement, thing.get_kind_display()
        who = names_ever(agreement).get(thing.opened_for_id, "a former party")
        way = [*steps(agreement), ("Changes and end", subpage_url(agreement.reference, "changes"))]
        return Thing(
            f"{kind}, {who}",
            noun(in_sentence(kind)),
            reverse("agreements:change", args=[agreement.reference, thing.pk]),
            agreement.full_title,
            way,
            thing.opened_at,
        )
