"""Are the lead times and the embargo kept? Answered from what the reader may see, with evidence.

Before a release the other party sees nothing of an announcement, so its answer cannot show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from agreements.models import Agreement
from communications.models import Announcement, ConcernedAgreement
from communications.presenters.words import called, url_of
from communications.queries.agreements import BINDINGS
from communications.queries.listing import by_agreement
from house import clock
from house.room import Evidence, Keeping
from nhsuk.dates import moment
from nhsuk.words import capital, plural
from parties.acting import Acting

EMBARGO = "embargo"
# A duty that goes on for ever is judged by its last year.
LOOKED_AT = timedelta(days=365)
MOST_EVIDENCE = 5

KINDS = {
    "publication_lead_time": "the lead time for publications",
    "press_release_lead_time": "the lead time for press releases",
    EMBARGO: "the embargo on drafts",
}


def keepings(agreements: Iterable[Agreement], acting: Acting) -> dict[int, dict[str, Keeping]]:
    """Agreement id -> key -> the answer (two queries for any number of agreements)."""
    ids = [agreement.pk for agreement in agreements]
    found = by_agreement(ids, acting)
    return {pk: _of_agreement(found.get(pk, ())) for pk in ids}


def _of_agreement(rows: Sequence[ConcernedAgreement]) -> dict[str, Keeping]:
    lead_times = {
        key: lead_time([row for row in rows if row.announcement.kind == kind], key)
        for kind, key in BINDINGS.items()
    }
    return {**lead_times, EMBARGO: embargo(rows)}


def lead_time(rows: Sequence[ConcernedAgreement], key: str) -> Keeping:
    """Whether the drafts of one kind were shared in time, in the last year."""
    released = _released_lately(rows)
    missed = [row for row in released if not row.met]
    coming = [row for row in rows if row.announcement.is_open]
    late = [row for row in coming if not row.met and row.share_by <= clock.now()]
    what = KINDS[key].removeprefix("the lead time for ")
    if missed or late:
        return Keeping("missed", _missed(released, missed, late, what), _evidence(missed or late))
    if released:
        all_of = "Both" if len(released) == 2 else f"All {len(released)}"
        many = f"{all_of} drafts of the last year were shared in time."
        one = "The one draft of the last year was shared in time."
        sentence = many if len(released) > 1 else one
        return Keeping("kept", f"{sentence}{_next(coming)}", _evidence(released))
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


def _missed(
    released: Sequence[ConcernedAgreement],
    missed: Sequence[ConcernedAgreement],
    late: Sequence[ConcernedAgreement],
    what: str,
) -> str:
    parts = []
    if missed:
        parts.append(
            f"{len(missed)} of {len(released)} {what} of the last year came at short notice."
        )
    if late:
        parts.append(f"{plural(len(late), 'draft')} should have been shared by now.")
    return " ".join(parts)


def _next(coming: Sequence[ConcernedAgreement]) -> str:
    """The next share-by time that is not met yet."""
    waiting = [row for row in coming if row.reached_at is None]
    if waiting:
        return f" Next: share a draft by {moment(min(row.share_by for row in waiting))}."
    return f" {plural(len(coming), 'draft')} shared and not released yet." if coming else ""


def _evidence(rows: Sequence[ConcernedAgreement]) -> tuple[Evidence, ...]:
    newest = sorted(rows, key=lambda row: row.announcement.planned_for, reverse=True)
    return tuple(_of(row.announcement) for row in newest[:MOST_EVIDENCE])


def _of(announcement: Announcement) -> Evidence:
    text = called(announcement)
    return Evidence(capital(text), url_of(announcement))
