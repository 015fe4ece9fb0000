"""Heads-ups as things that saved e-mails are put on (X12): under one agreement each, because who is
told under another agreement is nobody else's to know."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db.models import Model, OuterRef, Q, QuerySet

from agreements.core.emailing import OfAgreement, Thing, record_quietly
from agreements.core.parties import there_today
from agreements.core.recipients import managers_by_party
from agreements.models import Agreement, Party
from communications.heads_ups.presenters.words import called, url_of, whose
from communications.heads_ups.views.reached import way
from communications.models import HeadsUpAgreement
from communications.models.heads_ups import is_told
from deadlines.kinds import Recipient
from house.wall import WhoAsks, there_is
from nhsuk.words import capital
from parties.acting import Acting
from parties.models import Role


class HeadsUpsEmailed(OfAgreement[HeadsUpAgreement]):
    """Read by the organisation that gives it, by who was told under the agreement and by the MoU
    managers of the parties to be told; by nobody else once the message went out either."""

    key = "heads_up"
    label = "a heads-up"

    def visible(self, acting: WhoAsks) -> QuerySet[HeadsUpAgreement]:
        organisation = acting.organisation_id or 0
        this = HeadsUpAgreement.objects.filter(pk=OuterRef("pk"))
        seen = Q(heads_up__owner=organisation) | there_is(
            this.filter(is_told(acting, "owed__told__"))
        )
        if Role.MANAGER in getattr(acting, "roles", ()):
            seen |= there_is(this.filter(owed__party__spells__organisation=organisation))
        return self.all_rows().filter(seen)

    def all_rows(self) -> QuerySet[HeadsUpAgreement]:
        rows = HeadsUpAgreement.objects.select_related("agreement", "heads_up__owner")
        return rows.prefetch_related("owed")

    def agreement_of(self, thing: HeadsUpAgreement) -> Agreement:
        return thing.agreement

    def readers(self, thing: HeadsUpAgreement) -> str:
        if thing.heads_up.is_feedback:
            return f"The people of {thing.heads_up.owner} read it here. Nobody else does."
        return (
            f"The people of {thing.heads_up.owner}, those who were told under this MoU and the MoU "
            "managers of the parties to be told read it here, after the message went out too. "
            "Nobody else does."
        )

    def parties(self, thing: HeadsUpAgreement) -> list[Party]:
        """Whoever gives it, and whoever is to be told."""
        owed = {row.party_id for row in thing.owed.all()}
        owner = thing.heads_up.owner_id
        sides = there_today(thing.agreement)
        return [each for each in sides if each.pk in owed or each.organisation.pk == owner]

    def told(self, thing: HeadsUpAgreement, by: Acting) -> Iterable[Recipient]:
        others = (p for p in self.parties(thing) if p.organisation.pk != by.organisation_id)
        return chain.from_iterable(managers_by_party(list(others)).values())

    def record(
        self, *, by: Acting, thing: HeadsUpAgreement, verb: str, about: Model, **facts: Any
    ) -> None:
        """Never on a timeline, which all parties read."""
        record_quietly(by=by, verb=verb, about=about, heads_up=thing.heads_up_id, **facts)

    def said(self, thing: HeadsUpAgreement) -> Thing:
        heads_up = thing.heads_up
        return Thing(
            f"{capital(called(heads_up))} under {thing.agreement.reference}", "a heads-up",
            url_of(heads_up), whose(heads_up), way(heads_up), heads_up.given_at, lists_apart=True,
        )  # fmt: skip
