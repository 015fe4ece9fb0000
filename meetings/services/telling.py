"""Who is told by e-mail of what happened to a meeting or a series: the other parties' managers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from agreements.core.telling import managers_by_party
from commitments.models import Action
from deadlines.kinds import Recipient
from deadlines.recipients import of_person
from house import clock
from mail.services import queue_mail
from meetings.models import Meeting, Series
from meetings.queries.sides import parties_in
from parties.acting import Acting


def tell_of_meeting(
    meeting: Meeting, verb: str, *, by: Acting, actions: Iterable[Action] = ()
) -> None:
    """One e-mail to each: the other parties' MoU managers, and whom an action names."""
    found = [*_workers(actions), *_others(meeting.series, by)]
    _queue("meeting_news", found, by, verb=verb, pk=meeting.pk, once=f"{meeting.edit_no}")


def tell_of_series(series: Series, verb: str, *, by: Acting) -> None:
    _queue("series_news", _others(series, by), by, verb=verb, pk=series.pk, once=_now())


def _others(series: Series, by: Acting) -> list[Recipient]:
    """The MoU managers of every other party that meets there."""
    others = [p for p in parties_in(series) if p.organisation.pk != by.organisation_id]
    return list(chain(*managers_by_party(others).values()))


def _workers(actions: Iterable[Action]) -> list[Recipient]:
    found = []
    for action in actions:
        if action.person:
            organisation = action.owner.organisation
            why = f"an action is yours, for {organisation}."
            found.append(of_person(action.person, organisation, why))
    return [each for each in found if each]


def _queue(
    kind: str, found: Iterable[Recipient], by: Acting, *, verb: str, pk: int, once: str
) -> None:
    told = {getattr(by.user, "email", "")}
    for recipient in found:
        if recipient.address in told:
            continue
        told.add(recipient.address)
        queue_mail(
            kind=kind,
            address=recipient.address,
            organisation_id=recipient.organisation_id,
            context={
                "verb": verb, "pk": pk, "on": clock.today().isoformat(), "why": recipient.why,
                "by": by.organisation_id, "organisation": recipient.organisation_id,
                "person": recipient.person_id,
            },
            dedupe=f"{kind}:{verb}:{pk}:{once}:{recipient.address}",
        )  # fmt: skip


def _now() -> str:
    return clock.now().isoformat()
