"""The list of what is owed under all agreements."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.owed import words
from commitments.owed.across import AcrossFilter, across, rows_of
from parties.acting import acting_of
from web.paging import LongList

PER_PAGE = 15
NOUNS = {"late": "late commitment", "due": "commitment due", "standing": "standing commitment",
         "ended": "ended commitment"}  # fmt: skip


def commitment_list(request: HttpRequest) -> HttpResponse:
    """What the reader's organisation owes, and what others owe it, late ones first."""
    acting, form = acting_of(request), AcrossFilter(request.GET or None)
    pages = LongList(across(acting, form.wanted), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    noun = NOUNS.get(form.wanted.get("state", ""), "running commitment")
    context = {
        "form": form,
        "narrowed": any(form.wanted.values()),
        "counted": pages.counted(noun),
        "rows": rows_of(list(page.object_list), acting),
        "pages": page,
        "words": words,
    }
    return render(request, "commitments/owed_list.jinja", context)
