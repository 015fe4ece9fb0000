"""An agreement as such as a thing that saved e-mails are put on: for what belongs nowhere else."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from agreements.core.emailing import OfAgreement, Thing
from agreements.core.reached import subpage_url
from agreements.models import Agreement
from house.wall import WhoAsks

PAGE = "emails"


class AgreementsEmailed(OfAgreement[Agreement]):
    key = "agreement"
    label = "the MoU as such"

    def visible(self, acting: WhoAsks) -> QuerySet[Agreement]:
        return Agreement.objects.visible_to(acting)

    def all_rows(self) -> QuerySet[Agreement]:
        return Agreement.objects.all()

    def agreement_of(self, thing: Agreement) -> Agreement:
        return thing

    def said(self, thing: Agreement) -> Thing:
        way = [
            ("Home", reverse("home")),
            ("Agreements", reverse("agreements:list")),
            (thing.title, reverse("agreements:agreement", args=[thing.reference])),
        ]
        url = subpage_url(thing.reference, PAGE) if thing.in_force_version_id else way[-1][1]
        return Thing("E-mails", "the MoU as such", url, thing.full_title, way)
