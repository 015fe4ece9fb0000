"""An agreement planned back from a day of the reader's choice; a paper that is in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agreements.core.reached import agreement_of, steps, subpage_url
from agreements.planning.due import PAPER_DUE
from agreements.planning.forms import PlanDayForm
from agreements.planning.pages import PlanBack
from agreements.planning.services import paper_is_in, paper_is_not_in
from agreements.planning.targets import Target
from deadlines.models import Deadline
from parties.acting import acting_of
from web.carrying_out import act_at_once
from web.way import Steps


def from_day(request: HttpRequest, reference: str) -> HttpResponse:
    """From any day to come, as that of a signature, back to the meetings before it."""
    agreement = agreement_of(request, reference)
    form = PlanDayForm(request.GET or None)
    shown = None
    if form.is_valid():
        target = Target("day", "To be decided by", form.cleaned_data["on"])
        shown = next(PlanBack(agreement, acting_of(request), target).dates)
    way: Steps = [*steps(agreement), ("Plan back", subpage_url(reference, "plan"))]
    context = {"agreement": agreement, "form": form, "each": shown, "way": way}
    return render(request, "agreements/plan_day.jinja", context, status=form.http_status)


def is_in(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    agreement, paper = agreement_of(request, reference), _paper(request, reference, pk)
    return act_at_once(
        request,
        lambda: paper_is_in(by=acting_of(request), agreement=agreement, deadline=paper),
        done="The paper is in.\nWe remind nobody of it any more.",
        to=subpage_url(reference, "plan"),
    )


def is_not_in(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    agreement, paper = agreement_of(request, reference), _paper(request, reference, pk)
    return act_at_once(
        request,
        lambda: paper_is_not_in(by=acting_of(request), agreement=agreement, deadline=paper),
        done="The paper is not in.\nIt is due again, as far as a meeting is left.",
        to=subpage_url(reference, "plan"),
    )


def _paper(request: HttpRequest, reference: str, pk: int) -> Deadline:
    seen = Deadline.objects.visible_to(acting_of(request)).about(reference)
    return get_object_or_404(seen, kind=PAPER_DUE, pk=pk)
