"""Somebody who was named to act at a level leaves: who follows is named, else nobody is."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from agreements.models import spells_today
from escalations.models import Step
from escalations.queries.people import People
from escalations.services.case import case_of
from escalations.services.telling import tell_named
from house.lifecycle import lock
from parties.models import Organisation, Person
from parties.services.people import Leaving

Kind = Step.Kind


def level_key(step: Step) -> str:
    """What it is called among all that somebody hands over."""
    return f"level-{step.pk}"


def named_for(person: Person, organisation: Organisation) -> QuerySet[Step]:
    """Where the person was the last to be named for a level of an open disagreement."""
    sides = spells_today(organisation.pk).values("party")
    same = {name: OuterRef(name) for name in ("kind", "disagreement", "party", "level")}
    later = Step.objects.filter(**same, pk__gt=OuterRef("pk"))
    named = Step.objects.filter(kind=Kind.NAMED, party__in=sides, named=person)
    still = named.filter(~Exists(later), disagreement__state="open")
    return still.order_by("disagreement__agreement__reference", "pk")


def lock_disagreements(leaving: Leaving) -> None:
    rows = named_for(leaving.person, leaving.organisation)
    for step in rows.select_related("disagreement"):
        lock(step.disagreement)


def name_who_follows(leaving: Leaving) -> None:
    """A step of its own, in the transaction in which they leave: what was named stays on record.

    Whoever acts there by a post or a contact role goes on acting; the name counts where nobody
    does."""
    rows = named_for(leaving.person, leaving.organisation)
    for step in rows.select_related("disagreement__agreement", "party"):
        follows = leaving.follows(level_key(step))
        with case_of(by=leaving.by, disagreement=step.disagreement) as case:
            case.party = step.party
            now = case.write(Kind.NAMED, level=step.level, named=follows)
            verb = "disagreement_named" if follows else "disagreement_name_left"
            who = (follows or leaving.person).name
            case.record(verb, now, who=who, level=case.label_of(step.level))
            case.people = People([case.disagreement])
            if follows:
                tell_named(case, now)
