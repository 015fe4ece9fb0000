"""The conversation with the provider: django-allauth's, with what it leaves open closed.

The token's signature is always checked, its nonce is one that this session asked with, what a
request's address says does not change what we ask for, and a provider that is away is noticed soon.
"""

from __future__ import annotations

import secrets
import time
from typing import Any, Final

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from mou_portal.sign_on.current import current
from mou_portal.sign_on.tokens import read

# Seconds for which what the provider says about itself is kept.
_KEPT: Final = 600


class Adapter(OpenIDConnectOAuth2Adapter):
    def get_provider(self) -> Provider:
        return provider_of(self.request)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return f"{settings.SITE_URL}{reverse('sign_on_callback')}"

    @property
    def openid_config(self) -> dict[str, Any]:
        """Raises requests.RequestException where the provider does not say it in time."""
        key = f"{current().key}:configuration"
        found: dict[str, Any] | None = cache.get(key)
        if found is None:
            found = super().openid_config
            cache.set(key, found, _KEPT)
        return found

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any
    ) -> SocialLogin:
        """Keeps who it is, and nothing else of what the provider knows of the person."""
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise OAuth2Error("The provider sent no ID token.")
        claims = self._read(app, id_token)
        login = self.get_provider().sociallogin_from_response(
            request, {"id_token": {"iss": claims["iss"], "sub": claims["sub"]}}
        )
        login.claims = claims
        return login

    def _read(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        # The issuer is what was configured, not what the provider's own page says.
        return read(
            id_token,
            keys=answer.json(),
            issuer=current().issuer,
            audience=app.client_id,
        )


class Provider(OpenIDConnectProvider):
    oauth2_adapter_class = Adapter

    def get_default_scope(self) -> list[str]:
        """Who it is, and no more: names and addresses are the portal's own."""
        return ["openid"]

    def send_there(self, purpose: str, *, next_url: str = "", **parameters: str) -> HttpResponse:
        """Leads to the provider. Raises requests.RequestException where it does not answer."""
        nonce = secrets.token_urlsafe(24)
        response: HttpResponse = self.redirect(
            self.request,
            process="login",
            next_url=next_url,
            data={"for": purpose},
            auth_params={"nonce": nonce, **parameters},
            nonce=nonce,
            asked_at=time.time(),
        )
        return response

    def log_out_url(self) -> str:
        """Where one logs out of the provider too; "" where it has no such page."""
        found = self.get_oauth2_adapter(self.request).openid_config.get("end_session_endpoint", "")
        return str(found)


def provider_of(request: HttpRequest) -> Provider:
    """Raises SocialApp.DoesNotExist where none is configured."""
    app = get_adapter(request).get_app(request, provider=current().key)
    return Provider(request, app=app)
