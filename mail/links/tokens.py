"""The secrets of links and codes: made from the portal's key whenever an e-mail is composed."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from hmac import compare_digest
from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac

from mail.models import LinkCode, SentLink

_LINK: Final = "mail.links"
_CODE: Final = "mail.links.code"
_CODE_HASH: Final = "mail.links.code.hash"
DIGITS: Final = 6


def token_for(link: SentLink) -> str:
    """The secret of the link as it is now. After a change of the portal's key, the one from before,
    as long as the settings know the former key."""
    made = list(_tokens(link))
    return next((each for each in made if hash_of(each) == link.token_sha256), made[0])


def _tokens(link: SentLink) -> Iterator[str]:
    said = f"{link.purpose}:{link.key}:{link.generation}"
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        made = salted_hmac(_LINK, said, secret=secret, algorithm="sha256").digest()
        yield urlsafe_b64encode(made).decode().rstrip("=")


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def code_for(code: LinkCode) -> str:
    """The six digits."""
    said = f"{code.link.key}:{code.link.generation}:{code.key}"
    made = salted_hmac(_CODE, said, algorithm="sha256").hexdigest()
    return str(int(made, 16) % 10**DIGITS).zfill(DIGITS)


def hash_of_code(code: LinkCode, typed: str) -> str:
    """With the portal's key: six digits alone would be found from their hash in a second."""
    return salted_hmac(_CODE_HASH, f"{code.key}:{typed}", algorithm="sha256").hexdigest()


def is_right(code: LinkCode, typed: str) -> bool:
    return compare_digest(code.code_sha256, hash_of_code(code, typed))
