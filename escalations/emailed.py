"""Disagreements as things that saved e-mails are put on (X12): read by those whom they name."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from agreements.core.emailing import OfAgreement, Thing, record_quietly
from agreements.core.letters import AgreementLetter, Letter
from agreements.core.recipients import managers_by_party
from agreements.models import Agreement, Party
from deadlines.kinds import Recipient
from escalations.letters import DisagreementLetter
from escalations.models import Disagreement
from escalations.presenters.words import heading, page_of
from house.lifecycle import lock
from house.wall import WhoAsks
from parties.acting import Acting


class DisagreementsEmailed(OfAgreement[Disagreement]):
    key = "disagreement"
    label = "a disagreement"

    def visible(self, acting: WhoAsks) -> QuerySet[Disagreement]:
        return Disagreement.objects.visible_to(acting).select_related("agreement", "version")

    def all_rows(self) -> QuerySet[Disagreement]:
        return Disagreement.objects.select_related("agreement", "version")

    def of_agreement(self, agreement: Agreement, acting: WhoAsks) -> None:
        """None: what came to all parties of the agreement is none of those whom it names."""

    def agreement_of(self, thing: Disagreement) -> Agreement:
        return thing.agreement

    def parties(self, thing: Disagreement) -> list[Party]:
        return [party for party in thing.parties if not party.left_on]

    def readers(self, thing: Disagreement) -> str:
        return f"Everybody who can open this {thing.word} reads it here."

    def lock(self, thing: Disagreement) -> Disagreement:
        super().lock(thing)
        return lock(thing)

    def told(self, thing: Disagreement, by: Acting) -> list[Recipient]:
        own = by.organisation_id
        others = [each for each in self.parties(thing) if each.organisation.pk != own]
        return [each for those in managers_by_party(others).values() for each in those]

    def record(
        self, *, by: Acting, thing: Disagreement, verb: str, about: Model, **facts: Any
    ) -> None:
        """Where it is between some of the parties the others learn nothing of it (record 0054)."""
        if thing.concerns_all:
            super().record(by=by, thing=thing, verb=verb, about=about, **facts)
        else:
            record_quietly(by=by, verb=verb, about=about, disagreement=str(thing), **facts)

    def said(self, thing: Disagreement) -> Thing:
        way = [("Home", reverse("home")), ("Disagreements", reverse("escalations:list"))]
        name = f"{heading(thing.name)}: {thing.subject}"
        caption = thing.agreement.full_title
        return Thing(name, thing.name, page_of(thing), caption, way, thing.opened_at)

    def letter(self, thing: Disagreement, organisation_id: int | None, why: str) -> Letter:
        return _Letter(thing, organisation_id, None, why=why)


class _Letter(DisagreementLetter):
    """One that leads to the e-mail, not to the disagreement."""

    message = AgreementLetter.message  # type: ignore[assignment]
