"""Which actions a page lists. Each query starts from who asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from agreements.core.parties import with_organisations
from agreements.core.searching import called
from agreements.models import Agreement, Party, read_parties, spells_today
from commitments.models import Action, ActionQuerySet
from house import clock
from house.asked_together import Asking
from house.rooms import rooms
from house.tracked import recorded, rows_of
from nhsuk.components import Link
from parties.acting import Acting
from parties.models import Person

State = Action.State


def actions_seen_by(acting: Acting) -> ActionQuerySet:
    """All that the reader may see, with what a row shows at hand (four queries)."""
    found: ActionQuerySet = Action.objects.visible_to(acting)  # type: ignore[assignment]
    return found.select_related("agreement", "owner", "person", "recorded_for").prefetch_related(
        with_organisations("owner"), "recorded_for__names"
    )


def open_under(agreements: Sequence[Agreement], acting: Acting) -> list[Action]:
    """The open actions under these agreements, the soonest first, as a row shows them.

    Two queries where the agreements' parties are at hand already, five where they are not.
    """
    read_parties(agreements)
    owners = {party.pk: party for each in agreements for party in each.sides}
    found: ActionQuerySet = Action.objects.visible_to(acting)  # type: ignore[assignment]
    rows = found.filter(agreement__in=agreements).still_open().soonest_first()
    shown = rows.select_related("agreement", "person", "recorded_for")
    actions = list(shown.prefetch_related("recorded_for__names"))
    for action in actions:
        action.owner = owners[action.owner_id]
    return actions


def asking_open_at(agreement: Agreement, end: datetime, acting: Acting) -> Asking[list[Action]]:
    """Those that were open before an instant, as they were recorded then, the soonest first.

    The agreement has the parties of that time at hand.
    """
    of_it, was_open = Agreement.objects.visible_to(acting), Q(state=State.OPEN)
    of_it = of_it.filter(pk=agreement.pk)
    [rows] = yield [recorded(Action, end, related=["person"], where=was_open, agreement__in=of_it)]
    found: list[Action] = rows_of(rows, ["person"])
    owners = {party.pk: party for party in agreement.sides}
    for action in found:
        action.owner = owners[action.owner_id]
    return sorted(found, key=lambda each: (each.due_on or date.max, each.number))


def owned_by(acting: Acting) -> Q:
    """Those of the party that the acting organisation is today."""
    return Q(owner__in=spells_today(acting.organisation_id).values("party"))


def mine(acting: Acting) -> Q:
    """Those that name the reader, for the organisation they act for."""
    return owned_by(acting) & Q(person=getattr(acting.user, "person_id", None) or 0)


def overdue() -> Q:
    """As `Action.is_overdue` has it."""
    disputed = Q(standing=Action.Standing.DISPUTED)
    return Q(state=State.OPEN, due_on__lt=clock.today()) & ~disputed


def matching(acting: Acting, wanted: Mapping[str, Any]) -> Q:
    """What the filter form asks for; any of it may be empty."""
    whose = {"mine": mine(acting), "ours": owned_by(acting), "theirs": ~owned_by(acting)}
    states = {"": Q(state=State.OPEN), "overdue": overdue(), "closed": ~Q(state=State.OPEN)}
    found = whose.get(wanted.get("whose", ""), Q()) & states.get(wanted.get("state", ""), Q())
    if wanted.get("agreement"):
        found &= Q(agreement__in=called(acting, wanted["agreement"]))
    if wanted.get("text"):
        found &= Q(what__icontains=wanted["text"]) | Q(details__icontains=wanted["text"])
    return found


def of_meetings_counted(acting: Acting) -> dict[str, Subquery]:
    """Of one agreement: how many actions of its meetings stand how, each counted once."""
    seen = Action.objects.visible_to(acting).exclude(source_key="").exclude(state=State.IN_ERROR)
    rows = seen.filter(agreement=OuterRef("pk")).order_by().values("agreement")
    named = {name: Count("pk", filter=which) for name, which in _standings().items()}
    counted = rows.annotate(counted=JSONObject(**named)).values("counted")
    return {"meeting_actions": Subquery(counted)}


def _standings() -> dict[str, Q]:
    """How an action can stand; exactly one of them holds."""
    still_open, disputed = Q(state=State.OPEN), Q(standing=Action.Standing.DISPUTED)
    return {
        "overdue": overdue(),
        "open": still_open & ~disputed & ~Q(due_on__lt=clock.today()),
        "disputed": still_open & disputed,
        "done": Q(state=State.DONE),
        "dropped": Q(state=State.DROPPED),
    }


def sources_of(actions: Iterable[Action], acting: Acting) -> dict[str, Link]:
    """Source key -> where the action was agreed; what the reader may not see is left out."""
    return sources_called((action.source_key for action in actions), acting)


def sources_called(keys: Iterable[str], acting: Acting) -> dict[str, Link]:
    """The same for keys alone; an empty one names nothing."""
    asked = {key for key in keys if key}
    found: dict[str, Link] = {}
    for room in rooms() if asked else ():
        found |= room.sources(asked, acting)
    return found


def owner_from(value: str, parties: Iterable[Party]) -> tuple[Party, Person | None]:
    """The owner that a value of the list stands for."""
    party_id, _, person_id = value.partition("-")
    party = next(each for each in parties if str(each.pk) == party_id)
    return party, Person.objects.get(pk=person_id) if person_id else None
