"""Names under a version that no font of its PDF has, said before somebody signs it.

What was frozen was looked at before; people are named later, and change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agreements.core.states import ApprovalStanding
from agreements.drafting.unprintable import Printed, names_of_contacts, said_in
from agreements.models import Version
from parties.models import Person


def unprintable_names(
    version: Version, standings: Iterable[ApprovalStanding], people: Iterable[Person]
) -> list[str]:
    """Of key contacts, of those who decided, and of `people`, who sign or may be asked to."""
    standings = list(standings)
    parties = [standing.party for standing in standings]
    return said_in(
        [
            *((f"The name {person}", person.name) for person in people),
            *_of_decisions(standings),
            *names_of_contacts(parties, version.typed_terms),
        ]
    )


def _of_decisions(standings: Iterable[ApprovalStanding]) -> Iterator[Printed]:
    for standing in standings:
        for each in standing.approvals:
            said = (each.decider, each.in_words, each.minute_reference, each.changes)
            yield f"The decision of {standing.party.name}", "\n".join(said)
