"""What is done with an entry: reviewed, referred to in a register, passed on and taken back."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from agreements.core.parties import side_of, there_today
from agreements.core.telling import told_others, told_parties
from commitments.logs.queries import may_be_named
from commitments.logs.rights import (
    require_change,
    require_passing_on,
    require_reference,
    require_taking_back,
)
from commitments.logs.services.references import Reference, keep_reference
from commitments.logs.services.reviewing import review_risk
from commitments.logs.services.sharing import pass_on as pass_on_to
from commitments.logs.services.sharing import take_back as take_back_from
from commitments.logs.shared_forms import OtherAgreements
from commitments.logs.step_forms import PassOnForm, ReferenceForm, ReviewForm
from commitments.logs.views.reached import about, entry_of
from nhsuk.words import plural
from parties.acting import acting_of
from web.carrying_out import NoForm, posted, save_form


def reviewed(request: HttpRequest, key: UUID) -> HttpResponse:
    """A risk was looked at again."""
    entry, acting = entry_of(request, key), acting_of(request)
    require_change(acting, entry)
    return save_form(
        request,
        posted(request, ReviewForm),
        partial(review_risk, by=acting, entry=entry),
        done=lambda _: "The review is recorded.\nThe other parties read it here.",
        title="Record a review of this risk",
        button="Record the review",
        **about(entry),
    )


def reference(request: HttpRequest, key: UUID) -> HttpResponse:
    """Under which reference one's own register has the risk."""
    entry, acting = entry_of(request, key), acting_of(request)
    require_reference(acting, entry)
    held = entry.references.filter(party=side_of(entry.agreement, acting)).first()
    initial = {"reference": held.reference, "link": held.link} if held else {}

    def act(reference: str, link: str) -> bool:
        return keep_reference(by=acting, entry=entry, said=Reference(reference, link))

    return save_form(
        request,
        posted(request, ReferenceForm, initial=initial),
        act,
        done=lambda changed: "Your reference is kept." if changed else "Nothing was changed.",
        title="Enter the reference of your own register",
        button="Keep the reference",
        **about(entry),
    )


def pass_on(request: HttpRequest, key: UUID) -> HttpResponse:
    """Lets the parties of named agreements read the entry."""
    entry, acting = entry_of(request, key), acting_of(request)
    require_passing_on(acting, entry)
    offer = OtherAgreements(may_be_named(acting, entry), acting)

    def act(agreements: list[str]) -> str:
        made = pass_on_to(by=acting, entry=entry, agreements=offer.chosen(agreements))
        told = told_parties(
            [party for share in made for party in there_today(share.agreement)], acting
        )
        return f"It is passed on to {plural(len(made), 'MoU')}.\n{told}"

    return save_form(
        request,
        posted(request, PassOnForm, offer=offer),
        act,
        done=str,
        title="Pass this entry on to other MoUs",
        lead="You can take it back at any time. Whoever read it until then has read it.",
        button="Pass it on",
        **about(entry),
    )


def take_back(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """The parties of one agreement read it no more."""
    entry, acting = entry_of(request, key), acting_of(request)
    shares = entry.shares.visible_to(acting).select_related("agreement", "shared_for")
    share = get_object_or_404(shares, pk=pk)
    share.entry = entry
    require_taking_back(acting, share)
    return save_form(
        request,
        posted(request, NoForm),
        partial(take_back_from, by=acting, share=share),
        done=lambda _: f"It is taken back.\n{told_others(share.agreement, acting)}",
        title=f"Take it back from {share.agreement.full_title}",
        lead="The parties of that MoU can no longer read this entry.",
        button="Take it back",
        warning=True,
        **about(entry),
    )
