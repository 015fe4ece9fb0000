"""What waits at the address of an organisation goes over to the one that takes its place (X07)."""

from __future__ import annotations

from collections.abc import Collection

from agreements.models import Agreement, InboundEmail
from house.answers import PassingOn
from parties.models import Organisation, Succession


def to_pass_on(old: Organisation, agreements: Collection[int]) -> list[PassingOn]:
    held = InboundEmail.objects.held().filter(organisation=old, agreement__in=agreements)
    return [PassingOn("e-mail that waits", "e-mails that wait", held.count())]


def lock_waiting(agreement: Agreement) -> None:
    rows = InboundEmail.objects.held().filter(agreement=agreement).order_by("pk")
    list(rows.select_for_update(no_key=True))


def pass_on(succession: Succession, agreement: Agreement) -> None:
    """Its managers decide from now on; one that came to both of them stays where it is."""
    held = InboundEmail.objects.held().filter(agreement=agreement)
    there = InboundEmail.objects.filter(agreement=agreement, organisation=succession.new)
    known = list(there.values_list("digest", flat=True))
    own = held.filter(organisation=succession.old).exclude(digest__in=known)
    own.update(organisation=succession.new)
