"""What comes of somebody whom the provider sent back, by what they were sent there for.

An identity is linked by the person it belongs to: with an invitation, or from their account. It is
never linked, and nobody is logged in, because two addresses are alike (record 0037).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final, NoReturn

from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect, render

from agreements.signing.reauthentication import is_fresh
from house.refusals import Refused
from mou_portal.sign_on.claims import logged_in_since, showed_second_factor
from mou_portal.sign_on.current import current
from parties.services.inviting import accept_with_sign_on, open_invitation

NOT_LINKED: Final = (
    "This log-in belongs to no account here. If you have an account, log in with your password "
    "and link it on the page of your account. If you have none, open the link of your invitation."
)
OTHERS: Final = "This log-in belongs to another account here. Nothing was changed."
TOO_LATE: Final = "That took too long. Start again."
NOT_ANEW: Final = "You were not asked to log in anew, so this does not show that it is you."


class SignOnAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Called once the token is checked and the identity looked up."""
        nonce = sociallogin.state.get("nonce")
        if not nonce or sociallogin.claims.get("nonce") != nonce:
            refuse(request, TOO_LATE)
        _BY_PURPOSE[sociallogin.state["data"]["for"]](request, sociallogin)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> NoReturn:
        if error == AuthError.CANCELLED:
            messages.info(request, "You did not log in.")
            raise ImmediateHttpResponse(redirect("account_login"))
        refuse(request, f"The log-in with {current().name} did not work. Start again.")


def refuse(request: HttpRequest, sentence: str) -> NoReturn:
    """Says so on a page, and nothing else happens."""
    page = render(request, "account/sign_on_failed.jinja", {"sentence": sentence}, status=403)
    raise ImmediateHttpResponse(page)


def _log_in(request: HttpRequest, login: SocialLogin) -> None:
    """django-allauth goes on from here: closed accounts, our own second factor, the session."""
    if not login.is_existing:
        refuse(request, NOT_LINKED)
    if showed_second_factor(login.claims, current().second_factor):
        record_authentication(request, login.user, "mfa", type="single sign-on")


def _accept(request: HttpRequest, login: SocialLogin) -> None:
    """Somebody who was invited has this log-in in the place of a password."""
    invitation = open_invitation(request.session.get("invitation", 0))
    if invitation is None:
        refuse(request, TOO_LATE)
    if login.is_existing:
        refuse(request, OTHERS)
    try:
        with transaction.atomic():
            login.connect(request, accept_with_sign_on(invitation=invitation))
    except Refused as refusal:
        refuse(request, refusal.sentence)
    del request.session["invitation"]
    messages.success(request, "Your account is ready.")
    _log_in(request, login)


def _link(request: HttpRequest, login: SocialLogin) -> NoReturn:
    user = request.user
    if not user.is_authenticated or not is_fresh(request):
        refuse(request, TOO_LATE)
    if login.is_existing and login.user != user:
        refuse(request, OTHERS)
    if not login.is_existing:
        with transaction.atomic():
            login.connect(request, user)
    messages.success(request, f"You can now log in with {current().name}.")
    raise ImmediateHttpResponse(redirect("sign_on_link"))


def _again(request: HttpRequest, login: SocialLogin) -> NoReturn:
    """It is them, and not just a browser in which they were logged in at the provider's."""
    user = request.user
    if not user.is_authenticated or login.user != user:
        refuse(request, OTHERS)
    if not logged_in_since(login.claims, login.state["asked_at"], time.time()):
        refuse(request, NOT_ANEW)
    record_authentication(request, user, "socialaccount", reauthenticated=True)
    raise ImmediateHttpResponse(redirect(login.state.get("next") or "home"))


_BY_PURPOSE: Final[dict[str, Callable[[HttpRequest, SocialLogin], None]]] = {
    "log_in": _log_in,
    "accept": _accept,
    "link": _link,
    "again": _again,
}
