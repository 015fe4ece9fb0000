"""Whom an announcement is about, of the agreements that touch more than two parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, QuerySet

from agreements.models import Agreement, Party, PartySpell, read_holders
from communications.models import Announcement, ConcernedAgreement, TouchedParty
from nhsuk.offers import Choices
from parties.acting import Acting
from parties.models import Organisation
from parties.offers import Organisations

ALL, ALL_CALLED = "all", "All other parties"


def touched_in(concerned: Iterable[ConcernedAgreement]) -> dict[int, list[Organisation]]:
    """By announcement whom it is about, each once, as far as these of its agreements say (two
    queries; one where nobody is named)."""
    rows = TouchedParty.objects.filter(concerned__in=[each.pk for each in concerned])
    found = list(rows.select_related("concerned", "party").order_by("party__position", "pk"))
    read_holders([row.party for row in found])
    touched: dict[int, dict[int, Organisation]] = defaultdict(dict)
    for row in found:
        organisation = row.party.organisation
        touched[row.concerned.announcement_id].setdefault(organisation.pk, organisation)
    return {pk: list(those.values()) for pk, those in touched.items()}


def touched_among(announcement: Announcement, parties: Iterable[Party]) -> list[Organisation]:
    """Of the parties at hand those whom the announcement is about, each once (one query)."""
    rows = TouchedParty.objects.filter(concerned__announcement=announcement)
    ids = set(rows.values_list("party", flat=True))
    found = {p.organisation.pk: p.organisation for p in parties if p.pk in ids}
    return list(found.values())


def touched_for(announcement: Announcement, organisation_id: int) -> list[Organisation]:
    """Whom it is about, of the agreements that this organisation is or was a party to."""
    rows = announcement.concerned.filter(agreement__access__organisation=organisation_id)
    return touched_in(rows).get(announcement.pk, [])


class PartiesOfMany:
    """The other parties of the agreements between more than two that somebody may announce under,
    and all of them in one choice."""

    def __init__(self, agreements: QuerySet[Any, Any], acting: Acting) -> None:
        """`agreements` are the ids of those in force."""
        counted = Agreement.objects.filter(pk__in=agreements).annotate(number=Count("parties"))
        self.many = list(counted.filter(number__gt=2).order_by().values_list("pk", flat=True))
        held = PartySpell.objects.filter(party__agreement__in=self.many).values("organisation")
        rows = Organisation.objects.filter(pk__in=held).exclude(pk=acting.organisation_id or 0)
        self.each = Organisations(rows)
        self.how = f"{self.each.how} Or type “{ALL_CALLED}”."

    def few(self) -> Choices | None:
        found = self.each.few()
        return None if found is None else [(ALL, ALL_CALLED), *found]

    def among(self, values: Collection[str]) -> Choices:
        every = [(ALL, ALL_CALLED)] if ALL in values else []
        return [*every, *self.each.among(values)]

    def meant(self, typed: str, most: int) -> Choices:
        if typed.casefold() == ALL_CALLED.casefold():
            return [(ALL, ALL_CALLED)]
        return self.each.meant(typed, most)
