"""Somebody leaves who gave heads-ups, or the organisation that gave them goes over to another."""

from __future__ import annotations

from django.db.models import Q

from communications.heads_ups.services.locking import keep_date, lock_with_agreements, note
from communications.models import HeadsUp, LocalCommittee
from communications.models.heads_ups import HeadsUpQuerySet
from house import clock
from parties.models import Organisation, Person, Succession
from parties.services.people import Leaving


def heads_up_key(heads_up: HeadsUp) -> str:
    """What it is called among all that somebody hands over."""
    return f"heads-up-{heads_up.pk}"


def kept_by(person: Person, organisation: Organisation) -> HeadsUpQuerySet:
    """The open heads-ups that the person sees to for the organisation."""
    given = Q(given_by__person=person, kept_by=None, is_left=False)
    return HeadsUp.objects.still_open().filter(given | Q(kept_by=person), owner=organisation)


def lock_heads_ups(leaving: Leaving) -> None:
    for each in kept_by(leaving.person, leaving.organisation).order_by("pk"):
        lock_with_agreements(each)


def hand_over_heads_ups(leaving: Leaving) -> None:
    """From today on, so that reminders go to who follows. Who gave each stays on record."""
    for each in kept_by(leaving.person, leaving.organisation).order_by("pk"):
        current = lock_with_agreements(each)
        current.kept_by = leaving.follows(heads_up_key(each))
        current.is_left = current.kept_by is None
        current.save(update_fields=["kept_by", "is_left"])
        keep_date(current)
        follows = current.kept_by.pk if current.kept_by else None
        note(leaving.by, "handed_over", current, before=leaving.person.pk, now=follows)


def go_over(succession: Succession) -> None:
    """What is planned, and the list of committees, go to the successor; what went out stays in the
    old one's name."""
    planned = HeadsUp.objects.still_open().filter(owner=succession.old)
    for each in planned.select_for_update(no_key=True).order_by("pk"):
        each.owner = succession.new
        each.save(update_fields=["owner"])
    known = LocalCommittee.objects.current().filter(organisation=succession.new)
    there = set(known.values_list("address", flat=True))
    kept = LocalCommittee.objects.current().filter(organisation=succession.old)
    for committee in kept.order_by("pk"):
        if committee.address in there:
            committee.ended_at = clock.now()
        else:
            committee.organisation = succession.new
        committee.save(update_fields=["organisation", "ended_at"])
