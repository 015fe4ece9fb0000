"""Whether the levels of an agreement are kept: what was opened was settled by both (A24)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from agreements.models import Agreement
from escalations.models import Disagreement
from escalations.presenters.words import heading, how_long, page_of, several, since_when
from escalations.queries.listing import grouped, rows_under
from escalations.rules.levels import Stay, present
from escalations.services.waiting import AFTER_DAYS, BINDING
from house import clock
from house.answers import Evidence, Keeping
from house.asked_together import Asking
from nhsuk.words import plural
from parties.acting import Acting

KEY = BINDING
State = Disagreement.State


def asking(
    agreements: Sequence[Agreement], acting: Acting
) -> Asking[Mapping[int, Mapping[str, Keeping]]]:
    """Agreement id -> the answer for its levels, for those in force (one query).

    What other parties have between them counts for them alone: nobody else can open its evidence.
    """
    [rows] = yield [rows_under((agreement.pk for agreement in agreements), acting)]
    whose = grouped(rows)
    found, others = whose[True], whose[False]
    answered = (agreement for agreement in agreements if agreement.in_force_version_id)
    return {
        each.pk: {KEY: _keeping(found.get(each.pk, ()), others.get(each.pk, ()))}
        for each in answered
    }


def _keeping(disagreements: Sequence[Disagreement], others: Sequence[Disagreement]) -> Keeping:
    own = _of_own(disagreements, "with you " if others else "")
    if not others:
        return own
    more = plural(len(others), others[0].word, several(others[0].word))
    is_or_are = "is" if len(others) == 1 else "are"
    return replace(own, sentence=f"{own.sentence} {more} {is_or_are} between other parties.")


def _of_own(disagreements: Sequence[Disagreement], with_whom: str) -> Keeping:
    still_open = [each for each in disagreements if each.is_open]
    settled = [each for each in disagreements if each.state == State.AGREED]
    if still_open:
        return _of_open(still_open)
    if settled:
        word = settled[0].word
        count = plural(len(settled), word, several(word))
        each = "each " if len(settled) > 1 else ""
        sentence = f"{count} settled, {each}accepted by all of its parties."
        return Keeping("kept", sentence, _evidence(settled))
    if disagreements:
        return Keeping("nothing_yet", "What was opened was withdrawn; nothing had to be settled.")
    return Keeping("nothing_yet", f"Nothing has had to be settled {with_whom}so far.")


def _of_open(disagreements: Sequence[Disagreement]) -> Keeping:
    """Due while it is under way; missed when it stands still after the last reminder has gone."""
    oldest = min(disagreements, key=lambda each: each.level_since)
    at = f"at the level “{present(oldest).label}” for {how_long(oldest)}"
    sentence = f"{heading(oldest.name)} has been {at}."
    if more := len(disagreements) - 1:
        sentence += f" {plural(more, 'more is', 'more are')} open."
    stands_still = Stay(oldest.level_since, None).days(clock.today()) > AFTER_DAYS[-1]
    return Keeping("missed" if stands_still else "due", sentence, _evidence(disagreements))


def _evidence(disagreements: Sequence[Disagreement]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(f"{heading(each.name)}, {since_when(each)}", page_of(each))
        for each in disagreements
    )
