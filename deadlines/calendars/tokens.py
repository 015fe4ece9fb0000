"""The secret of a calendar's address: made from the portal's key when it is shown, never stored."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from deadlines.models import Feed
from mail.links.tokens import hash_of

_FEED: Final = "deadlines.feeds"


def set_token(feed: Feed) -> None:
    """The hash of the secret that it has in its generation."""
    feed.token_sha256 = hash_of(_token_of(feed))


def address_of(feed: Feed) -> str:
    """The whole address; empty where the portal's key has changed since it was made."""
    token = _token_of(feed)
    if hash_of(token) != feed.token_sha256:
        return ""
    return f"{settings.SITE_URL}{reverse('deadlines:feed', args=[token])}"


def by_token(token: str) -> Feed | None:
    """The calendar with this address that works; None for one that was replaced or stopped."""
    rows = Feed.objects.working().select_related("user", "organisation")
    return rows.filter(token_sha256=hash_of(token)).first()


def _token_of(feed: Feed) -> str:
    made = salted_hmac(_FEED, f"{feed.key}:{feed.generation}", algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")
