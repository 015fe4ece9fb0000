"""Log-ins that came by single sign-on: shown anew, and ended there too."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from requests import RequestException

from agreements.signing.reauthentication import by_sign_on, is_fresh
from mou_portal.sign_on.current import current
from mou_portal.sign_on.provider import provider_of

# These change how somebody logs in. django-allauth asks again who has a password or a second
# factor here, and takes the word of who has neither.
_CHANGES: Final = frozenset(
    {
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_generate_recovery_codes",
        "sign_on_link",
        "sign_on_unlink",
    }
)


def ask_again(request: HttpRequest, view_name: str) -> HttpResponse | None:
    """Where such a page first leads somebody who has no way here; None where it opens."""
    if view_name not in _CHANGES or settings.SINGLE_SIGN_ON is None or not by_sign_on(request):
        return None
    if get_reauthentication_flows(request.user) or is_fresh(request):
        return None
    # Taking it off is a button on the page about it: nobody comes back to the button itself.
    back_to = reverse("sign_on_link") if view_name == "sign_on_unlink" else request.path
    return redirect(f"{reverse('sign_on_again')}?{urlencode({'next': back_to})}")


def log_out_there(request: HttpRequest) -> str:
    """The provider's page for it, for a log-in that came from there; "" for another."""
    if settings.SINGLE_SIGN_ON is None or not by_sign_on(request):
        return ""
    try:
        page = provider_of(request).log_out_url()
    except RequestException:
        return ""
    back = {
        "client_id": current().client_id,
        "post_logout_redirect_uri": f"{settings.SITE_URL}{reverse('account_login')}",
    }
    return f"{page}?{urlencode(back)}" if page else ""


def identities_of(user: Any) -> QuerySet[SocialAccount]:
    """Those of the provider that is configured now."""
    return SocialAccount.objects.filter(user=user, provider=current().key)


def is_linked(user: Any) -> bool:
    return settings.SINGLE_SIGN_ON is not None and identities_of(user).exists()
