"""What happened to a meeting or a series is recorded, and the other parties' managers are told."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from agreements.core.recipients import managers_by_party
from agreements.core.telling import record
from commitments.models import Action
from deadlines.kinds import Recipient, of_person
from house import clock
from mail.services import queue_mail
from meetings.models import Meeting, Series
from meetings.queries.sides import agreements_of, parties_in
from parties.acting import Acting


def tell_of_meeting(
    meeting: Meeting, verb: str, *, by: Acting, agreed: Iterable[Action] = (), **facts: object
) -> None:
    """On the timeline of each agreement that the series serves, in the audit, and by e-mail."""
    for agreement in agreements_of(meeting.series):
        record(
            by=by, verb=verb, agreement=agreement, about=meeting, series=meeting.series.name,
            on=meeting.day.isoformat(), key=str(meeting.key), **facts,
        )  # fmt: skip
    mail_of_meeting(meeting, verb, by=by, agreed=agreed)


def mail_of_meeting(
    meeting: Meeting, verb: str, *, by: Acting, agreed: Iterable[Action] = ()
) -> None:
    """One e-mail to each: the other parties' MoU managers, and whom an action names."""
    found = [*_workers(agreed), *_others(meeting.series, by)]
    _queue("meeting_news", found, by, verb=verb, pk=meeting.pk, once=f"{meeting.edit_no}")


def tell_of_series(series: Series, verb: str, *, by: Acting, **facts: object) -> None:
    """The same of a series."""
    for agreement in agreements_of(series):
        record(by=by, verb=verb, agreement=agreement, about=series, series=series.name, **facts)
    others, now = _others(series, by), clock.now().isoformat()
    _queue("series_news", others, by, verb=verb, pk=series.pk, once=now)


def managers_in(series: Series) -> list[Recipient]:
    """The MoU managers of every party that meets there, each address once."""
    found: dict[str, Recipient] = {}
    for recipient in chain(*managers_by_party(parties_in(series)).values()):
        found.setdefault(recipient.address, recipient)
    return list(found.values())


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
                "by": by.organisation_id, "user": by.user.pk,
                "organisation": recipient.organisation_id, "person": recipient.person_id,
            },
            dedupe=f"{kind}:{verb}:{pk}:{once}:{recipient.address}",
        )  # fmt: skip
