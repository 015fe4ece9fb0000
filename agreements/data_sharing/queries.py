"""Records of shared data, as pages and answers read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from agreements.core.parties import parties_of
from agreements.models import (
    Agreement,
    ClauseText,
    DataSharing,
    DataSharingEntry,
    DataSharingWord,
)
from agreements.models.data_sharing import newest_entries

KEEPING: Final = "data_sharing"


def with_parties(
    record: DataSharing, agreement: Agreement, entries: Iterable[DataSharingEntry] | None = None
) -> tuple[DataSharing, DataSharingEntry]:
    """The record and what it says now, with the parties of its agreement at hand."""
    parties = {party.pk: party for party in parties_of(agreement)}
    record.agreement, record.kept_by = agreement, parties[record.kept_by_id]
    found = [record.entries.get(seq=record.edit_no)] if entries is None else list(entries)
    for each in found:
        each.record = record
        each.sender = parties.get(each.sender_id) if each.sender_id else None
        each.receiver = parties.get(each.receiver_id) if each.receiver_id else None
    return record, found[0]


def listed(agreement: Agreement) -> list[DataSharingEntry]:
    """What each record of the agreement says now, in their order, with whether another party says
    that it is not right, or that it is (one query)."""
    rows = stated(newest_entries(record__agreement=agreement.pk))
    for each in (found := list(rows)):
        with_parties(each.record, agreement, [each])
    return found


def stated(rows: QuerySet[DataSharingEntry]) -> QuerySet[DataSharingEntry]:
    """With `is_called_wrong` and `is_called_right`: the last word of each other party counts."""
    return rows.annotate(is_called_wrong=_last_words(False), is_called_right=_last_words(True))


def _last_words(agrees: bool) -> Exists:
    of_record = {"entry__record": OuterRef("record"), "entry__content_no": OuterRef("content_no")}
    words = DataSharingWord.objects.filter(**of_record)
    later = DataSharingWord.objects.filter(
        entry__record=OuterRef("entry__record"), organisation=OuterRef("organisation"),
        entry__content_no=OuterRef("entry__content_no"), pk__gt=OuterRef("pk"),
    )  # fmt: skip
    return Exists(words.filter(~Exists(later), agrees=agrees))


def words_on(newest: DataSharingEntry) -> list[DataSharingWord]:
    """What other parties said of what the record says now, in their order (one query)."""
    same = {"entry__record": newest.record_id, "entry__content_no": newest.content_no}
    rows = DataSharingWord.objects.filter(**same).select_related("organisation", "user__person")
    return list(rows.order_by("at", "pk"))


def has_data_sharing() -> dict[str, ExpressionWrapper]:
    """Whether anything was ever recorded under an agreement, or its text in force asks for it."""
    recorded = DataSharing.objects.filter(agreement=OuterRef("pk"))
    asked = ClauseText.objects.filter(
        version=OuterRef("in_force_version"), bindings__icontains=f'"{KEEPING}"'
    )
    ever = Exists(recorded) | Exists(asked)
    return {"has_data_sharing": ExpressionWrapper(ever, BooleanField())}


def running_at(agreement: Agreement, end: datetime) -> QuerySet[DataSharingEntry]:
    """What the records said that ran before an instant."""
    later = DataSharingEntry.objects.filter(
        record=OuterRef("record"), seq__gt=OuterRef("seq"), added_at__lt=end
    )
    ran = Q(record__ended_at=None) | Q(record__ended_at__gte=end)
    rows = DataSharingEntry.objects.filter(
        ran, ~Exists(later), record__agreement=agreement.pk, added_at__lt=end
    )
    return rows.select_related("record").order_by("record__number")


def still_running(agreements: Collection[int]) -> QuerySet[DataSharing, Any]:
    """Agreement id and how many of its records have not ended, for each that has one."""
    rows = DataSharing.objects.filter(agreement__in=agreements, ended_at=None)
    return rows.order_by().values_list("agreement").annotate(Count("pk"))
