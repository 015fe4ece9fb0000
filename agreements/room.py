"""What agreements as a whole answer to the rooms below and to the home page.

Their features answer for themselves: each has a `room.py` of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.urls import reverse

from agreements.core.access import write_next_dates
from agreements.core.parties import versions_in_force
from agreements.core.situations import UNDER_WAY, NextStep, Situation, situations_of
from agreements.core.states import agreement_tag
from agreements.models import Agreement, Confirmation, RegisteredCopy, SignatureRequest, Version
from agreements.page import queries
from agreements.page.listing import next_words
from agreements.page.sections import steps_of
from house import clock
from house.clock import months_after
from house.room import AgreementRow, Evidence, Keeping, NamedAgreement, NavigationEntry, Room, Todo
from house.rooms import register
from house.wall import WhoAsks
from nhsuk.dates import day
from nhsuk.words import plural, with_whom
from parties.acting import Acting

# A page of more than this helps nobody; what waits longest is there first.
MOST = 25


def _keeping(version: Version) -> Keeping:
    agreement, months = version.agreement, version.typed_terms.minimum_months
    if not months or agreement.start_on is None:
        return Keeping("nothing_yet", "The terms ask for no shortest time in force.")
    least = months_after(agreement.start_on, months)
    if agreement.end_on and agreement.end_on < least:
        return Keeping("missed", f"It ends on {day(agreement.end_on)}, before {day(least)}.")
    since, ends = day(agreement.start_on), f"{plural(months, 'month')} end on {day(least)}"
    page = reverse("agreements:version", args=[agreement.reference, version.seq])
    evidence = Evidence(f"Version {version.label}", page)
    return Keeping("kept", f"In force since {since}; {ends}.", (evidence,))


def _of_step(situation: Situation, step: NextStep, acting: Acting) -> Todo:
    """The open step as a sentence; that of the reader has nobody else to wait for."""
    others = [party.name for party in situation.others(acting.organisation_id)]
    return Todo(
        sentence=f"{step.text} of the MoU {with_whom(others)}",
        about=situation.agreement.title,
        url=step.url if step.mine else _page(situation.agreement.reference),
        button=step.button if step.mine else "Open",
        waits_for="" if step.mine else step.who or "either party",
    )


def _page(reference: str) -> str:
    return reverse("agreements:agreement", args=[reference])


def waiting(acting: Acting) -> list[Situation]:
    """The agreements that wait for a step: a version under way, or a copy not yet confirmed."""
    under_way = Agreement.objects.visible_to(acting).filter(versions__state__in=UNDER_WAY)
    asked = SignatureRequest.objects.filter(
        person=acting.who.person, state__in=["asked", "not_ready"], version=OuterRef("versions")
    )
    # However much waits, the reader's own signature is there; then what has waited longest.
    ordered = under_way.order_by(Exists(asked).desc(), "versions__frozen_at", "versions__pk")
    found = list(ordered[:MOST])
    found += _with_open_copies(acting)
    return situations_of({agreement.pk: agreement for agreement in found}.values())


def _with_open_copies(acting: Acting) -> list[Agreement]:
    """Registered agreements whose copy not every other party has confirmed with its last word."""
    words = Confirmation.objects.filter(
        copy=OuterRef("copy"), organisation=OuterRef("organisation")
    ).order_by("-at", "-pk")
    agreed = Confirmation.objects.filter(pk=Subquery(words.values("pk")[:1]), agrees=True)
    copies = RegisteredCopy.objects.visible_to(acting).annotate(
        others=Count("agreement__parties", distinct=True) - 1,
        confirmed=Count("confirmations", filter=Q(confirmations__in=agreed), distinct=True),
    )
    still_open = copies.exclude(others__lte=0).filter(confirmed__lt=F("others"))
    return [copy.agreement for copy in still_open.select_related("agreement")[:MOST]]


class AgreementsRoom(Room):
    name = "agreements"

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        return [NavigationEntry("Agreements", "agreements:list", 1)] if acting.organisation else []

    def todo(self, acting: Acting) -> list[Todo]:
        """The open steps of versions and copies; what has a deadline the home page reads itself."""
        if acting.organisation is None:
            return []
        return [_of_step(s, step, acting) for s in waiting(acting) for step in steps_of(s, acting)]

    def named(self, references: Collection[str], acting: Acting) -> dict[str, NamedAgreement]:
        return queries.named(references, acting)

    def my_agreements(self, acting: Acting) -> list[AgreementRow]:
        """The agreements with the nearest dates."""
        if acting.organisation is None:
            return []
        nearest = queries.found(acting, {})[:MOST]
        return [
            AgreementRow(
                reference=each.agreement.reference,
                title=f"{each.agreement.title}, {each.with_whom}",
                url=_page(each.agreement.reference),
                state_tag=agreement_tag(each.agreement.state),
                next_date=next_words(each, clock.today()),
            )
            for each in queries.with_others(nearest, acting)
        ]

    def keeping_kinds(self) -> dict[str, str]:
        return {"minimum_term": "the shortest time in force"}

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        """Agreement id -> the answer, for those that were ever in force."""
        return {
            each.agreement_id: {"minimum_term": _keeping(each)}
            for each in versions_in_force(agreements)
        }

    def deadlines_changed(self, references: Sequence[str]) -> None:
        write_next_dates(references)

    def people_shared_with(self, acting: WhoAsks) -> set[int]:
        """Whoever has a part in an agreement that the acting organisation may see."""
        return queries.people_on_agreements_of(acting)


register(AgreementsRoom())
