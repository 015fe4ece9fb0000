"""The concerns that somebody reads: the list, and those under agreements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Prefetch, Q

from agreements.models import Agreement
from escalations.models import ConcernAction, ConcernReader, ConcernStep, PracticeConcern
from escalations.models.concerns import ConcernQuerySet
from house.once import once_a_page
from parties.acting import Acting

CLOSED = Q(state__in=[PracticeConcern.State.CLOSED, PracticeConcern.State.IN_ERROR])


def read_by(acting: Acting, state: str = "") -> ConcernQuerySet:
    """Those that the reader was let in to: the open ones, or those that `state` says."""
    wanted = {"closed": CLOSED, "all": Q()}.get(state, ~CLOSED)
    found: ConcernQuerySet = PracticeConcern.objects.visible_to(acting).filter(wanted)
    rows = found.select_related("agreement", "practice").prefetch_related("practice__names")
    return rows.order_by("-closed_at", "opened_at", "pk")


def under(agreements: Iterable[Agreement], acting: Acting) -> Mapping[int, Sequence[PracticeConcern]]:
    """Agreement id -> what the reader reads of it, newest first, without what was entered in error;
    with the steps of each and whether an action is open (two queries a page)."""
    return _under(frozenset(agreement.pk for agreement in agreements), acting)


@once_a_page
def _under(ids: frozenset[int], acting: Acting) -> Mapping[int, Sequence[PracticeConcern]]:
    found: dict[int, list[PracticeConcern]] = defaultdict(list)
    rows = PracticeConcern.objects.visible_to(acting).filter(agreement__in=ids)
    rows = rows.exclude(state=PracticeConcern.State.IN_ERROR)
    actions = ConcernAction.objects.still_open().filter(concern=OuterRef("pk"))
    has_open = ExpressionWrapper(Exists(actions), BooleanField())
    decided = Prefetch("steps", ConcernStep.objects.order_by("at", "pk"))
    known = rows.select_related("practice").annotate(has_open_actions=has_open)
    for each in known.prefetch_related(decided, "practice__names").order_by("-opened_at", "-pk"):
        found[each.agreement_id].append(each)
    return found


def unread_by(acting: Acting) -> set[int]:
    """Ids of those that somebody named the reader for, and whose page they never opened."""
    rows = ConcernReader.objects.still_open().filter(user=acting.who, read_at=None)
    return set(rows.values_list("concern", flat=True))
