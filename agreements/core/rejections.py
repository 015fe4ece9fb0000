"""A rejection holds its party's signature, and the version, until it approves (record 0021)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from agreements.core.sides import parties_in
from agreements.core.states import ApprovalStanding, standings
from agreements.models import APPROVES, Approval, Party, Version
from house.refusals import Refused
from nhsuk.dates import day


def standing_of(version: Version, party: Party) -> ApprovalStanding:
    """How the version stands with one party (one query)."""
    return standings(version, [party], version.approvals.filter(party=party))[0]


def rejections_of(version: Version) -> list[ApprovalStanding]:
    """The parties whose rejection of the version stands (one query)."""
    return [row for row in standings_of(version) if row.rejection]


def rejections_ended(rows: Iterable[ApprovalStanding]) -> list[date]:
    """The days of the approvals that ended a rejection."""
    return [on for row in rows for part in row.each if (on := _ended_on(part))]


def _ended_on(row: ApprovalStanding) -> date | None:
    """The day of the first approval after the last rejection."""
    was_rejected, ended = False, None
    for each in row.approvals:
        if each.decision == Approval.Decision.REJECTED:
            was_rejected, ended = True, None
        elif was_rejected and ended is None and each.decision in APPROVES:
            ended = each.decided_on
    return ended


def standings_of(version: Version) -> list[ApprovalStanding]:
    """How the version stands with each party (one query)."""
    given = Approval.objects.filter(version=version)
    return standings(version, parties_in(version), given)


def check_not_rejected(version: Version, party: Party) -> None:
    """Raises Refused while the party's own rejection of the version stands."""
    if rejection := standing_of(version, party).rejection:
        raise Refused(
            f"{rejected(rejection, party.name)} Nobody can sign it for {party.name} until a new "
            "decision that approves it is recorded. Nothing was signed."
        )


def rejected(rejection: Approval, name: str) -> str:
    """ "The Governing Body of Eastmoor CCG rejected this version on 3 March 2014."."""
    on = day(rejection.decided_on)
    return f"The {rejection.decider} of {name} rejected this version on {on}."
