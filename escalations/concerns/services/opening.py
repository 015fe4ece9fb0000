"""A party records a concern about a practice (A22), and what is followed up at once (A14, A15)."""

from __future__ import annotations

from collections.abc import Collection

from agreements.core.parties import require_role, side_of
from agreements.models import Agreement, Party
from escalations.concerns.rules import Reader, first_actions, why_none
from escalations.concerns.services.actions import write_action
from escalations.concerns.services.case import write
from escalations.concerns.services.reading import let_in
from escalations.models import ConcernStep, PracticeConcern
from house import clock
from house.lifecycle import lock
from house.once import one_job
from house.refusals import Refused
from parties.acting import Acting, with_roles_held
from parties.models import Organisation
from parties.who import DRAFTERS


def open_concern(
    *,
    by: Acting,
    agreement: Agreement,
    source: str,
    severity: str,
    known: str,
    practice: Organisation | None = None,
    practice_name: str = "",
    at_risk: Collection[Party] = (),
    has_gap: bool = False,
    commissioner: Organisation | None = None,
    commissioner_name: str = "",
) -> PracticeConcern:
    """Records it. Only whoever does so reads it, until they name others or share it.

    `at_risk` are the other parties whose services are at risk; the commissioner is the one that a
    gap is for. Raises Refused where the MoU takes no concerns, NotYours for who may only read.
    """
    with one_job():
        by = with_roles_held(by)
        require_role(by, DRAFTERS)
        current = lock(agreement)
        party = side_of(current, by)
        if why := why_none(current):
            raise Refused(why)
        _check(party, at_risk, has_gap, commissioner or commissioner_name)
        concern = PracticeConcern.objects.create(
            agreement=current, party=party, practice=practice, practice_name=practice_name,
            source=source, severity=severity, known=known, has_gap=has_gap,
            at_risk=[each.key for each in at_risk], opened_by=by.who, opened_at=clock.now(),
        )  # fmt: skip
        reader = Reader(by, concern, party)
        write(reader, ConcernStep.Kind.OPENED)
        let_in(reader, by.who, party)
        for kind, what, about in first_actions(
            at_risk, has_gap=has_gap, commissioner=commissioner,
            commissioner_name=commissioner_name,
        ):  # fmt: skip
            write_action(reader, kind=kind, what=what, commissioner=about)
    return concern


def _check(party: Party, at_risk: Collection[Party], has_gap: bool, commissioner: object) -> None:
    if any(each.agreement_id != party.agreement_id or each == party for each in at_risk):
        raise Refused("Choose other parties to this agreement.", field="at_risk")
    if has_gap and not commissioner:
        raise Refused("Say which commissioner is told of the gap.", field="commissioner")
