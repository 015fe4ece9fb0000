"""Sending: one's own agreements are made at once, other commissioners are asked for theirs."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from agreements.core.parties import require_role
from agreements.groups.services.preparing import note
from agreements.groups.services.telling import tell_asked, tell_sender
from agreements.models import Issue, IssueShare
from house import clock
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from jobs.services import begin as begin_job
from parties.acting import Acting, with_roles_held
from parties.who import MANAGERS

MAKE: Final = "groups.make"
State = IssueShare.State


def send(*, by: Acting, issue: Issue) -> IssueShare | None:
    """Begins to make the agreements of one's own organisation; asks the other commissioners.

    Returns one's own share, if there is one. A second press changes nothing.
    """
    require_role(by, MANAGERS)
    with transaction.atomic():
        require_role(with_roles_held(by), MANAGERS)
        current = lock(issue)
        if current.organisation_id != by.organisation_id:
            raise NotYours("Only the organisation that sends it may do this.")
        shares = list(current.shares.select_related("organisation"))
        if not shares:
            raise Refused("Nobody is on the list yet. Say to whom it goes first.")
        if not current.is_sent:
            _send(by, current, shares)
    issue.refresh_from_db()
    return next((each for each in shares if each.organisation_id == by.organisation_id), None)


def _send(by: Acting, issue: Issue, shares: list[IssueShare]) -> None:
    issue.state, issue.sent_at = Issue.State.SENT, clock.now()
    issue.save(update_fields=["state", "sent_at"])
    note(by, "sent to a group", issue)
    for share in shares:
        if share.organisation_id == by.organisation_id:
            _take_part(by, share)
        else:
            tell_asked(share)


def answer(*, by: Acting, share: IssueShare, takes_part: bool, because: str = "") -> None:
    """A commissioner says whether it takes part: with yes, its agreements are made."""
    require_role(by, MANAGERS)
    if share.organisation_id != by.organisation_id:
        raise NotYours("Each commissioner answers for itself.")
    with transaction.atomic():
        require_role(with_roles_held(by), MANAGERS)
        current = lock(share)
        if current.state != State.ASKED:
            raise Refused("Your organisation has answered already.")
        if takes_part:
            _take_part(by, current)
        else:
            if not because:
                raise Refused("Say why your organisation does not take part.", field="because")
            current.state, current.refused_because = State.REFUSED, because
            current.answered_by, current.answered_at = by.who, clock.now()
            current.save()
        note(by, "answered for a group", current.issue)
        tell_sender(current, by)


def _take_part(by: Acting, share: IssueShare) -> None:
    """Its agreements are made in the background, in the name of who said so."""
    share.state = State.AGREED
    share.answered_by, share.answered_at = by.who, clock.now()
    share.job = begin_job(
        kind=MAKE,
        dedupe=f"{MAKE}:{share.pk}",
        subjects=[str(pk) for pk in share.lines.order_by("pk").values_list("pk", flat=True)],
        user=by.who,
        organisation_id=share.organisation_id,
        context={"share": share.pk},
    )
    share.save()
