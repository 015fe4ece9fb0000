"""When the other parties had a draft, read from the shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Min

from agreements.models import Party
from communications.models import Share
from communications.queries.parties import others_of


def reached_at(
    parties: Iterable[Party], owner_id: int, first: Mapping[int, datetime]
) -> datetime | None:
    """When the last of an agreement's other parties first had a draft; None while one has none.

    `first` is what `first_shares` gives: a share that was taken back counts no more.
    """
    others = others_of(parties, owner_id)
    if not others or any(each.pk not in first for each in others):
        return None
    return max(first[each.pk] for each in others)


def first_shares(announcement_id: int) -> dict[int, datetime]:
    """Organisation id -> when it first had a draft, of the shares that are still open."""
    shares = Share.objects.still_open().filter(draft__announcement=announcement_id)
    rows = shares.order_by().values("organisation").annotate(first=Min("shared_at"))
    return dict(rows.values_list("organisation", "first"))
