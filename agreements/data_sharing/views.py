"""The pages of a record of shared data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agreements.core.parties import side_of, there_today
from agreements.core.reached import agreement_of, not_disposed, steps
from agreements.data_sharing.forms import ChangeSharingForm, SharingForm
from agreements.data_sharing.pages import SharingPage
from agreements.data_sharing.rights import may_change, may_end, may_judge
from agreements.data_sharing.saying_forms import (
    AnswerSharingForm,
    EndSharingForm,
    ReviewSharingForm,
)
from agreements.data_sharing.services import (
    change_sharing,
    end_sharing,
    record_sharing,
    review_sharing,
    say_of_sharing,
)
from agreements.data_sharing.words import list_of, page_of
from agreements.models import DataSharing
from house.refusals import NotYours
from parties.acting import acting_of
from web.carrying_out import save_form
from web.way import About


def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Data that is shared under the agreement."""
    agreement, by = agreement_of(request, reference), acting_of(request)
    side_of(agreement, by)
    form = SharingForm(request.POST or None, parties=there_today(agreement))
    return save_form(
        request,
        form,
        lambda **_: record_sharing(by=by, agreement=agreement, said=form.said()),
        done=lambda made: (
            f"Record {made.number} is made.\nThe other party can say whether it is right."
        ),
        to=list_of(agreement),
        leads_to=page_of,
        title="Record shared data",
        caption=agreement.full_title,
        button="Record it",
        way=steps(agreement),
    )


def shown(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """One record: what it says now, what others say of it, what it said before."""
    page = _page(request, reference, pk)
    way = [*steps(page.agreement), ("Shared data", list_of(page.agreement))]
    return render(request, "agreements/data_sharing.jinja", {"page": page, "way": way})


def change(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """It says something else from now on."""
    page = _kept(request, reference, pk)
    form = ChangeSharingForm(
        request.POST or None, newest=page.newest, parties=there_today(page.agreement)
    )
    return save_form(
        request,
        form,
        lambda edit_no, because, reviewed_on, **_: change_sharing(
            by=page.acting, record=page.record, edit_no=edit_no, said=form.said(), because=because,
            reviewed_on=reviewed_on,
        ),
        done=lambda _: "The record was changed.\nWhat it said before stays on its page.",
        title=f"Change record {page.record.number} of shared data",
        button="Save",
        **_about(page),
    )  # fmt: skip


def reviewed(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Somebody looked, and it holds."""
    page = _kept(request, reference, pk)
    return save_form(
        request,
        ReviewSharingForm(request.POST or None, newest=page.newest),
        lambda **said: review_sharing(by=page.acting, record=page.record, **said),
        done=lambda _: "The review is recorded.",
        title=f"Record {page.record.number} was reviewed and holds",
        button="Record the review",
        **_about(page),
    )


def end(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The data is no longer shared, or the record was an error."""
    page = _page(request, reference, pk)
    if page.record.is_running and not may_end(page.acting, page.record):
        raise NotYours(f"{page.record.kept_by.name} recorded this, and alone says that it ended.")
    return save_form(
        request,
        EndSharingForm(request.POST or None),
        lambda **said: end_sharing(by=page.acting, record=page.record, **said),
        done=lambda _: "The record has ended.\nIt stays readable.",
        title=f"End record {page.record.number} of shared data",
        button="End it",
        warning=True,
        **_about(page),
    )


def answer(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Another party says whether it is right."""
    page = _page(request, reference, pk)
    if page.record.is_running and not may_judge(page.acting, page.record, page.newest):
        raise NotYours("Another party says whether this record is right.")
    form = AnswerSharingForm(request.POST or None, what="this record", edit_no=page.record.edit_no)
    return save_form(
        request,
        form,
        lambda edit_no, because, **_: say_of_sharing(
            by=page.acting, record=page.record, edit_no=edit_no, agrees=form.agrees,
            because=because,
        ),
        done=lambda _: form.done,
        title=f"Is record {page.record.number} of shared data right?",
        button="Send your answer",
        **_about(page),
    )  # fmt: skip


def _page(request: HttpRequest, reference: str, pk: int) -> SharingPage:
    visible = DataSharing.objects.visible_to(acting := acting_of(request))
    rows = visible.select_related("agreement__in_force_version", "ended_by__person")
    found = get_object_or_404(rows, agreement__reference=reference, pk=pk)
    not_disposed(found.agreement)
    return SharingPage(found, acting)


def _kept(request: HttpRequest, reference: str, pk: int) -> SharingPage:
    """One that the reader's party keeps. One that has ended a service refuses."""
    page = _page(request, reference, pk)
    side_of(page.agreement, page.acting)
    if page.record.is_running and not may_change(page.acting, page.record):
        raise NotYours(f"{page.record.kept_by.name} recorded this, and alone changes it.")
    return page


def _about(page: SharingPage) -> About:
    """What each form about a record shares."""
    to = page_of(page.record)
    way = [*steps(page.agreement), (page.title, to)]
    return About(caption=page.agreement.full_title, way=way, to=to)
