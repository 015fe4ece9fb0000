"""A side says who acts for it at a level whose post nobody is known to hold (A24)."""

from __future__ import annotations

from agreements.contacts.services.newcomers import Newcomer, make_person
from agreements.core.choices import people_of
from agreements.core.parties import require_role
from escalations.models import Disagreement, Step
from escalations.queries.people import People
from escalations.rules.levels import level_of
from escalations.services.case import Case, case_of
from escalations.services.telling import tell_named
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Person
from parties.who import MANAGERS

Kind = Step.Kind


def name_person(
    *, by: Acting, disagreement: Disagreement, level: str, person: Person | Newcomer
) -> Person:
    """Names who acts for one's own side at a level, from now on. They are told by e-mail.

    Raises Refused where the terms name a post that somebody holds, for a level below the present
    one, and for somebody of another organisation.
    """
    require_role(by, MANAGERS)
    with case_of(by=by, disagreement=disagreement, named=person) as case:
        case.must_be_open()
        _must_be_free(case, level)
        who = _person(case, person)
        if who in case.on(level_of(case.disagreement.terms, level)).people:
            return who
        step = case.write(Kind.NAMED, level=level, named=who)
        case.record("disagreement_named", step, who=who.name, level=case.label_of(level))
        case.people = People([case.disagreement])
        tell_named(case, step)
    return who


def _must_be_free(case: Case, key: str) -> None:
    level = level_of(case.disagreement.terms, key)
    if level not in case.to_come:
        raise Refused("The matter has left this level. Name somebody for a later one.")
    on = case.on(level)
    if on.source != "named":
        raise Refused(
            f"The terms name the post “{on.post}”, and {on.names} holds it. "
            "Change who holds the post instead."
        )


def _person(case: Case, person: Person | Newcomer) -> Person:
    organisation = case.party.organisation
    if isinstance(person, Newcomer):
        return make_person(by=case.by, newcomer=person, organisation=organisation)
    if not people_of(organisation).filter(pk=person.pk).exists():
        raise Refused(f"Choose somebody of {organisation}.", field="person")
    return person
