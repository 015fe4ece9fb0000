"""Somebody leaves an organisation: who follows answers their requests, else its MoU manager."""

from __future__ import annotations

from agreements.models import spells_today
from house.lifecycle import lock
from parties.models import Organisation, Person
from parties.services.people import Joining, Leaving
from performance.models import Request
from performance.models.requests import RequestQuerySet
from performance.services.clocks import keep_clocks
from performance.services.telling import note, tell


def request_key(request: Request) -> str:
    """What it is called among all that somebody hands over."""
    return f"request-{request.pk}"


def open_requests(person: Person, organisation: Organisation) -> RequestQuerySet:
    """In one order, so that two who leave at once do not wait for each other."""
    sides = spells_today(organisation.pk).values("party")
    found: RequestQuerySet = Request.objects.filter(
        person=person, asked_of__in=sides, state__in=Request.OPEN
    )
    return found.select_related("agreement").order_by("agreement__reference", "number")


def lock_requests(leaving: Leaving) -> None:
    for request in open_requests(leaving.person, leaving.organisation):
        _locked(request)


def hand_over_requests(leaving: Leaving) -> None:
    """From today on, so that reminders go to who follows. Call it in the leaving's transaction."""
    for request in open_requests(leaving.person, leaving.organisation):
        current = _locked(request)
        current.person = leaving.follows(request_key(request))
        current.save(update_fields=["person"])
        keep_clocks(current)
        follows = f"{current.person} follows" if current.person else "nobody is named now"
        happening = note(
            leaving.by, current, "request_left", party=leaving.organisation.name,
            who=leaving.person.name, follows=follows,
        )  # fmt: skip
        tell(happening, current, leaving.by, but_us=False)


def join_requests(joining: Joining) -> None:
    """What one row of a person answers is the other's, who is the same person."""
    for request in open_requests(joining.was, joining.organisation):
        current = _locked(request)
        current.person = joining.now
        current.save(update_fields=["person"])
        keep_clocks(current)


def _locked(request: Request) -> Request:
    """The agreement's row first, as whoever records a request locks it, then the request's."""
    lock(request.agreement)
    return lock(request)
