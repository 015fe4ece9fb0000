"""Whether the levels of an agreement are kept: what was opened was settled by both (A24)."""

from __future__ import annotations

from collections.abc import Sequence

from agreements.models import Agreement
from deadlines.holidays import holidays_of
from deadlines.models import Holiday
from deadlines.rules.working_days import Holidays
from escalations.models import Disagreement
from escalations.presenters.words import heading, page_of, several
from escalations.queries.clause import BINDING
from escalations.queries.of_agreements import disagreements_under
from escalations.rules.levels import Stay, level_of
from escalations.services.waiting import AFTER_DAYS
from house import clock
from house.room import Evidence, Keeping
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import Acting

KEY = BINDING
State = Disagreement.State


def keepings(agreements: Sequence[Agreement], acting: Acting) -> dict[int, dict[str, Keeping]]:
    """Agreement id -> the answer for its levels, for those in force (two queries)."""
    found = disagreements_under(agreements, acting)
    holidays = holidays_of(Holiday.Calendar.ENGLAND_AND_WALES) if found else frozenset()
    answered = (agreement for agreement in agreements if agreement.in_force_version_id)
    return {each.pk: {KEY: _keeping(found.get(each.pk, ()), holidays)} for each in answered}


def _keeping(disagreements: Sequence[Disagreement], holidays: Holidays) -> Keeping:
    still_open = [each for each in disagreements if each.is_open]
    settled = [each for each in disagreements if each.state == State.AGREED]
    if still_open:
        return _of_open(still_open, holidays)
    if settled:
        word = settled[0].word
        count = plural(len(settled), word, several(word))
        return Keeping("kept", f"{count} settled, accepted by all parties.", _evidence(settled))
    if disagreements:
        return Keeping("nothing_yet", "What was opened was withdrawn; nothing had to be settled.")
    return Keeping("nothing_yet", "Nothing has had to be settled so far.")


def _of_open(disagreements: Sequence[Disagreement], holidays: Holidays) -> Keeping:
    """Due while it is under way; missed when it stands still after the last reminder has gone."""
    today = clock.today()
    oldest = min(disagreements, key=lambda each: each.level_since)
    stay = Stay(oldest.level_since, None)
    label = level_of(oldest.terms, oldest.level).label
    how_long = stay.words(today, holidays)
    sentence = f"{heading(oldest.name)} has been at the level “{label}” for {how_long}."
    stands_still = stay.days(today) > AFTER_DAYS[-1]
    return Keeping("missed" if stands_still else "due", sentence, _evidence(disagreements))


def _evidence(disagreements: Sequence[Disagreement]) -> tuple[Evidence, ...]:
    return tuple(Evidence(_said(each), page_of(each)) for each in disagreements)


def _said(disagreement: Disagreement) -> str:
    if disagreement.closed_at:
        state = disagreement.get_state_display().lower()
        return f"{heading(disagreement.name)}, {state} on {day(disagreement.closed_at)}"
    return f"{heading(disagreement.name)}, opened on {day(disagreement.opened_at)}"
