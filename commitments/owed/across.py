"""What is owed under all agreements that somebody sees: who owes it, and which is late first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Concat

from agreements.core.parties import with_organisations
from agreements.core.searching import called
from agreements.models import Agreement, read_parties, spells_today
from commitments.models import Commitment
from commitments.owed.pages.agreement import OwedRow
from commitments.owed.reading import days_asked, read_owed
from commitments.owed.services.due import KIND
from commitments.owed.services.locking import with_parties
from commitments.owed.status import keeping_of
from deadlines.models import Deadline
from house import clock
from nhsuk import forms
from parties.acting import Acting

State = Commitment.State


class AcrossFilter(forms.FilterForm):
    """What narrows the list of commitments under all agreements."""

    whose = forms.SelectField(
        label="Whose",
        choices=[("", "Any"), ("ours", "What we owe"), ("theirs", "What others owe")],
    )
    state = forms.SelectField(
        label="State",
        choices=[("", "Running"), ("late", "Late, with no record"), ("due", "Due by a day"),
                 ("standing", "Standing"), ("ended", "Ended")],
    )  # fmt: skip
    agreement = forms.LineField(label="Title or reference of the agreement", max_length=100)
    text = forms.LineField(label="Words", max_length=100)


class KeyAsText(Func):
    """A key as text, as the subject of a deadline has it: SQLite stores it without its dashes."""

    output_field = TextField()
    template = "CAST(%(expressions)s AS TEXT)"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        sql, params = compiler.compile(self.get_source_expressions()[0])
        parts = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)]
        joined = " || '-' || ".join(f"SUBSTR({sql}, {at}, {many})" for at, many in parts)
        return joined, tuple(params) * len(parts)


def across(acting: Acting, wanted: Mapping[str, Any]) -> QuerySet[Commitment]:
    """Those that match, late ones first, then by the day; what has none comes last."""
    subject = Concat(Value("commitment:"), KeyAsText(OuterRef("key")), output_field=TextField())
    waits = Deadline.objects.still_open().filter(kind=KIND, subject_key=subject)
    soonest = Subquery(waits.order_by("due_on").values("due_on")[:1])
    seen: Any = Commitment.objects.visible_to(acting).exclude(state=State.IN_ERROR)
    in_hand = seen.exclude(agreement__state=Agreement.State.DISPOSED)
    found: QuerySet[Commitment] = in_hand.alias(waits_on=soonest).filter(_matching(acting, wanted))
    soonest_first = F("waits_on").asc(nulls_last=True)
    in_order = found.order_by(soonest_first, "agreement__reference", "number")
    related = ("agreement__in_force_version", "person", "team", "recorded_for", "owed_by")
    return in_order.select_related(*related).prefetch_related(with_organisations("owed_by"))


def _matching(acting: Acting, wanted: Mapping[str, Any]) -> Q:
    own = Q(owed_by__in=spells_today(acting.organisation_id).values("party"))
    whose = {"ours": own, "theirs": ~own | Q(owed_by=None)}
    running, today = Q(state=State.RUNNING), clock.today()
    states = {
        "": running,
        "late": running & Q(waits_on__lt=today),
        "due": running & Q(waits_on__gte=today),
        "standing": running & Q(cadence=Commitment.Cadence.STANDING),
        "ended": Q(state=State.ENDED),
    }
    found = whose.get(wanted.get("whose") or "", Q()) & states.get(wanted.get("state") or "", Q())
    if wanted.get("agreement"):
        found &= Q(agreement__in=called(acting, wanted["agreement"]))
    if wanted.get("text"):
        found &= Q(what__icontains=wanted["text"]) | Q(details__icontains=wanted["text"])
    return found


def rows_of(commitments: Sequence[Commitment], acting: Acting) -> list[OwedRow]:
    """As a page shows them, with how each stands (a fixed number of queries)."""
    agreements = {each.agreement_id: each.agreement for each in commitments}
    read_parties(agreements.values())
    for each in commitments:
        with_parties(each, agreements[each.agreement_id])
    owed = read_owed(commitments)
    if any(each.commitment.is_standing for each in owed):
        asked = days_asked(list(agreements.values()), acting)
        for one in owed:
            one.asked = asked[one.commitment.agreement_id]
    return [OwedRow(each, keeping_of(each), None) for each in owed]
