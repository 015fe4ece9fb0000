"""Entries of logs as pages and agendas read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast

from agreements.models import Access, Agreement, ClauseText, spells_today
from agreements.models.associated import newest_versions
from commitments.logs.words import BINDINGS
from commitments.models import LogEntry, LogEntryQuerySet, LogShare
from house import clock
from house.asked_together import Asking
from house.tracked import recorded, rows_of
from parties.acting import Acting

State = LogEntry.State


def seen_by(acting: Acting) -> LogEntryQuerySet:
    """All that the reader may see; each says whether they see its agreement (`is_own`)."""
    found: LogEntryQuerySet = LogEntry.objects.visible_to(acting)
    access = Access.objects.filter(
        organisation=acting.organisation_id or 0, agreement=OuterRef("agreement")
    )
    related = ("agreement__in_force_version", "recorded_by__person", "recorded_for",
               "closed_by__person", "document")  # fmt: skip
    rows = found.select_related(*related).annotate(is_own=Exists(access))
    return rows.prefetch_related("recorded_for__names")


def of_agreement(agreement: Agreement, acting: Acting, wanted: Mapping[str, Any]) -> Any:
    """The entries of one agreement, the newest first; `wanted` is what the filter asks for."""
    rows = LogEntry.objects.of_own(acting).filter(agreement=agreement)
    rows = rows.select_related("recorded_for").prefetch_related("recorded_for__names")
    return rows.filter(matching(wanted)).order_by("-happened_on", "-number")


def matching(wanted: Mapping[str, Any]) -> Q:
    """What the filter form asks for; any of it may be empty."""
    states = {"": ~Q(state=State.IN_ERROR), "open": Q(state=State.OPEN),
              "closed": Q(state=State.CLOSED), "all": Q()}  # fmt: skip
    found = states.get(wanted.get("state") or "", Q())
    if wanted.get("kind"):
        found &= Q(kind=wanted["kind"])
    if wanted.get("document"):
        found &= Q(document=wanted["document"])
    if wanted.get("text"):
        words = wanted["text"]
        found &= Q(what__icontains=words) | Q(text__icontains=words) | Q(groups__icontains=words)
    return found


def passed_on_to(agreement: Agreement, acting: Acting) -> Any:
    """What comes from other agreements, the newest first."""
    rows = LogShare.objects.visible_to(acting).filter(that_stand(), agreement=agreement)
    named = rows.select_related("entry", "shared_for").prefetch_related("shared_for__names")
    return named.order_by("-shared_at", "-pk")


def that_stand() -> Q:
    """Of what was passed on: what was not taken back, and is not gone with its agreement."""
    return Q(ended_at=None) & ~Q(entry__agreement__state=Agreement.State.DISPOSED)


def shares_of(entry: LogEntry, acting: Acting) -> tuple[list[LogShare], int]:
    """Where an entry was passed on to, as far as the reader sees these agreements; and how many
    more there are."""
    rows = entry.shares.filter(ended_at=None)
    seen = list(rows.visible_to(acting).select_related("agreement", "shared_for"))
    return seen, rows.count() - len(seen)


def may_be_named(acting: Acting, entry: LogEntry) -> Any:
    """The agreements in force to which an entry can be passed on: one's own, without those that
    have it."""
    held = spells_today(acting.organisation_id).values("party__agreement")
    there = entry.shares.filter(ended_at=None).values("agreement")
    rows = Agreement.objects.taking_acts().filter(pk__in=held).exclude(pk=entry.agreement_id)
    return rows.exclude(pk__in=there).order_by("reference")


def documents_called(entries: Sequence[LogEntry]) -> dict[int, str]:
    """Document id -> its title of today (one query; none where no entry names one)."""
    ids = {each.document_id for each in entries if each.document_id}
    rows = newest_versions(document__in=ids) if ids else ()
    return {each.document_id: each.title for each in rows}


def asking_open_risks_at(
    agreement: Agreement, end: datetime, acting: Acting
) -> Asking[list[LogEntry]]:
    """Those that were open before an instant, as they were recorded then (nothing is asked where
    a page has read that there is no entry)."""
    if vars(agreement).get("has_log_entries") is False:
        return []
    of_it = Agreement.objects.visible_to(acting).filter(pk=agreement.pk)
    open_ones = recorded(
        LogEntry, end, related=["recorded_for"], where=Q(state=State.OPEN),
        kind=LogEntry.Kind.RISK, agreement__in=of_it,
    )  # fmt: skip
    [rows] = yield [open_ones]
    found: list[LogEntry] = rows_of(rows, ["recorded_for"])
    return sorted(found, key=lambda each: each.number)


def marks() -> dict[str, Any]:
    """Of the agreement around them: its text asks for a log, or there is something in one."""
    texts = ClauseText.objects.filter(version=OuterRef("in_force_version"))
    bound = Q(*(Q(said__contains=f'"{key}"') for key in BINDINGS), _connector=Q.OR)
    asks = texts.annotate(said=Cast("bindings", TextField())).filter(bound)
    own = LogEntry.objects.filter(agreement=OuterRef("pk"))
    others = LogShare.objects.filter(agreement=OuterRef("pk"), ended_at=None)
    return {"asks_for_logs": Exists(asks), "has_log_entries": Exists(own) | Exists(others)}


def has_logs(agreement: Agreement) -> bool:
    """Whether a page of its logs is there, by what was read with it."""
    marked = vars(agreement)
    return bool(marked.get("asks_for_logs") or marked.get("has_log_entries"))


def learned(
    agreements: Collection[Agreement], since: date, until: date, most: int
) -> dict[int, list[LogEntry]]:
    """Agreement id -> what was put on its log of learning in these days, the newest first; what
    parties of other agreements passed on in them too (two queries)."""
    begin, end = clock.london_instant(since, time(0)), clock.end_of(until)
    learning = {"kind": LogEntry.Kind.LEARNING}
    rows = LogEntry.objects.that_count().filter(
        agreement__in=agreements, recorded_at__gte=begin, recorded_at__lt=end, **learning
    )
    shares = LogShare.objects.filter(
        that_stand(), agreement__in=agreements, shared_at__gte=begin, shared_at__lt=end,
        entry__kind=LogEntry.Kind.LEARNING,
    ).exclude(entry__state=State.IN_ERROR)  # fmt: skip
    found: dict[int, list[LogEntry]] = defaultdict(list)
    for entry in rows.order_by("-recorded_at")[:most]:
        found[entry.agreement_id].append(entry)
    for share in shares.select_related("entry").order_by("-shared_at")[:most]:
        found[share.agreement_id].append(share.entry)
    return found
