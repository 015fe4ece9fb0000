"""How many disagreements were settled, and how long they stood at which level (A24, B15)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from agreements.core.measuring import fell_in
from agreements.core.reached import subpage_url
from agreements.models import Agreement, read_parties
from escalations.models import Disagreement, Step
from escalations.rules.levels import Stay, level_of, stays
from house.answers import Measure
from house.clock import london_day
from nhsuk.words import and_list, plural

State = Disagreement.State
LABEL: Final = "Disagreements settled"


def measures(agreements: Sequence[Agreement], since: date, until: date) -> dict[int, list[Measure]]:
    """Agreement id -> one for all parties together, where there was a disagreement (three queries).

    Of one between some of the parties the others may know that there is one, and how it ended, but
    not its level (record 0054): the days at the levels are those of what concerns all.
    """
    read_parties(agreements)
    asked = {each.pk: each for each in agreements}
    rows = Disagreement.objects.filter(agreement__in=asked).select_related("version")
    there = [each for each in rows.order_by("pk") if london_day(each.opened_at) <= until]
    there = [each for each in there if not each.closed_at or london_day(each.closed_at) >= since]
    moves = _moves(there)
    found: dict[int, list[Disagreement]] = defaultdict(list)
    for each in there:
        each.agreement = asked[each.agreement_id]
        found[each.agreement_id].append(each)
    return {pk: list(_of(asked[pk], of_one, moves, since, until)) for pk, of_one in found.items()}


def _moves(disagreements: Sequence[Disagreement]) -> dict[int, list[Step]]:
    rows = Step.objects.filter(disagreement__in=disagreements, kind=Step.Kind.TAKEN_UP)
    found: dict[int, list[Step]] = defaultdict(list)
    for step in rows.order_by("at", "pk"):
        found[step.disagreement_id].append(step)
    return found


def _of(
    agreement: Agreement,
    disagreements: Sequence[Disagreement],
    moves: Mapping[int, Sequence[Step]],
    since: date,
    until: date,
) -> Iterator[Measure]:
    ended = Counter(each.state for each in disagreements if fell_in(each.closed_at, since, until))
    opened = sum(fell_in(each.opened_at, since, until) for each in disagreements)
    still = sum(not fell_in(each.closed_at, since, until) for each in disagreements)
    said = [f"{plural(opened, 'was', 'were')} opened in these months."] if opened else []
    if ended[State.WITHDRAWN]:
        said.append(f"{plural(ended[State.WITHDRAWN], 'was', 'were')} withdrawn.")
    of_all = [each for each in disagreements if each.concerns_all]
    if spent := _days(of_all, moves, since, until):
        days = and_list(f"{label} {plural(many, 'day')}" for label, many in spent.items())
        said.append(f"Time at each level: {days}.")
    yield Measure(
        "disagreements", LABEL, met=ended[State.AGREED], open=still,
        url=subpage_url(agreement.reference, "disagreements"), said=" ".join(said),
    )  # fmt: skip


def _days(
    disagreements: Sequence[Disagreement],
    moves: Mapping[int, Sequence[Step]],
    since: date,
    until: date,
) -> dict[str, int]:
    """The label of a level -> how many of these days disagreements spent there, all together."""
    found: Counter[str] = Counter()
    for each in disagreements:
        for key, stay in stays(each, moves.get(each.pk, ())).items():
            if days := _within(stay, since, until):
                found[level_of(each.terms, key).label] += days
    return dict(found)


def _within(stay: Stay, since: date, until: date) -> int:
    """How many of these London days it was there in the evening: runs of days add up."""
    first = max(london_day(stay.since), since)
    gone = london_day(stay.until) if stay.until else None
    if gone is None or gone > until:
        return max(0, (until - first).days + 1)
    return max(0, (gone - first).days)
