from __future__ import annotations

from django.db import models
from django.db.models import OuterRef, Q

from agreements.models import Party
from agreements.models.wall import BehindTheWall
from house.triggers import Trigger, declare
from house.wall import WhoAsks, there_is


class ConcernedParty(models.Model):
    """A party that a disagreement is between (record 0054). Append-only: nobody is taken out again.

    The other parties of the agreement may know between whom it is, so the agreement's wall is its.
    """

    TO_AGREEMENT = "disagreement__agreement"

    disagreement = models.ForeignKey(
        "escalations.Disagreement", models.PROTECT, related_name="concerned"
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    # By which it was named: who did it, and when.
    step = models.ForeignKey("escalations.Step", models.PROTECT, related_name="concerned")

    objects = BehindTheWall["ConcernedParty"].as_manager()

    class Meta:
        verbose_name_plural = "concerned parties"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["disagreement", "party"], name="concerned_party_once")
        ]

    def __str__(self) -> str:
        return f"{self.party} in {self.disagreement}"


def concerning(acting: WhoAsks, disagreement: str = "pk") -> Q:
    """That the organisation holds a party of the disagreement, or held one; or that it names none:
    then it was opened by a version of the portal that asked for no names, and is between all.

    `disagreement` is the way to it from the rows that are asked for.
    """
    named = ConcernedParty.objects.filter(disagreement=OuterRef(disagreement))
    own = named.filter(party__spells__organisation=acting.organisation_id or 0)
    return there_is(own) | ~there_is(named)


CONCERNED_APPEND_ONLY = declare(
    Trigger(
        name="concerned_parties_append_only",
        table="escalations_concernedparty",
        events=("UPDATE", "DELETE"),
        message="Between whom a disagreement is does not change; a party can be brought in.",
    )
)
