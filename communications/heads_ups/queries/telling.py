"""Who is to be told of heads-ups, and since when they were: by the outbox, or as somebody said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import F

from agreements.models import read_holders
from communications.heads_ups.rules import Standing
from communications.models import HeadsUp, OwedTo, Told
from mail.models import Delivery


def standings_of(rows: Iterable[OwedTo]) -> list[Standing]:
    """How each of these stands, in their order."""
    return [
        Standing(
            row.concerned.agreement_id,
            name_of(row),
            told_at(row),
            bool(row.committee_id),
            row.concerned.agreement.reference,
        )
        for row in rows
    ]


def name_of(row: OwedTo) -> str:
    """What the party or the committee is called."""
    if row.committee:
        return row.committee.name
    assert row.party  # noqa: S101 - one of the two
    return row.party.name


def told_at(row: OwedTo) -> datetime | None:
    """As it was recorded, or else as far as is known by now. `owed_by` read the row."""
    found: datetime | None = row.told_at or getattr(row, "told_by_mail", None)
    return found


def owed_by(heads_ups: Collection[int]) -> dict[int, list[OwedTo]]:
    """Heads-up id -> who is to be told, by agreement, parties first; with names and e-mails at hand
    (six queries, for any number)."""
    rows = OwedTo.objects.filter(concerned__heads_up__in=heads_ups)
    parties_first = F("committee").asc(nulls_first=True)
    found = list(
        rows.select_related("concerned__agreement", "party__agreement", "committee")
        .prefetch_related("told")
        .order_by("concerned__agreement__reference", parties_first, "party__position", "pk")
    )
    read_holders([row.party for row in found if row.party])
    times = mailed({each for row in found for each in row.told.all()})
    by_heads_up: dict[int, list[OwedTo]] = defaultdict(list)
    for row in found:
        known = [at for each in row.told.all() if (at := times[each.pk])]
        row.told_by_mail = min(known, default=None)  # type: ignore[attr-defined]
        by_heads_up[row.concerned.heads_up_id].append(row)
    return by_heads_up


def mailed(told: Iterable[Told]) -> dict[int, datetime | None]:
    """Id -> since when each address has the heads-up: its e-mail went, or it was read before that
    could be known (one query). None while nothing shows it."""
    rows = list(told)
    sent = Delivery.objects.filter(
        dedupe__in=[each.dedupe for each in rows], state=Delivery.State.SENT
    )
    went = dict(sent.values_list("dedupe", "sent_at"))
    return {
        each.pk: min(filter(None, (went.get(each.dedupe), each.read_at)), default=None)
        for each in rows
    }


def feedback_told(heads_ups: Collection[int]) -> dict[int, list[Told]]:
    """Heads-up id -> the addresses of feedback, with since when each has it as `mailed_at` (two
    queries, for any number). Nobody is owed it, so no other row says whom it goes to."""
    rows = list(Told.objects.filter(heads_up__in=heads_ups).order_by("pk"))
    times = mailed(rows)
    found: dict[int, list[Told]] = defaultdict(list)
    for each in rows:
        each.mailed_at = times[each.pk]
        found[each.heads_up_id].append(each)
    return found


def failed(told: Iterable[Told]) -> set[int]:
    """The ids of those whose e-mail did not arrive, and that nothing more is tried for."""
    by_key = {each.dedupe: each.pk for each in told}
    rows = Delivery.objects.troubled().filter(dedupe__in=by_key)
    return {by_key[key] for key in rows.values_list("dedupe", flat=True)}


def nobody_for(heads_up: HeadsUp) -> list[str]:
    """The parties for which nobody could be told by e-mail, each once (three queries)."""
    rows = OwedTo.objects.filter(concerned__heads_up=heads_up, told=None, committee=None)
    found = list(rows.select_related("party__agreement").order_by("party__position", "pk"))
    read_holders([row.party for row in found if row.party])
    return list(dict.fromkeys(map(name_of, found)))
