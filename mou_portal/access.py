"""Who may open what: a page says so in its row (`parties.url_rows`), those of packages here.

What neither names stays shut. Of the pages of django-allauth only those here have an address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.account import views
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from mou_portal.sign_on import views as sign_on
from parties.url_rows import BOTH, GET, POST, Row, patterns, who_opens
from parties.who import EVERYBODY, LOGGED_IN, SYSTEM_ADMINISTRATORS, Who

# The pages of django-allauth, by the names that it gives them.
OF_PACKAGES: Final[dict[str, Who]] = {
    "account_login": EVERYBODY,
    # Half-way through a log-in too: then it starts again.
    "account_logout": EVERYBODY,
    "account_inactive": EVERYBODY,
    "account_reauthenticate": LOGGED_IN,
    "account_change_password": LOGGED_IN,
    "account_set_password": LOGGED_IN,
    "account_reset_password": EVERYBODY,
    "account_reset_password_done": EVERYBODY,
    "account_reset_password_from_key": EVERYBODY,
    "account_reset_password_from_key_done": EVERYBODY,
    "mfa_index": LOGGED_IN,
    # Half-way through a log-in nobody is logged in; allauth asks for the half that is done.
    "mfa_authenticate": EVERYBODY,
    "mfa_reauthenticate": LOGGED_IN,
    "mfa_activate_totp": LOGGED_IN,
    "mfa_deactivate_totp": LOGGED_IN,
    "mfa_view_recovery_codes": LOGGED_IN,
    "mfa_generate_recovery_codes": LOGGED_IN,
    "mfa_download_recovery_codes": LOGGED_IN,
    "mfa_list_webauthn": LOGGED_IN,
    "mfa_add_webauthn": LOGGED_IN,
    "mfa_edit_webauthn": LOGGED_IN,
    "mfa_remove_webauthn": LOGGED_IN,
    "mfa_reauthenticate_webauthn": LOGGED_IN,
    "mfa_login_webauthn": EVERYBODY,
}


def who_may_open(view_name: str, view: Callable[..., Any]) -> Who | None:
    """The group for a page, by its URL's name and its view; None where nothing names one."""
    if view_name.startswith("admin:"):
        return SYSTEM_ADMINISTRATORS
    return who_opens(view) or OF_PACKAGES.get(view_name)


SIGN_ON: Final = [
    Row("single-sign-on/", sign_on.start, "sign_on", EVERYBODY, POST),
    Row("single-sign-on/callback/", sign_on.callback, "sign_on_callback", EVERYBODY, GET),
    Row("single-sign-on/link/", sign_on.link, "sign_on_link", LOGGED_IN, BOTH),
    Row("single-sign-on/unlink/", sign_on.unlink, "sign_on_unlink", LOGGED_IN, POST),
    Row("single-sign-on/again/", sign_on.again, "sign_on_again", LOGGED_IN, BOTH),
]

urlpatterns = [
    *patterns(SIGN_ON),
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    # allauth leads here who has no password yet: a reset gives them one.
    path(
        "password/set/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path("2fa/", include("allauth.mfa.urls")),
]
