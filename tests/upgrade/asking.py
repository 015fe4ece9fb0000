"""What a kept release is asked: when its sweeps run, and which pages have to open for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from agreements.models import Agreement
from deadlines.rules.working_hours import morning_of
from house.clock import london_day
from parties.models import Role, User
from tests.upgrade.year import Sent

# Long enough for everything that was pending to have fallen due.
SILENCE = timedelta(days=400)


def questions(end: datetime, sent: Sent) -> dict[str, Any]:
    following = morning_of(london_day(end) + timedelta(days=1))
    return {
        "at": end.isoformat(),
        "next sweep": following.isoformat(),
        "last sweep": (end + SILENCE).isoformat(),
        "pages": _pages(sent),
    }


def _pages(sent: Sent) -> dict[str, list[str]]:
    """Address -> paths: each agreement for both sides' managers, and what was linked to, once."""
    paths = {address: set(own) for address, own in _pages_of_managers()}
    asked = {path for own in paths.values() for path in own}
    with_account = set(User.objects.values_list("email", flat=True))
    for address, path in sorted(sent):
        if address in with_account and path not in asked:
            paths.setdefault(address, set()).add(path)
            asked.add(path)
    return {address: sorted(own) for address, own in sorted(paths.items())}


def _pages_of_managers() -> Iterator[tuple[str, list[str]]]:
    for user in User.objects.filter(memberships__role=Role.MANAGER).order_by("email").distinct():
        organisations = user.memberships.values("organisation")
        held = Agreement.objects.filter(access__organisation__in=organisations).order_by("pk")
        yield user.email, ["/", *(path for each in held for path in _pages_of(each))]


def _pages_of(agreement: Agreement) -> Iterator[str]:
    page = f"/agreements/{agreement.reference}/"
    yield page
    yield from (f"{page}{key}/" for key in ("versions", "people", "history"))
    if agreement.in_force_version_id:
        yield from (f"{page}{key}/" for key in ("kept", "meetings", "announcements"))
    numbers = list(agreement.versions.order_by("seq").values_list("seq", flat=True))
    yield from (f"{page}versions/{seq}/" for seq in numbers)
    yield from (f"{page}compare/{older}..{newer}/" for older, newer in pairwise(numbers))
    if agreement.versions.filter(seal__state="sealed").exists():
        yield f"{page}signed.pdf"
    if agreement.is_registered:
        yield f"{page}registered.pdf"
