"""How people get in: what differs from django-allauth's ways, and who needs a second factor."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from audit.services import write_entry
from mail.services import queue_mail
from mou_portal import browsers
from mou_portal.sign_on.again import log_out_there
from parties.models import User

TYPES = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# What somebody without a second factor needs to add one.
_OPEN = {"account_reauthenticate"}

TRY_LATER = "Too many wrong tries. Wait some minutes, then try again."
WRONG_CODE = "This code is not right. Enter the code that is shown now"

# allauth's message -> what our banner says; a message that is not here is not shown.
SENTENCES = {
    "account/messages/logged_out.txt": "You are logged out.",
    "account/messages/password_changed.txt": (
        "Your password was changed.\nWe told you by e-mail. Next: log in with the new password."
    ),
    "mfa/messages/totp_activated.txt": (
        "Your authenticator app is set up.\nNext: keep your recovery codes where you find them."
    ),
    "mfa/messages/totp_deactivated.txt": "Your authenticator app was removed.",
    "mfa/messages/webauthn_added.txt": "The passkey was added.\nWe told you by e-mail.",
    "mfa/messages/webauthn_removed.txt": "The passkey was removed.\nWe told you by e-mail.",
    "mfa/messages/recovery_codes_generated.txt": "You have new recovery codes.",
}


class LogInBackend(AuthenticationBackend):
    """Reads with the user, at each request, what every page asks of them."""

    def get_user(self, user_id: Any) -> User | None:
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=TYPES)
        users = User.objects.filter(pk=user_id).annotate(has_factor=Exists(factors))
        user = users.first()
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed. Ask your organisation's administrator.",
        "email_password_mismatch": "The e-mail address or the password is not right",
        "enter_current_password": "This is not your password now. Enter it again",
        "incorrect_password": "This is not your password. Enter it again",
        "invalid_password_reset": "This link does not work any more.",
        "rate_limited": TRY_LATER,
        "too_many_login_attempts": TRY_LATER,
    }

    _anywhere: ratelimit.RateLimitUsage | None = None

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are by invitation."""
        return False

    # --- Limits

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts a try, for the network address, for the user there, and for the user anywhere.

        In a browser in which this user logged in before, for the user there alone: whatever
        strangers try elsewhere, or next to it, does not bar its owner.
        """
        name = _login_name(credentials)
        browser = browsers.known(request, name)
        if browser:
            self._login_failed_rl_usage = _count(request, "login_failed_known", f"{browser}:{name}")
            return
        super().pre_authenticate(request, **credentials)
        self._anywhere = _count(request, "login_failed_anywhere", name)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Not the host of the request, which the sender of the request chooses.
        return f"{ratelimit.get_ip(request)}:{_login_name(credentials)}"

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if self._anywhere:
            self._anywhere.rollback()

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **options)
        browsers.remember(request, response, user.email)
        return response

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Who logged in at a provider logs out there too: others may use the same computer."""
        return log_out_there(request) or str(super().get_logout_redirect_url(request))

    # --- E-mail: through the outbox, where no token is kept

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tells the user of a change to how they log in, and writes it into the audit."""
        change = template_prefix.rpartition("/")[2]
        with transaction.atomic():
            entry = write_entry(actor=user, organisation_id=None, verb=change, about=user)
            queue_mail(
                kind="account_changed",
                address=user.email,
                context={"user": user.pk, "change": change},
                dedupe=f"account_changed:{entry.pk}",
            )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        raise LookupError(f"The portal has no e-mail for {template_prefix}.")

    # --- Words

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        sentence = message or SENTENCES.get(message_template or "")
        if sentence:
            messages.add_message(request, level, sentence, extra_tags=extra_tags)


class MfaAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": (
            "You need a second factor. Add another one before you remove this one."
        ),
        "cannot_generate_recovery_codes": "Add a second factor first.",
        "incorrect_code": WRONG_CODE,
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last one stays where everybody needs one."""
        others = (
            Authenticator.objects.filter(user_id=authenticator.user_id)
            .exclude(pk=authenticator.pk)
            .exclude(type=Authenticator.Type.RECOVERY_CODES)
        )
        return not settings.SECOND_FACTOR_REQUIRED or others.exists()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_rp_entity()
        return entity | {"name": settings.PORTAL_NAME}


def _login_name(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email", "")).strip().lower()


def _count(request: HttpRequest, action: str, key: str) -> ratelimit.RateLimitUsage:
    counted = ratelimit.consume(request, app="allauth.account", action=action, key=key)
    if not counted:
        raise AccountAdapter(request).validation_error("too_many_login_attempts")
    return counted


# --- The second factor: who works on real agreements has one (settings.SECOND_FACTOR_REQUIRED).
# Two questions before a page opens. Has this log-in shown the second factor that the user has? A
# log-in from before it was added has not: it ends. And does the user have one, where one is needed?


def has_second_factor(user: Any) -> bool:
    read: bool | None = getattr(user, "has_factor", None)
    return bool(is_mfa_enabled(user, TYPES)) if read is None else read


def was_shown(request: HttpRequest) -> bool:
    """Whether this log-in used a second factor, here or at its provider, or added one."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def must_add_second_factor(view_name: str) -> bool:
    """Whether a user who has no second factor has to add one before this page opens."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return view_name not in _OPEN and not view_name.startswith("mfa_")


@receiver(authenticator_added)
def _count_as_shown(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """Who adds one proves it by doing so: only their other log-ins end."""
    if authenticator.type in TYPES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
