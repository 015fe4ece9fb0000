"""Decisions on a version as things that saved e-mails are put on: an approval may be one (X12)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from agreements.core.emailing import OfAgreement, Thing
from agreements.core.reached import steps
from agreements.models import Agreement, Approval
from house.wall import WhoAsks
from nhsuk.words import in_sentence
from parties.acting import Acting


class ApprovalsEmailed(OfAgreement[Approval]):
    key = "approval"
    label = "a decision"

    def visible(self, acting: WhoAsks) -> QuerySet[Approval]:
        return Approval.objects.visible_to(acting).select_related("version__agreement")

    def all_rows(self) -> QuerySet[Approval]:
        return Approval.objects.select_related("version__agreement")

    def of_agreement(self, agreement: Agreement, acting: WhoAsks) -> QuerySet[Approval]:
        rows = self.visible(acting).filter(version__agreement=agreement)
        return rows.order_by("-recorded_at", "-pk")

    def agreement_of(self, thing: Approval) -> Agreement:
        return thing.version.agreement

    def may_put(self, thing: Approval, by: Acting) -> bool:
        """Whose decision it is brings what shows it."""
        own = (each for each in thing.version.agreement.sides if each.pk == thing.party_id)
        held = {each.organisation.pk for each in own}
        return by.organisation_id in held and self.has_part(thing, by)

    def said(self, thing: Approval) -> Thing:
        version, agreement = thing.version, thing.version.agreement
        who = next(each.name for each in agreement.sides if each.pk == thing.party_id)
        url = reverse("agreements:version", args=[agreement.reference, version.seq])
        return Thing(
            f"{thing.get_decision_display()}, {who}, {in_sentence(version.name)}",
            f"a decision on {in_sentence(version.name)}",
            f"{url}#approvals",
            agreement.full_title,
            steps(agreement, version),
            thing.recorded_at,
            lists_apart=True,
        )
