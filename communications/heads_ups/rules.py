"""Who is to be told before a message goes out, who was, and how long before (A11, A12, C11)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agreements.core.parties import require_role, there_today, version_of_terms
from agreements.models import Agreement, Party
from agreements.terms import MANAGER_ROLE
from communications.models import HeadsUp
from communications.rules import in_hours
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.who import DRAFTERS

# The clauses that a heads-up keeps, and the one of its committee.
HEADS_UP, COMMITTEE, WIDER_IMPACT = "heads_up", "heads_up_committee", "wider_impact"
# Blanks in which a text names the local medical committee of its area.
COMMITTEE_BLANKS = frozenset({"lmc", "lmcs"})
# The contact role to which texts promise the heads-up.
LIAISON_ROLE = "primary_liaison"


def role_told(party: Party) -> str:
    """The contact role that gets a heads-up: the primary liaison, where the terms have one."""
    roles = version_of_terms(party.agreement).typed_terms.contact_roles_of(party.slot)
    return LIAISON_ROLE if LIAISON_ROLE in {role.key for role in roles} else MANAGER_ROLE


def owed_parties(agreement: Agreement, owner_id: int, about: Collection[int] | None) -> list[Party]:
    """The other parties that are to be told; of more than two those named in `about`, by the ids of
    their organisations. Raises Refused where none of them is named."""
    others = [p for p in there_today(agreement) if p.organisation.pk != owner_id]
    if about is None or len({party.organisation.pk for party in others}) < 2:
        return others
    if found := [party for party in others if party.organisation.pk in about]:
        return found
    raise Refused(f"Choose which parties of {agreement.reference} it is about.", field="about")


def is_owners(acting: Acting, heads_up: HeadsUp) -> bool:
    """Whether the reader acts for the organisation that gives the heads-up."""
    return heads_up.owner_id == acting.organisation_id


def may_keep(acting: Acting, heads_up: HeadsUp) -> bool:
    """Whether the reader may move it, withdraw it and record what came of it."""
    return is_owners(acting, heads_up) and DRAFTERS.includes(acting)


def require_keeper(acting: Acting, heads_up: HeadsUp) -> None:
    """Raises NotYours for whoever may only read it."""
    if not is_owners(acting, heads_up):
        raise NotYours("Only the organisation that gives the heads-up may do this.")
    require_role(acting, DRAFTERS)


@dataclass(frozen=True)
class Standing:
    """How one that is to be told stands under one agreement: since when it was told, if it was.

    `agreement` is its id; its `reference` and the `name` are there where a page shows them.
    """

    agreement: int
    name: str
    told_at: datetime | None
    is_committee: bool = False
    reference: str = ""

    def in_time(self, sent_at: datetime) -> bool:
        """Whether it was told before the message went out, or at that moment."""
        return self.told_at is not None and self.told_at <= sent_at


def least_notice(standings: Iterable[Standing], sent_at: datetime) -> timedelta | None:
    """How long before the sending the last of them was told; None where one was not told before,
    and where nobody was to be told."""
    found = list(standings)
    if not found or not all(each.in_time(sent_at) for each in found):
        return None
    return min(sent_at - each.told_at for each in found if each.told_at)


def notice_in_words(standings: Sequence[Standing], sent_at: datetime) -> str:
    """ "26 hours after the last of them was told"; "before 2 of 3 were told"."""
    given = least_notice(standings, sent_at)
    if given is not None:
        return f"{in_hours(given)} after the last of them was told"
    early = sum(not each.in_time(sent_at) for each in standings)
    if early == len(standings):
        return "before anybody was told"
    return f"before {early} of {len(standings)} were told"
