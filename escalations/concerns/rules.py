"""Who may do what about a practice concern, and what it asks for at once (record 0078).

Whoever reads one was named for it, for a party. Of those the editors and MoU managers write; what
is decided is for those of the party whose concern it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from agreements.models import Agreement, Party
from escalations.models import ConcernAction, PracticeConcern
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import Organisation
from parties.who import DRAFTERS

Kind = ConcernAction.Kind
NEVER: Final = (
    "By this MoU nothing that is reported is used to manage performance, so no concern is recorded "
    "under it."
)


@dataclass(frozen=True)
class Reader:
    """One named reader of a concern, for the party as whose reader they were named."""

    acting: Acting
    concern: PracticeConcern
    party: Party

    @property
    def is_of_owner(self) -> bool:
        return self.party.pk == self.concern.party_id

    @property
    def writes(self) -> bool:
        return DRAFTERS.includes(self.acting)

    @property
    def keeps(self) -> bool:
        """Whether they decide about it."""
        return self.writes and self.is_of_owner

    def require_writer(self) -> None:
        """Raises NotYours for whoever was named to read it and has no role to write."""
        if not self.writes:
            raise NotYours(f"Only {DRAFTERS.one_of_them} among its readers may do this.")

    def require_keeper(self) -> None:
        """Raises NotYours for the readers of other parties too."""
        self.require_writer()
        if not self.is_of_owner:
            raise NotYours("Only the party whose concern it is may do this.")


def why_none(agreement: Agreement) -> str:
    """Why no concern can be recorded under the agreement; empty where one can be."""
    version = agreement.in_force_version
    if not agreement.takes_acts or version is None:
        return "This agreement is not in force."
    return NEVER if version.typed_terms.never_performance else ""


def require_open(concern: PracticeConcern) -> None:
    if not concern.is_open:
        state = concern.get_state_display().lower()
        raise Refused(f"This concern is {state} now, so this can no longer be done.")


def first_actions(
    at_risk: Collection[Party],
    *,
    has_gap: bool,
    commissioner: Organisation | None = None,
    commissioner_name: str = "",
) -> Iterator[tuple[Kind, str, Organisation | None]]:
    """What is to be followed up at once: kind, words, and whom it is about.

    Of services at risk that their commissioner hears it from the practitioner (A14); of a gap that
    other commissioners' specifications are looked at, and the commissioner is told (A15).
    """
    for party in at_risk:
        what = f"The practitioner informs {party.name}"
        yield Kind.INFORMED, what, party.organisation
    if has_gap:
        yield (
            Kind.CHECKED,
            "The contractor is asked to check other commissioners' specifications",
            None,
        )
        name = commissioner.name if commissioner else commissioner_name
        yield Kind.TOLD, f"{name} is told of the gap", commissioner
