"""What was learned or said is passed on to named agreements, and taken back (A32)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction

from agreements.core.telling import record, tell_managers
from agreements.models import Agreement, spells_today
from commitments.logs.rights import require_passing_on, require_taking_back
from commitments.logs.services.locking import locked_with, note, require_there
from commitments.models import LogEntry, LogShare
from house import clock
from house.refusals import Refused
from nhsuk.words import plural
from parties.acting import Acting

NEWS = "log_shared"


def pass_on(*, by: Acting, entry: LogEntry, agreements: Collection[Agreement]) -> list[LogShare]:
    """Lets the parties of these agreements read the entry, and tells their MoU managers.

    Those that have it already are passed over. Raises Refused for an agreement to which the acting
    organisation is no party today, or that is not in force, and when all have it already.
    """
    require_passing_on(by, entry)
    if not agreements:
        raise Refused("Choose at least one agreement.", field="agreements")
    with transaction.atomic():
        current, others = locked_with(entry, [each.pk for each in agreements])
        require_passing_on(by, current)
        require_there(current)
        _check(by, others)
        new = [each for each in others if each.pk not in _there(current)]
        if not new:
            raise Refused("They have this entry already.", field="agreements")
        made = [_share(by, current, each) for each in new]
        note(by, current, "log_passed_on", many=plural(len(made), "other MoU"))
    return made


def _there(entry: LogEntry) -> set[int]:
    return set(entry.shares.filter(ended_at=None).values_list("agreement", flat=True))


def _check(by: Acting, agreements: Collection[Agreement]) -> None:
    held = spells_today(by.organisation_id).filter(party__agreement__in=agreements)
    own = set(held.values_list("party__agreement", flat=True))
    if not agreements or any(each.pk not in own or not each.takes_acts for each in agreements):
        raise Refused("Choose agreements of yours that are in force.", field="agreements")


def _share(by: Acting, entry: LogEntry, agreement: Agreement) -> LogShare:
    made = LogShare.objects.create(
        entry=entry, agreement=agreement, shared_by=by.who, shared_for=by.on_behalf_of,
        shared_at=clock.now(),
    )  # fmt: skip
    _tell(by, entry, agreement, "log_shared")
    return made


def take_back(*, by: Acting, share: LogShare) -> None:
    """From now on the parties of that agreement read the entry no more. They are told."""
    require_taking_back(by, share)
    with transaction.atomic():
        entry, (agreement,) = locked_with(share.entry, [share.agreement_id])
        current = LogShare.objects.get(pk=share.pk)
        if current.ended_at:
            raise Refused("This was taken back already.")
        current.ended_at, current.ended_by = clock.now(), by.who
        current.save(update_fields=["ended_at", "ended_by"])
        _tell(by, entry, agreement, "log_taken_back")
        note(by, entry, "log_no_longer_passed_on")


def say_in_error(by: Acting, entry: LogEntry, agreements: Iterable[Agreement]) -> None:
    """Whoever reads it under another agreement learns that it was an error. All are locked."""
    for each in agreements:
        _tell(by, entry, each, "log_shared_in_error")


def _tell(by: Acting, entry: LogEntry, agreement: Agreement, verb: str) -> None:
    """Of where it comes from they learn no more than who passed it on, and of which kind it is."""
    happening = record(
        by=by, verb=verb, agreement=agreement, about=entry, party=by.on_behalf_of.name,
        kind=entry.get_kind_display().lower(), key=str(entry.key),
    )  # fmt: skip
    tell_managers(of=happening, kind=NEWS, by=by, others_only=True)
