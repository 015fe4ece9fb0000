"""The address that each party has for each agreement, where an inbound mailbox is configured.

`mou+mou-0001-k3v9…@example.org`: the part behind the reference cannot be guessed, and says for
which party an e-mail comes. It rests on SECRET_KEY: another key, and there are other addresses.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Iterable, Iterator
from typing import Final

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from agreements.core.parties import there_today
from agreements.models import Agreement
from documents.emails import ReadEmail
from parties.models import Organisation

_SALT: Final = "agreements.emails.inbound"
# Of five bits each.
_LETTERS: Final = 16
_REFERENCE: Final = re.compile(r"\bMOU-\d{4,9}\b", re.IGNORECASE)
_BEHIND: Final = re.compile(rf"(mou-\d{{4,9}})-([a-z2-7]{{{_LETTERS}}})")


def is_configured() -> bool:
    """Whether e-mails can be forwarded to the portal."""
    return settings.INBOUND_MAILBOX is not None


def address_for(agreement: Agreement, organisation_id: int | None) -> str:
    """The organisation's own address for this agreement; empty where there is no mailbox."""
    mailbox = settings.INBOUND_MAILBOX
    if mailbox is None or organisation_id is None:
        return ""
    local, _, domain = mailbox.address.partition("@")
    secret = _secret(agreement, organisation_id)
    return f"{local}+{agreement.reference.lower()}-{secret}@{domain}"


def found_by_address(read: ReadEmail) -> tuple[Agreement, Organisation] | None:
    """The agreement and the party to whose address it came, by the part that nobody guesses."""
    mailbox = settings.INBOUND_MAILBOX
    for reference, secret in _behind(read.addressed, mailbox.address) if mailbox else ():
        agreement = _kept(reference)
        if agreement is None:
            continue
        for party in there_today(agreement):
            if constant_time_compare(secret, _secret(agreement, party.organisation.pk)):
                return agreement, party.organisation
    return None


def found_by_subject(read: ReadEmail) -> Agreement | None:
    """The agreement that the subject names. Anybody can write that."""
    named = _REFERENCE.search(read.subject)
    return _kept(named[0]) if named else None


def _kept(reference: str) -> Agreement | None:
    """Under one that was disposed of nothing is put on record any more."""
    rows = Agreement.objects.filter(reference=reference.upper())
    return rows.exclude(state=Agreement.State.DISPOSED).first()


def _behind(addresses: Iterable[str], mailbox: str) -> Iterator[tuple[str, str]]:
    """Reference and secret of those that are the mailbox's with something behind the plus."""
    local, _, domain = mailbox.partition("@")
    for address in addresses:
        before, _, after = address.lower().rpartition("@")
        own, plus, behind = before.partition("+")
        if plus and (own, after) == (local, domain) and (found := _BEHIND.fullmatch(behind)):
            yield found[1], found[2]


def _secret(agreement: Agreement, organisation_id: int) -> str:
    made = salted_hmac(_SALT, f"{agreement.pk}:{organisation_id}", algorithm="sha256").digest()
    return b32encode(made).decode().lower()[:_LETTERS]
