"""What a registered copy waits for: each other party says whether it is right."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from agreements.core.situations import NextStep, Situation, quoted
from parties.acting import Acting
from parties.who import DRAFTERS


def steps_of_copy(situation: Situation, acting: Acting) -> Iterator[NextStep]:
    """Each other party says whether the registered copy is right."""
    copy = situation.copy
    if copy is None:
        return
    for party in situation.parties:
        said = situation.said_of_copy.get(party.organisation.pk)
        if party.organisation.pk == copy.recorded_for_id or (said and said.agrees):
            continue
        yield NextStep(
            "Check the registered copy",
            "Check the copy",
            reverse("agreements:copy_answer", args=[situation.agreement.reference]),
            party,
            situation.managers(party),
            mine=party.organisation.pk == acting.organisation_id and DRAFTERS.includes(acting),
            said=quoted("Not right", said.reason) if said else "",
        )
