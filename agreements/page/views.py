"""The list of agreements, the pages of one, and its reminders."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from agreements.core.in_groups import note_opened
from agreements.core.parties import parties_of, side_of
from agreements.core.reached import agreement_of, steps
from agreements.core.telling import told_others
from agreements.groups.summaries import groups_of
from agreements.page import queries
from agreements.page.frame import AgreementSubpage
from agreements.page.history import History
from agreements.page.listing import AgreementFilter, ListPage, StopForm
from agreements.page.overview import Overview
from agreements.page.sections import KEPT
from agreements.versions.services.versions import stop_preparing
from deadlines import ledger
from parties.acting import acting_of
from parties.who import DRAFTERS
from web.carrying_out import save_form

AGREEMENTS_A_PAGE, REMINDERS_A_PAGE = 25, 20


def agreement_list(request: HttpRequest) -> HttpResponse:
    """Which agreements there are, and how they are doing."""
    acting = acting_of(request)
    others = queries.others_of(acting)
    form = AgreementFilter(request.GET or None, others=others)
    wanted = form.wanted
    counts = queries.counts(acting, wanted)
    narrowed = any(value for name, value in wanted.items() if name != "sort")
    # Whoever looks for something finds each; else a group is one line.
    folded = not narrowed and bool(counts["in_group"])
    pages = Paginator(queries.found(acting, wanted, folded=folded), AGREEMENTS_A_PAGE)
    # Counted already, with the rest.
    pages.count = counts["matching"] - (counts["in_group"] if folded else 0)
    page = pages.get_page(request.GET.get("page"))
    listed = queries.with_others(page.object_list, acting)
    context = {
        "form": form,
        "page": ListPage(listed, counts, request.GET, narrowed=narrowed),
        "pages": page,
        "may_add": DRAFTERS.includes(acting),
        "groups": groups_of(acting) if folded else [],
    }
    return render(request, "agreements/list.jinja", context)


def agreement_page(request: HttpRequest, reference: str) -> HttpResponse:
    """What the agreement is, whether it needs somebody, and what is next."""
    agreement = agreement_of(request, reference, counted=True)
    note_opened(agreement, acting_of(request))
    page = Overview(agreement, acting_of(request))
    return render(request, "agreements/overview.jinja", {"page": page, "agreement": agreement})


def subpage(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """A page of the agreement that the rooms fill. Raises Http404 for one that it does not have."""
    agreement = agreement_of(request, reference, counted=key == KEPT.key)
    page = AgreementSubpage(agreement, acting_of(request), key)
    if page.here is None:
        raise Http404
    return render(request, "agreements/subpage.jinja", {"page": page, "agreement": agreement})


def history(request: HttpRequest, reference: str) -> HttpResponse:
    """What happened to the agreement, the newest first."""
    agreement = agreement_of(request, reference)
    page = History(agreement, acting_of(request), request.GET)
    return render(request, "agreements/history.jinja", {"page": page, "agreement": agreement})


def stop(request: HttpRequest, reference: str) -> HttpResponse:
    """Ends work on an agreement that nobody will sign, after saying what that means."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    side_of(agreement, acting)
    return save_form(
        request,
        StopForm(request.POST or None),
        lambda because: stop_preparing(by=acting, agreement=agreement, because=because),
        done=lambda _: (
            f"Work on {agreement.reference} is stopped.\n{told_others(agreement, acting)}\n"
            "Its texts and its history stay here."
        ),
        to=reverse("agreements:agreement", args=[reference]),
        template="agreements/stop.jinja",
        agreement=agreement,
        way=steps(agreement),
    )


def reminders(request: HttpRequest, reference: str) -> HttpResponse:
    """Which reminders went out for an agreement, to how many, and which did not and why."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    found = ledger.deadlines_about(acting, agreement.reference)
    page = Paginator(found, REMINDERS_A_PAGE).get_page(request.GET.get("page"))
    names = {party.organisation.pk: party.name for party in parties_of(agreement)}
    context = {
        "agreement": agreement,
        "way": steps(agreement),
        "entries": ledger.entries_of(list(page.object_list), names),
        "summary": ledger.summary(acting, agreement.reference),
        "pages": page,
    }
    return render(request, "agreements/reminders.jinja", context)
