"""A daily e-mail to the system administrators: the head of the audit, and what wants a person.

In their mailboxes the head is out of the reach of whoever changes the database (`audit.heads`).
"""

from __future__ import annotations

from datetime import date, time
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from agreements.disposal.queries import lately_disposed
from audit.chain import head, link_new_entries
from audit.report import late_links
from documents.unnamed import unnamed_files
from house import clock
from mail.kinds import MailEntry, Message, NotNeeded, kind
from mail.models import Delivery
from mail.services import delivery, queue_all
from mou_portal.administration import alarms
from nhsuk.dates import day
from nhsuk.words import and_list, plural
from parties.models import User

KIND: Final = "state_of_the_portal"
FROM: Final = time(7)  # in London
KEEP_IT: Final = (
    "Keep this e-mail. Nobody who changes the portal's database can change it, so that the audit "
    "can be checked against it."
)


def tell_administrators() -> int:
    """Queues today's e-mail to each who has not had it. Returns how many it queued."""
    today = clock.today()
    if clock.now() < clock.london_instant(today, FROM):
        return 0
    of_user = {f"{KIND}:{today}:{user.pk}": user for user in _administrators()}
    queued = Delivery.objects.filter(dedupe__in=of_user).values_list("dedupe", flat=True)
    missing = of_user.keys() - set(queued)
    if missing:
        link_new_entries()
        _queue({key: of_user[key] for key in missing}, today)
    return len(missing)


def _administrators() -> list[User]:
    return list(User.objects.filter(is_active=True, is_staff=True).order_by("pk"))


def _queue(of_user: dict[str, User], today: date) -> None:
    seq, digest = head()
    said = {
        "day": today.isoformat(), "link": seq, "hash": digest, "unnamed": _count_unnamed(),
        "disposed": lately_disposed(),
    }  # fmt: skip
    with transaction.atomic():
        queue_all(
            delivery(kind=KIND, address=user.email, context=said | {"user": user.pk}, dedupe=key)
            for key, user in of_user.items()
        )


@kind(KIND, "State of the portal")
def state_of_the_portal(context: dict[str, Any]) -> Message:
    """The head as it was when the e-mail was queued; what failed, as it is now."""
    if not User.objects.filter(pk=context["user"], is_active=True, is_staff=True).exists():
        raise NotNeeded
    what = f"Head of the audit on {day(date.fromisoformat(context['day']))}"
    return Message(
        subject=f"{what}: {settings.PORTAL_NAME}",
        heading=what,
        paragraphs=(
            KEEP_IT,
            f"Link {context['link']}: {context['hash']}",
            *_late(),
            *_unnamed(context),
            *_disposed(context),
        ),
        details=(
            f"To check: python manage.py verify_audit --head {context['link']}:{context['hash']}",
            "It comes every day. Where it does not, the portal's worker stands still.",
        ),
        entries=tuple(MailEntry(each.sentence, settings.SITE_URL + each.url) for each in alarms()),
        why="you are a system administrator of this portal.",
        button_text="Open the administration site",
        button_url=f"{settings.SITE_URL}{reverse('admin:index')}",
    )


def _count_unnamed() -> int | None:
    """None where the folder of files cannot be read: the e-mail goes all the same."""
    try:
        return sum(1 for _ in unnamed_files())
    except OSError:
        return None


def _unnamed(context: dict[str, Any]) -> list[str]:
    """As they were counted when it was queued: to count them reads the whole folder."""
    count = context.get("unnamed", 0)  # e-mails queued by the former version do not have it
    if count is None:
        return ["The folder of stored files could not be read: look at FILES_FOLDER."]
    files = plural(count, "stored file is", "stored files are")
    return [f"{files} named by no row: look at what unnamed_files says."] if count else []


def _disposed(context: dict[str, Any]) -> list[str]:
    """Out of the database, so that a restore of an older back-up is known to lack them."""
    references = context.get("disposed", [])
    if not references:
        return []
    return [
        f"Disposed of in the last week: {and_list(references)}. A back-up of before has them still."
    ]


def _late() -> list[str]:
    late = late_links()
    counted = plural(late, "entry was", "entries were")
    return [f"{counted} linked late: look at what verify_audit says of them."] if late else []
