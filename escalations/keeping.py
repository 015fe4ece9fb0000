"""Whether the levels of an agreement are kept: what was opened was settled by both (A24)."""

from __future__ import annotations

from collections.abc import Sequence

from agreements.models import Agreement
from escalations.models import Disagreement
from escalations.presenters.words import heading, how_long, page_of, several, since_when
from escalations.queries.listing import disagreements_under
from escalations.rules.levels import Stay, present
from escalations.services.waiting import AFTER_DAYS, BINDING
from house import clock
from house.room import Evidence, Keeping
from nhsuk.words import plural
from parties.acting import Acting

KEY = BINDING
State = Disagreement.State


def keepings(agreements: Sequence[Agreement], acting: Acting) -> dict[int, dict[str, Keeping]]:
    """Agreement id -> the answer for its levels, for those in force (two queries)."""
    found = disagreements_under(agreements, acting)
    answered = (agreement for agreement in agreements if agreement.in_force_version_id)
    return {each.pk: {KEY: _keeping(found.get(each.pk, ()))} for each in answered}


def _keeping(disagreements: Sequence[Disagreement]) -> Keeping:
    still_open = [each for each in disagreements if each.is_open]
    settled = [each for each in disagreements if each.state == State.AGREED]
    if still_open:
        return _of_open(still_open)
    if settled:
        word = settled[0].word
        count = plural(len(settled), word, several(word))
        return Keeping("kept", f"{count} settled, accepted by all parties.", _evidence(settled))
    if disagreements:
        return Keeping("nothing_yet", "What was opened was withdrawn; nothing had to be settled.")
    return Keeping("nothing_yet", "Nothing has had to be settled so far.")


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
