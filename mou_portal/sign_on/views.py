"""The pages of single sign-on. Where it is not configured, they do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import cast

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.decorators import reauthentication_required
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from requests import RequestException

from mou_portal.sign_on.again import identities_of, is_linked
from mou_portal.sign_on.current import current
from mou_portal.sign_on.provider import Adapter, provider_of
from parties.models import User

View = Callable[[HttpRequest], HttpResponse]


def where_configured(view: View) -> View:
    @wraps(view)
    def asked(request: HttpRequest) -> HttpResponse:
        if settings.SINGLE_SIGN_ON is None:
            raise Http404
        return view(request)

    return asked


@where_configured
def start(request: HttpRequest) -> HttpResponse:
    """Begins a log-in, or the acceptance of the invitation whose link was opened."""
    if request.user.is_authenticated:
        return redirect("home")
    accepts = request.POST.get("for") == "accept"
    return _send_there(request, "accept" if accepts else "log_in", _next(request))


@where_configured
def callback(request: HttpRequest) -> HttpResponse:
    """Where the provider sends people back to. What follows is in `adapter`."""
    view = OAuth2CallbackView.adapter_view(Adapter(request, current().key))
    response: HttpResponse = view(request)
    return response


@where_configured
@reauthentication_required
def link(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _send_there(request, "link", "")
    user = cast("User", request.user)
    page = {"linked": is_linked(user), "has_password": user.has_usable_password()}
    return render(request, "account/sign_on_link.jinja", page)


@where_configured
@reauthentication_required
def unlink(request: HttpRequest) -> HttpResponse:
    user = cast("User", request.user)
    if not user.has_usable_password():
        messages.error(request, "Choose a password first: you would have no way to log in.")
        return redirect("sign_on_link")
    with transaction.atomic():
        identities_of(user).delete()
        get_account_adapter(request).send_notification_mail("account_disconnected", user)
    messages.success(request, f"You no longer log in with {current().name}.")
    return redirect("sign_on_link")


@where_configured
def again(request: HttpRequest) -> HttpResponse:
    """Asks the provider to have the person show anew who they are."""
    if request.method == "POST":
        return _send_there(request, "again", _next(request), prompt="login", max_age="0")
    return render(request, "account/sign_on_again.jinja", {"next": _next(request)})


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if allowed else ""


def _send_there(request: HttpRequest, purpose: str, next_url: str, **how: str) -> HttpResponse:
    try:
        return provider_of(request).send_there(purpose, next_url=next_url, **how)
    except RequestException:
        name = current().name
        sentence = f"{name} does not answer. Try again in some minutes, or log in with a password."
        return render(request, "account/sign_on_failed.jinja", {"sentence": sentence}, status=503)
