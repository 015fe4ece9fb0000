"""One-time codes: sent to the address of the link, whoever asks; ten minutes, five tries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F

from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from mail.kinds import Message, NotNeeded, kind
from mail.links.purposes import purpose_of
from mail.links.tokens import code_for, hash_of_code, is_right
from mail.models import LinkCode, SentLink
from mail.services import queue_mail

LASTS: Final = timedelta(minutes=10)
TRIES: Final = 5

ASK = "Ask for a code first: press “Send me a code”. Nothing was done."
LATE = "This code is too old: it worked for ten minutes. Ask for a new one. Nothing was done."
SPENT = "This code was tried too often. Ask for a new one. Nothing was done."


def ask_code(link: SentLink) -> None:
    """Sends a new code to the address of the link; those from before no longer count."""
    with transaction.atomic():
        lock(link)
        now = clock.now()
        code = LinkCode(link=link, asked_at=now, expires_at=now + LASTS)
        code.code_sha256 = hash_of_code(code, code_for(code))
        code.save()
        queue_mail(
            kind="link_code",
            address=link.address,
            organisation_id=link.organisation_id,
            context={"code": code.pk},
            dedupe=f"link_code:{code.key}",
        )


def check_code(link: SentLink, typed: str) -> None:
    """Raises Refused for a wrong code, an old one, and one that was tried too often.

    A wrong try stays counted, whatever comes of it. The row of the code is taken before any other,
    and the link's is not: who takes a link back holds its agreement.
    """
    with transaction.atomic():
        code = newest_code(link)
        problem = _problem(code, typed) if code else ASK
    if problem:
        raise Refused(problem, field="code")


def _problem(code: LinkCode, typed: str) -> str:
    if code.used_at:
        return ASK
    if code.expires_at <= clock.now():
        return LATE
    row = LinkCode.objects.filter(pk=code.pk)
    # Counted before it is looked at: of many guesses at one moment five are.
    if not row.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        return SPENT
    if is_right(code, "".join(typed.split())):
        row.update(tries=F("tries") - 1)
        return ""
    left = TRIES - row.values_list("tries", flat=True)[0]
    if not left:
        return f"This is not the code. {SPENT}"
    times = "once" if left == 1 else f"{left} times"
    return f"This is not the code. You can try {times} more. Nothing was done."


def newest_code(link: SentLink) -> LinkCode | None:
    """The one that counts, of the link as it is now."""
    return link.codes.filter(asked_at__gte=link.made_at).select_related("link").last()


def use_code(link: SentLink) -> None:
    """The code that was checked a moment ago is used up. The link is locked. Raises Refused where
    another page used it first."""
    code = newest_code(link)
    if code is None or code.used_at or code.expires_at <= clock.now():
        raise Refused(ASK, field="code")
    code.used_at = clock.now()
    code.save(update_fields=["used_at"])


@kind("link_code", "One-time code")
def _mail(context: dict[str, Any]) -> Message:
    code = LinkCode.objects.select_related("link").filter(pk=context["code"]).first()
    if code is None or code.used_at or code.expires_at <= clock.now():
        raise NotNeeded
    if newest_code(code.link) != code or not code.link.works:
        raise NotNeeded
    purpose, digits = purpose_of(code.link), code_for(code)
    what = "Your one-time code"
    return Message(
        subject=f"{what}: {settings.PORTAL_NAME}",
        heading=what,
        about=purpose.about(code.link) if purpose.about else (),
        paragraphs=(
            f"The code is {digits[:3]} {digits[3:]}.",
            "It works for ten minutes, on the page on which it was asked for. Type it there.",
            "If you did not ask for it, do nothing, and give it to nobody.",
        ),
        why="somebody opened the link that we sent to this address, and asked for a code.",
        button_text="",
        button_url="",
    )
