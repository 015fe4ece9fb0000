"""Another party of the agreement is brought into a disagreement between some of them (0054)."""

from __future__ import annotations

from collections.abc import Collection

from agreements.models import Party
from escalations.models import Disagreement, Step
from escalations.queries.people import People
from escalations.rules.between import to_bring_in
from escalations.services.case import Case, case_of
from escalations.services.telling import tell_everybody
from escalations.services.waiting import wait
from house.refusals import Refused
from nhsuk.words import and_list
from parties.acting import Acting

Kind = Step.Kind


def bring_in(
    *,
    by: Acting,
    disagreement: Disagreement,
    at_level: str,
    parties: Collection[Party],
    because: str,
) -> Step:
    """From now on these are told, read all that was said, and have to accept too. For good.

    Raises NotYours for somebody who is not on the level, Refused where it has moved on or nobody
    new is named.
    """
    with case_of(by=by, disagreement=disagreement) as case:
        case.must_be_at(at_level)
        actor = case.require_actor()
        others = to_bring_in(case.disagreement.agreement, by, case.disagreement.parties)
        new = [party for party in others if party in parties]
        if not new and (again := case.repeated(Kind.BROUGHT_IN, text=because)):
            return again
        if not new:
            raise Refused("Choose a party that has no part in it yet.", field="between")
        _add(case, new)
        step = case.write(
            Kind.BROUGHT_IN, text=because, for_person=actor.for_person, people=case.who_acts(new)
        )
        case.name_parties(new, step)
        case.record("disagreement_brought_in", step, brought=and_list(p.name for p in new))
        wait(case.disagreement, case.people.parties(case.disagreement))
        tell_everybody(case, step)
    return step


def _add(case: Case, new: Collection[Party]) -> None:
    """Onto the row itself; who acts for them is known from now on."""
    its = case.disagreement
    keys = {*its.between, *(party.key for party in new)}
    its.between = [party.key for party in its.agreement.sides if party.key in keys]
    its.save(update_fields=["between"])
    case.people = People([its])
