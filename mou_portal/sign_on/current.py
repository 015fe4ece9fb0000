from __future__ import annotations

from django.conf import settings

from mou_portal.sign_on.configured import SignOn


def current() -> SignOn:
    """The provider that is configured. Raises LookupError where none is."""
    found: SignOn | None = settings.SINGLE_SIGN_ON
    if found is None:
        raise LookupError("Single sign-on is not configured.")
    return found
