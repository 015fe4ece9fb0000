"""What was recorded of commitments as things that saved e-mails are put on (X12)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from agreements.core.emailing import OfAgreement, Thing
from agreements.models import Agreement
from commitments.models import Occurrence
from commitments.models.owed import EMAILED
from commitments.owed.views.reached import way_to
from house.wall import WhoAsks
from nhsuk.dates import day


class OccurrencesEmailed(OfAgreement[Occurrence]):
    """They are many, so nobody chooses one from a list: an e-mail is put on its own page."""

    key = EMAILED
    label = "a record of a commitment"

    def visible(self, acting: WhoAsks) -> QuerySet[Occurrence]:
        return Occurrence.objects.visible_to(acting).select_related("commitment__agreement")

    def all_rows(self) -> QuerySet[Occurrence]:
        return Occurrence.objects.select_related("commitment__agreement")

    def agreement_of(self, thing: Occurrence) -> Agreement:
        return thing.commitment.agreement

    def said(self, thing: Occurrence) -> Thing:
        commitment, on = thing.commitment, day(thing.recorded_at)
        return Thing(
            f"Commitment {commitment.number}: {commitment.what}, recorded on {on}",
            f"what was recorded of commitment {commitment.number} on {on}",
            reverse("commitments:owed_said", args=[thing.pk]),
            commitment.agreement.full_title,
            way_to(commitment),
            thing.recorded_at,
        )
