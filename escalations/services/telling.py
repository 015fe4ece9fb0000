"""Who hears by e-mail: whoever acts at a level; of a step each once, but for whoever took it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agreements.core.recipients import managers_of
from agreements.models import Party
from agreements.terms import Level
from deadlines.kinds import Recipient, of_person, of_team
from escalations.models import Disagreement, Step
from escalations.queries.people import OnLevel, People
from escalations.services.case import Case
from mail.services import queue_mail


def of_level(
    people: People, disagreement: Disagreement, level: Level, party: Party
) -> list[Recipient]:
    """Whoever acts for the side at the level; its MoU manager where nobody does or can be told.

    The MoU manager is told too where they have to record what somebody decides.
    """
    on = people.on(disagreement, level, party)
    return [*_of(on), *(managers_of(party) if manager_too(people, on) else ())]


def manager_too(people: People, on: OnLevel) -> bool:
    """Whether those who act there cannot be told, or cannot act here themselves."""
    return people.need_a_record(on) or not any(_of(on))


def _of(on: OnLevel) -> Iterator[Recipient]:
    if not on.gets_mail:
        return
    if on.team:
        yield of_team(on.team)
        return
    organisation = on.party.organisation
    acts = f"you act for {organisation} at the level “{on.level.label}”."
    if on.deputy_of:
        acts = f"{on.deputy_of} is away, and as the deputy {acts}"
    for person in on.people:
        if recipient := of_person(person, organisation, acts):
            yield recipient


def tell_everybody(case: Case, step: Step) -> None:
    """Those at the level as it is now, the MoU managers of all sides, and whoever opened it."""
    found: list[Recipient] = []
    for party in case.people.parties(case.disagreement):
        found += of_level(case.people, case.disagreement, case.level, party)
        found += managers_of(party)
    _tell([*found, *_opener(case)], case, step)


def tell_others(case: Case, step: Step) -> None:
    """Those who act for the other sides at the level."""
    found: list[Recipient] = []
    for party in case.people.parties(case.disagreement):
        if party != case.party:
            found += of_level(case.people, case.disagreement, case.level, party)
    _tell(found, case, step)


def tell_named(case: Case, step: Step) -> None:
    """The person who acts from now on."""
    assert step.named  # noqa: S101 - that is what the step is
    why = f"you were named to act for {case.party.name}."
    found = of_person(step.named, case.party.organisation, why)
    _tell([found] if found else [], case, step)


def _opener(case: Case) -> Iterable[Recipient]:
    opened = case.disagreement.steps.select_related("by__person").get(kind=Step.Kind.OPENED)
    if opened.by.person:
        why = f"you opened this {case.disagreement.word}."
        organisation = case.disagreement.opened_by.organisation
        if found := of_person(opened.by.person, organisation, why):
            yield found


def _tell(recipients: Iterable[Recipient], case: Case, step: Step) -> None:
    own = case.by.who.email.lower()
    for recipient in recipients:
        if recipient.address.lower() == own:
            continue
        queue_mail(
            kind="disagreement_step",
            address=recipient.address,
            organisation_id=recipient.organisation_id,
            context={
                "step": step.pk,
                "organisation": recipient.organisation_id,
                "person": recipient.person_id,
                "why": recipient.why,
            },
            dedupe=f"disagreement_step:{step.pk}:{recipient.address}",
        )
