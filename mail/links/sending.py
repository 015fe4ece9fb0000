"""Making links, sending them, and taking them back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from house import clock
from house.once import each_once
from mail.kinds import NotNeeded
from mail.links.purposes import Purpose, purpose_of
from mail.links.tokens import hash_of, token_for
from mail.models import SentLink
from mail.services import queue_mail


class Sent(NamedTuple):
    """What a link is about, and to whom it is sent."""

    purpose: str
    subject: str
    address: str
    organisation_id: int | None = None


def link_to(
    purpose: Purpose, subject: str, address: str, *, organisation_id: int | None = None
) -> SentLink:
    """The link of this address for this one thing, working from now on for as long as it lasts.

    It is the same that was sent before; a new one where that one was recalled or is too old.
    """
    sent = Sent(purpose.key, subject, address.lower(), organisation_id)
    return links_of([sent])[sent]


@each_once(SentLink)
def links_of(asked: Collection[Sent]) -> dict[Sent, SentLink]:
    """The same for many (a read and two writes for any number; one more read for new ones)."""
    found = _rows(asked)
    if new := [each for each in asked if each[:3] not in found]:
        # Two senders at once make one.
        SentLink.objects.bulk_create(map(_made, new), ignore_conflicts=True)
        found |= _rows(new)
    links = {each: found[each[:3]] for each in asked}
    for link in links.values():
        if not link.works:
            renew(link)
        link.expires_at = clock.now() + purpose_of(link).lasts
    SentLink.objects.bulk_update(set(links.values()), ["expires_at"])
    return links


def _rows(asked: Collection[Sent]) -> dict[tuple[str, ...], SentLink]:
    subjects = {each.subject for each in asked}
    rows = SentLink.objects.filter(subject__in=subjects, purpose__in={each[0] for each in asked})
    return {(link.purpose, link.subject, link.address): link for link in rows}


def _made(sent: Sent) -> SentLink:
    link = SentLink(**sent._asdict())
    return _set(link, purpose_of(link))


def renew(link: SentLink) -> None:
    """A new link in its place: what was sent before no longer works."""
    link.generation += 1
    link.recalled_at, link.recalled_because, link.used_at = None, "", None
    _set(link, purpose_of(link)).save(force_update=True)


def _set(link: SentLink, purpose: Purpose) -> SentLink:
    link.made_at, link.expires_at = clock.now(), clock.now() + purpose.lasts
    # Made anew with today's key, whatever an older one would give.
    link.token_sha256 = ""
    link.token_sha256 = hash_of(token_for(link))
    return link


def send_link(link: SentLink, *, kind: str, dedupe: str, **context: Any) -> None:
    """Queues the e-mail that carries it, to its own address. In the caller's transaction."""
    queue_mail(
        kind=kind,
        address=link.address,
        organisation_id=link.organisation_id,
        context={"link": link.pk, **context},
        dedupe=dedupe,
    )


def url_of(link: SentLink) -> str:
    """The whole address that the link opens: for an e-mail to its own address, and nothing else.

    After a change of the portal's key that the settings do not know of, a new link in its place.
    """
    token = token_for(link)
    if hash_of(token) != link.token_sha256:
        link.token_sha256 = hash_of(token)
        SentLink.objects.filter(pk=link.pk).update(token_sha256=link.token_sha256)
    return f"{settings.SITE_URL}{reverse('link', args=[token])}"


def link_of_mail(context: dict[str, Any]) -> SentLink:
    """The link that an e-mail carries. Raises NotNeeded when it no longer works or is used."""
    link = SentLink.objects.filter(pk=context["link"]).first()
    if link is None or not link.works or link.used_at:
        raise NotNeeded
    return link


def recall(purpose: Purpose, subjects: Iterable[str], because: str) -> None:
    """What was sent for these no longer works; `because` is a sentence for who opens it."""
    with transaction.atomic():
        for link in lock_links(purpose, subjects):
            link.recalled_at, link.recalled_because = clock.now(), because
            link.save(update_fields=["recalled_at", "recalled_because"])


def lock_links(purpose: Purpose, subjects: Iterable[str]) -> list[SentLink]:
    """Those that were sent for these and were not recalled, locked in one order."""
    rows = SentLink.objects.filter(purpose=purpose.key, subject__in=list(subjects))
    still = rows.filter(recalled_at=None).order_by("pk")
    return list(still.select_for_update(no_key=True))


def mark_used(link: SentLink) -> None:
    """Somebody did what it is good for. The link is locked."""
    link.used_at = clock.now()
    link.save(update_fields=["used_at"])
