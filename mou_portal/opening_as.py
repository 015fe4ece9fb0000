"""A link that another organisation of the reader's opens: who has two follows it from an e-mail.

Whether that one opens it only the page itself knows: it is asked as it would be, and what it wrote
is taken back. Who has no such organisation gets the answer that everybody gets.
"""

from __future__ import annotations

from copy import copy

from django.contrib.messages.storage import default_storage
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from house.once import one_page
from house.refusals import Refused
from parties.acting import acting_for, acting_of
from parties.models import Organisation
from parties.url_rows import who_opens


def open_as(request: HttpRequest) -> HttpResponse | None:
    """A page that says as which organisation the link opens; None where none of theirs does."""
    acting = acting_of(request)
    if request.method != "GET" or len(acting.choices) < 2:
        return None
    others = [each for each in acting.choices if each != acting.organisation]
    opens = [each for each in others if _opens(request, each)]
    if not opens:
        return None
    context = {"opens": opens, "next": request.get_full_path(), "now": acting.organisation}
    return render(request, "mou_portal/open_as.jinja", context, status=403)


def _opens(request: HttpRequest, organisation: Organisation) -> bool:
    """Whether the page answers the reader who acts for this organisation."""
    match = request.resolver_match
    who = who_opens(match.func) if match else None
    asking = _as(request, organisation)
    if match is None or who is None or not who.roles or not who.includes(acting_of(asking)):
        return False
    try:
        with transaction.atomic(), one_page():
            answer = match.func(asking, *match.args, **match.kwargs)
            transaction.set_rollback(True)
    except (Http404, PermissionDenied, Refused):
        return False
    # Not closed: Django takes that for the end of the request.
    return bool(answer.status_code < 400)


def _as(request: HttpRequest, organisation: Organisation) -> HttpRequest:
    """The same request of the same person; what its page says to them is said to nobody."""
    asking = copy(request)
    asking.acting = acting_for(request.user, organisation.pk)  # type: ignore[attr-defined]
    asking._messages = default_storage(asking)  # type: ignore[attr-defined]
    return asking
