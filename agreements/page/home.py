"""What the home page shows of agreements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.urls import reverse

from agreements.core.situations import UNDER_WAY, Situation, situations_of
from agreements.core.states import agreement_tag
from agreements.core.steps import NextStep
from agreements.core.with_whom import with_whom
from agreements.models import Agreement, Confirmation, RegisteredCopy, SignatureRequest
from agreements.page.listing import next_words
from agreements.page.queries import Listed
from agreements.page.steps import steps_of
from house import clock
from house.room import AgreementRow, Todo
from parties.acting import Acting


def todos_of(waiting: Iterable[Situation], acting: Acting) -> list[Todo]:
    """The open steps as sentences; those of the reader have nobody else to wait for."""
    return [_of_step(s, step, acting) for s in waiting for step in steps_of(s, acting)]


def _of_step(situation: Situation, step: NextStep, acting: Acting) -> Todo:
    others = [party.name for party in situation.others(acting.organisation_id)]
    return Todo(
        sentence=f"{step.text} of the MoU {with_whom(others)}",
        about=situation.agreement.title,
        url=step.url if step.mine else _page(situation.agreement.reference),
        button=step.button if step.mine else "Open",
        waits_for="" if step.mine else step.who or "either party",
    )


def rows_of(listed: Sequence[Listed]) -> list[AgreementRow]:
    today = clock.today()
    return [
        AgreementRow(
            reference=each.agreement.reference,
            title=f"{each.agreement.title}, {each.with_whom}",
            url=_page(each.agreement.reference),
            state_tag=agreement_tag(each.agreement.state),
            next_date=next_words(each, today),
        )
        for each in listed
    ]


def _page(reference: str) -> str:
    return reverse("agreements:agreement", args=[reference])


# A page of more than this helps nobody; what waits longest is there first.
MOST = 25


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
