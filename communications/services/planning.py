"""Planning an announcement, and changing what it is or whom it touches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction

from agreements.core.parties import require_role
from agreements.models import Agreement
from communications.models import Announcement, ConcernedAgreement
from communications.queries.agreements import agreements_to_announce, others_of, sides_by_agreement
from communications.queries.readers import first_shares
from communications.rules import lead_hours, share_by_if_asked
from communications.services.dates import concerned_of, drop_date, keep_dates
from communications.services.locking import lock_agreements, lock_open, note
from communications.services.naming import name_touched
from house import clock
from house.refusals import Refused
from parties.acting import Acting
from parties.who import DRAFTERS

PASSED = "Choose a time in the future: this one has passed."


def plan(
    *,
    by: Acting,
    kind: str,
    title: str,
    planned_for: datetime,
    agreements: Collection[Agreement],
    about: Collection[int] | None = None,
) -> Announcement:
    """Puts an announcement into the forward plan (A07, A08). `planned_for` is aware.

    `about` are the ids of the organisations whom it is about, of agreements between more than two;
    without it all others.

    The other parties learn nothing of it. Planned a second time with the same words it is the
    same announcement. Raises Refused for a time that has passed and for an agreement that is not
    the organisation's own and in force.
    """
    require_role(by, DRAFTERS)
    if planned_for <= clock.now():
        raise Refused(PASSED, field="time")
    with transaction.atomic():
        wanted = {agreement.pk for agreement in agreements}
        lock_agreements(wanted)
        chosen = _own_in_force(by, wanted)
        said = {"owner": by.on_behalf_of, "kind": kind, "title": title, "planned_for": planned_for}
        # The agreements are locked: who presses twice comes here one press after the other.
        if known := Announcement.objects.still_open().filter(**said, planned_by=by.who).first():
            return known
        announcement = Announcement.objects.create(
            **said, planned_by=by.who, planned_at=clock.now()
        )
        _touch(announcement, chosen)
        name_touched(announcement, about)
        keep_dates(announcement)
        note(by, "planned", announcement, kind=kind, planned_for=planned_for.isoformat())
    return announcement


def edit(
    *,
    by: Acting,
    announcement: Announcement,
    kind: str,
    title: str,
    agreements: Collection[Agreement],
    about: Collection[int] | None = None,
) -> None:
    """Changes what is announced and whom it touches; the lead times and dates follow.

    Raises Refused for leaving out an agreement whose other party has a draft already.
    """
    with transaction.atomic():
        wanted = {agreement.pk for agreement in agreements}
        current = lock_open(by, announcement, besides=wanted)
        chosen = _own_in_force(by, wanted, besides=_touched(current))
        current.kind, current.title = kind, title
        current.save(update_fields=["kind", "title"])
        _touch(current, chosen)
        _leave_out(current, chosen)
        name_touched(current, about)
        keep_dates(current)
        note(by, "edited", current, kind=kind)


def _touched(announcement: Announcement) -> set[int]:
    return set(announcement.concerned.values_list("agreement", flat=True))


def _own_in_force(
    by: Acting, wanted: Collection[int], besides: Collection[int] = ()
) -> list[Agreement]:
    """The agreements by their ids. Those that it touches already may have ended since."""
    if not wanted:
        raise Refused("Choose at least one agreement.", field="agreements")
    allowed = agreements_to_announce(by, besides).filter(pk__in=wanted)
    found = list(allowed.select_related("in_force_version"))
    if len(found) < len(wanted):
        raise Refused(
            "Choose agreements that your organisation is a party to and that are in force.",
            field="agreements",
        )
    return found


def _leave_out(announcement: Announcement, kept: Sequence[Agreement]) -> None:
    """Agreements that were not chosen again, unless only through them somebody has a draft."""
    left = [row for row in concerned_of(announcement) if row.agreement not in kept]
    sides = sides_by_agreement([*kept, *(row.agreement for row in left)])
    others = {pk: {o.pk for o in others_of(sides[pk], announcement.owner_id)} for pk in sides}
    still_told = set().union(*(others[agreement.pk] for agreement in kept))
    have_draft = first_shares(announcement.pk).keys() - still_told
    for row in left:
        if have_draft & others[row.agreement_id]:
            raise Refused(
                f"A party to {row.agreement.reference} has a draft already, so the announcement "
                "goes on touching that agreement.",
                field="agreements",
            )
        row.touched.all().delete()
        row.delete()
    for row in left:
        drop_date(announcement, row)


def _touch(announcement: Announcement, agreements: Iterable[Agreement]) -> None:
    """Writes each agreement down with the lead time that its terms ask for now."""
    for agreement in agreements:
        assert agreement.in_force_version  # noqa: S101 - it is or was in force
        terms = agreement.in_force_version.typed_terms
        hours = lead_hours(terms.lead_times, announcement.kind)
        ConcernedAgreement.objects.update_or_create(
            announcement=announcement,
            agreement=agreement,
            defaults={
                "lead_hours": hours,
                "share_by": share_by_if_asked(announcement.planned_for, hours),
            },
        )
