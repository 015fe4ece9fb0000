"""Who is told of a request: who answers it, and who asked; found when the e-mail is made."""

from __future__ import annotations

from dataclasses import replace

from agreements.core.recipients import managers_of, why_of
from agreements.core.telling import record
from agreements.core.telling import tell as tell_addresses
from agreements.models import Happening, Party
from deadlines.kinds import Recipient, of_person
from parties.acting import Acting
from parties.reader import is_away, stand_in
from performance.models import Request


def note(by: Acting, request: Request, verb: str, **facts: object) -> Happening:
    """The timeline's row and the audit's, about this request by its number."""
    return record(
        by=by, verb=verb, agreement=request.agreement, about=request, number=request.number,
        key=str(request.key), **facts,
    )  # fmt: skip


def tell(of: Happening, request: Request, by: Acting, *, but_us: bool = True) -> None:
    """One e-mail to each person of the sides that it concerns, but not to whoever did it."""
    own = getattr(by.user, "email", "")
    for party in concerned(request):
        if but_us and party.organisation.pk == by.organisation_id:
            continue  # those who did it know
        for each in told_for(request, party):
            if each.address != own:
                tell_addresses(
                    [each.address], of=of, kind="request_news", at=party.organisation.pk,
                    party=party.pk, request=request.pk, person=each.person_id, **why_of(each),
                )  # fmt: skip


def concerned(request: Request) -> list[Party]:
    """The party asked, and who asked or was consulted; each once."""
    other = request.consultation.source if request.is_foi else request.asked_by
    found = [request.asked_of, *([other] if other else [])]
    return list({party.pk: party for party in found}.values())


def told_for(request: Request, party: Party) -> list[Recipient]:
    """Of the party asked who answers it; of others the MoU manager."""
    if party.pk != request.asked_of_id:
        return managers_of(party)
    found = answerer(request)
    return [found] if found else managers_of(party)


def answerer(request: Request) -> Recipient | None:
    """The person named to answer; while they are away who stands in, if somebody does."""
    person, organisation = request.person, request.asked_of.organisation
    if person is None:
        return None
    if is_away(person, organisation):
        instead = stand_in(person, organisation)
        if instead is None or is_away(instead, organisation):
            return None
        gone = f"{person.name}, who answers request {request.number} for {organisation}, is away"
        told = of_person(instead, organisation, f"{gone} and you stand in.")
        return replace(told, stands_in=True) if told else None
    return of_person(
        person, organisation, f"you answer request {request.number} for {organisation}."
    )
