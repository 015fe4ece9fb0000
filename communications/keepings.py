"""Are the lead times and the embargo kept? Answered from what the reader may see, with evidence.

Before a release the other party sees nothing of an announcement, so its answer cannot show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from agreements.models import Agreement
from communications.models import Announcement, ConcernedAgreement
from communications.presenters.words import called, url_of
from communications.queries.agreements import BINDINGS
from communications.queries.listing import grouped, touching
from communications.rules import notice
from communications.team_keeping import CALLED, TEAM, answer, owing
from house import clock
from house.answers import Evidence, Keeping
from house.asked_together import Asking
from nhsuk.dates import moment
from nhsuk.words import and_list, capital, plural
from parties.acting import Acting

EMBARGO = "embargo"
# A duty that goes on for ever is judged by its last year.
LOOKED_AT = timedelta(days=365)
MOST_EVIDENCE = 5

# How the notice of a release can stand, of one and of many, and what the clauses do not allow.
NOTICES = {
    "in_time": ("was shared in time", "were shared in time"),
    "explained": ("came at shorter notice, explained",) * 2,
    "unexplained": ("came at short notice without a reason",) * 2,
    "none": ("came without a draft shared before it", "came without drafts shared before them"),
}
MISSED = {"unexplained", "none"}

KINDS = {
    "publication_lead_time": "the lead time for publications",
    "press_release_lead_time": "the lead time for press releases",
    EMBARGO: "the embargo on drafts",
    TEAM: CALLED,
}


def asking(
    agreements: Sequence[Agreement], acting: Acting
) -> Asking[Mapping[int, Mapping[str, Keeping]]]:
    """Agreement id -> key -> the answer (one query for any number of agreements)."""
    asked = list(agreements)
    [touched] = yield [touching([agreement.pk for agreement in asked], acting)]
    found = grouped(touched)
    return {
        each.pk: _of_agreement(found.get(each.pk, ()))
        | {TEAM: answer(_released_lately(owing(each, found.get(each.pk, ()))), _evidence)}
        for each in asked
    }


def _of_agreement(rows: Sequence[ConcernedAgreement]) -> dict[str, Keeping]:
    lead_times = {
        key: lead_time([row for row in rows if row.announcement.kind == kind], key)
        for kind, key in BINDINGS.items()
    }
    return {**lead_times, EMBARGO: embargo(rows)}


def lead_time(rows: Sequence[ConcernedAgreement], key: str) -> Keeping:
    """Whether the drafts of one kind were shared as the clauses ask, in the last year.

    They allow shorter notice with its reason (A10); a release without any draft they do not. What
    was planned while the terms asked for no lead time is not counted.
    """
    rows = [row for row in rows if row.share_by]
    released = _released_lately(rows)
    missed = [row for row in released if of_notice(row) in MISSED]
    coming = [row for row in rows if row.announcement.is_open]
    late = [row for row in coming if row.is_overdue(clock.now())]
    what = KINDS[key].removeprefix("the lead time for ")
    if missed or late:
        sentence = " ".join(filter(None, (_of_released(released, what), _overdue(late))))
        return Keeping("missed", sentence, _evidence([*missed, *late]))
    if released:
        sentence = f"{_of_released(released, what)}{_next(coming)}"
        return Keeping("kept", sentence, _evidence(released))
    if coming:
        return Keeping("due", _next(coming).strip(), _evidence(coming))
    return Keeping("nothing_yet", f"No {what} so far.")


def embargo(rows: Sequence[ConcernedAgreement]) -> Keeping:
    """Whether drafts stayed with those who were named until somebody marked the release."""
    released = _released_lately(rows)
    under = [row for row in rows if row.announcement.is_open]
    if released:
        sentence = (
            f"{plural(len(released), 'announcement')} in the last year, open to named people only "
            "until somebody marked the release."
        )
        more = f" {len(under)} under embargo now." if under else ""
        return Keeping("kept", f"{sentence}{more}", _evidence(released))
    if under:
        return Keeping(
            "due", f"{plural(len(under), 'announcement')} under embargo now.", _evidence(under)
        )
    return Keeping("nothing_yet", "Nothing was under embargo so far.")


def _released_lately(rows: Sequence[ConcernedAgreement]) -> list[ConcernedAgreement]:
    since = clock.now() - LOOKED_AT
    released = [row for row in rows if row.announcement.is_released]
    return [row for row in released if row.announcement.release.released_at >= since]


def of_notice(row: ConcernedAgreement) -> str:
    """How the notice of a release stands to its lead time: a key of `NOTICES`."""
    if row.met:
        return "in_time"
    given = notice(row.reached_at, row.announcement.release.released_at)
    if given is None or given < timedelta():
        return "none"
    return "explained" if row.short_because else "unexplained"


def _of_released(released: Sequence[ConcernedAgreement], what: str) -> str:
    """Each release once: "Of 3 press releases in the last year 2 came with a draft in time, …"."""
    if not released:
        return ""
    counted = Counter(map(of_notice, released))
    if len(counted) == 1:
        one, many = NOTICES[of_notice(released[0])]
        first = f"The one {what.removesuffix('s')}"
        which = {1: first, 2: f"Both {what}"}.get(len(released), f"All {len(released)} {what}")
        return f"{which} of the last year {one if len(released) == 1 else many}."
    parts = [
        f"{counted[key]} {one if counted[key] == 1 else many}"
        for key, (one, many) in NOTICES.items()
        if counted[key]
    ]
    return f"Of {len(released)} {what} in the last year {and_list(parts)}."


def _overdue(late: Sequence[ConcernedAgreement]) -> str:
    return f"{plural(len(late), 'draft')} should have been shared by now." if late else ""


def _next(coming: Sequence[ConcernedAgreement]) -> str:
    """The next share-by time that is not met yet."""
    waiting = [row for row in coming if row.reached_at is None]
    if waiting:
        first = min(row.share_by for row in waiting if row.share_by)
        return f" Next: share a draft by {moment(first)}."
    return f" {plural(len(coming), 'draft')} shared and not released yet." if coming else ""


def _evidence(rows: Sequence[ConcernedAgreement]) -> tuple[Evidence, ...]:
    newest = sorted(rows, key=lambda row: row.announcement.planned_for, reverse=True)
    return tuple(_of(row.announcement) for row in newest[:MOST_EVIDENCE])


def _of(announcement: Announcement) -> Evidence:
    text = called(announcement)
    return Evidence(capital(text), url_of(announcement))
