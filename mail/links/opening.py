"""From the address that somebody opened to the link that was sent; and what is said of where."""

from __future__ import annotations

from house.lifecycle import lock
from house.refusals import Refused
from mail.links.tokens import hash_of
from mail.models import SentLink

GONE = "This link no longer works. Nothing was done."


def by_token(token: str) -> SentLink | None:
    """The link whose secret this is; None for one that is not ours, or of a former generation."""
    return SentLink.objects.filter(token_sha256=hash_of(token)).first()


def must_work(link: SentLink) -> None:
    """Raises Refused for one that was taken back meanwhile, or is too old by now."""
    current = SentLink.objects.get(pk=link.pk)
    if not current.works or current.generation != link.generation:
        raise Refused(GONE)


def lock_link(link: SentLink) -> SentLink:
    """The link as it is now, locked, for an act by it. Raises Refused for one that was taken back
    meanwhile, is too old by now, or of which another generation was sent."""
    current = lock(link)
    if not current.works or current.generation != link.generation:
        raise Refused(GONE)
    return current


def masked(address: str) -> str:
    """ "n…@practice.example": enough to know one's own by, and to tell two apart."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
