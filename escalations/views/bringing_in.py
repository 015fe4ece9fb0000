"""Other parties of the agreement get a part in a disagreement between some of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse

from escalations.models import Step
from escalations.party_forms import BringInForm
from escalations.presenters.page import DisagreementPage
from escalations.rules.between import chosen
from escalations.rules.who import ReaderRights
from escalations.services.bringing_in import bring_in
from escalations.views.reached import acts_on, answer
from web.carrying_out import posted


@acts_on(ReaderRights.require_actor, at_level=True)
def bring_them_in(request: HttpRequest, page: DisagreementPage) -> HttpResponse:
    """By those who act. Raises Http404 where every party has a part in it already."""
    others = page.parts.to_bring_in
    if not others:
        raise Http404
    disagreement = page.disagreement

    def act(between: Sequence[str], **said: str) -> Step:
        parties = chosen(others, between)
        return bring_in(by=page.acting, disagreement=disagreement, parties=parties, **said)

    return answer(
        request,
        page,
        posted(request, BringInForm, others=others, initial={"at_level": disagreement.level}),
        act,
        template="bring_in",
        done=lambda _: (
            f"From now on they have a part in {disagreement.name}.\n"
            "We told those who act, the MoU managers and whoever opened it."
        ),
    )
