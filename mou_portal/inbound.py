"""The mailbox that people forward e-mails to, as the environment names it; none by default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS: Final = {"imaps": 993, "imap+starttls": 143, "imap": 143}
HERE: Final = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Mailbox:
    """Where it is, how one logs in, and the address that it has."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    folder: str
    address: str


def inbound_mailbox(environ: Mapping[str, str]) -> Mailbox | None:
    """None where neither setting is there. Raises ImproperlyConfigured for half of them, and for a
    password that would go unencrypted."""
    url, address = environ.get("INBOUND_IMAP_URL", ""), environ.get("INBOUND_ADDRESS", "").lower()
    if not url and not address:
        return None
    if not (url and address):
        raise ImproperlyConfigured(
            "Set both INBOUND_IMAP_URL and INBOUND_ADDRESS, or neither: without a mailbox nobody "
            "can forward e-mails to the portal."
        )
    local, at, domain = address.partition("@")
    if not (local and at and "." in domain) or "+" in local:
        raise ImproperlyConfigured(
            f"INBOUND_ADDRESS is {address!r}. It is the plain address of the mailbox, such as "
            "mou@example.org: the portal adds a + and what is behind it."
        )
    return _mailbox(url, address)


def _mailbox(url: str, address: str) -> Mailbox:
    parts = urlsplit(url)
    try:
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        port = 0
    if not (port and parts.hostname and parts.username and parts.password):
        raise ImproperlyConfigured(
            "INBOUND_IMAP_URL is not understood. Write it like "
            "imaps://user:password@host:993/INBOX, with %40 for an @ in the user or the password."
        )
    if parts.scheme == "imap" and parts.hostname not in HERE:
        raise ImproperlyConfigured(
            "INBOUND_IMAP_URL begins with imap://, so its password would go unencrypted. Use "
            "imaps:// or imap+starttls://."
        )
    return Mailbox(
        parts.scheme, parts.hostname, port, unquote(parts.username), unquote(parts.password),
        unquote(parts.path.strip("/")) or "INBOX", address,
    )  # fmt: skip
