"""Accepting an invitation. The link only leads to the page; its button acts."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from house.refusals import Refused
from parties.acting import acting_of
from parties.forms.people import PasswordForm
from parties.models import Invitation, Role
from parties.queries import open_invitations
from parties.services.inviting import (
    accept_as_new,
    accept_as_user,
    account_for,
    asked_from_inside,
    invite_again,
    open_invitation,
    opened_with,
    withdraw,
)
from parties.views.common import own_organisation, page_of
from web.carrying_out import act_at_once, posted

_KEY = "invitation"


@never_cache
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the e-mail. The token goes no further than here: not into a log-in's address."""
    invitation = opened_with(token)
    if invitation is None:
        return _gone(request)
    request.session[_KEY] = invitation.pk
    return redirect("parties:accept")


@never_cache
@sensitive_post_parameters("password", "again")
def accept(request: HttpRequest) -> HttpResponse:
    """Who has no account makes one here; who has one logs in first, then accepts."""
    invitation = open_invitation(request.session.get(_KEY, 0))
    if invitation is None:
        return _gone(request)
    account = account_for(invitation)
    if account is None:
        return _make_account(request, invitation)
    # An account of this address but of another name: whose it is they say by accepting.
    name = account.get_full_name() if account.person != invitation.person else ""
    other = name if name.casefold() != invitation.person.name.casefold() else ""
    if account == request.user:
        return _take_roles(request, invitation, other)
    return _show(request, invitation, other_name=other)


def _make_account(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = posted(request, PasswordForm)
    if request.method == "POST" and form.is_valid():
        try:
            accept_as_new(invitation=invitation, password=form.cleaned_data["password"])
        except ValidationError as weak:
            form.add_error("password", weak)
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            del request.session[_KEY]
            messages.success(request, "Your account is ready.\nNext: log in with your password.")
            return redirect("account_login")
    return _show(request, invitation, form=form)


def _take_roles(request: HttpRequest, invitation: Invitation, other_name: str) -> HttpResponse:
    if request.method == "POST":
        try:
            accept_as_user(invitation=invitation, user=request.user)  # type: ignore[arg-type]
        except Refused:
            return _gone(request)
        del request.session[_KEY]
        request.session["acting_organisation"] = invitation.organisation_id
        messages.success(request, f"You can now act for {invitation.organisation.name}.")
        return redirect("home")
    return _show(request, invitation, may_accept=True, other_name=other_name)


def _show(request: HttpRequest, invitation: Invitation, **context: Any) -> HttpResponse:
    context = {
        "form": None,
        "may_accept": False,
        "other_name": "",
        **context,
        "invitation": invitation,
        "from_inside": asked_from_inside(invitation),
        "roles": [Role(role).label for role in invitation.roles],
    }
    return render(request, "parties/invitation.jinja", context)


def _gone(request: HttpRequest) -> HttpResponse:
    """One page for what is wrong, old, used or withdrawn: it tells nothing apart."""
    return render(request, "parties/invitation_gone.jinja", status=404)


def withdrawn(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    return _close(request, pk, invitation_pk, withdraw, "The invitation was withdrawn.")


def again(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    return _close(request, pk, invitation_pk, invite_again, "We sent a new invitation.")


def _close(request: HttpRequest, pk: int, invitation_pk: int, act: Any, done: str) -> HttpResponse:
    organisation = own_organisation(request, pk)
    still_open = [each for each in open_invitations(organisation) if each.pk == invitation_pk]
    if not still_open:
        raise Http404
    return act_at_once(
        request,
        partial(act, by=acting_of(request), invitation=still_open[0]),
        done=done,
        to=page_of(organisation),
    )
