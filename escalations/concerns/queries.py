"""The concerns that somebody reads: the list, and those under agreements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet

from agreements.models import Agreement
from escalations.models import PracticeConcern
from escalations.models.concerns import ConcernQuerySet
from house.once import once_a_page
from parties.acting import Acting
from parties.models import Organisation
from parties.models.organisations import name_today, with_name
from parties.offers import Organisations

CLOSED = Q(state__in=[PracticeConcern.State.CLOSED, PracticeConcern.State.IN_ERROR])


def read_by(acting: Acting, state: str = "") -> ConcernQuerySet:
    """Those that the reader was let in to: the open ones, or those that `state` says."""
    wanted = {"closed": CLOSED, "all": Q()}.get(state, ~CLOSED)
    found: ConcernQuerySet = PracticeConcern.objects.visible_to(acting).filter(wanted)
    rows = found.select_related("agreement", "practice").prefetch_related("practice__names")
    return rows.order_by("-closed_at", "opened_at", "pk")


def under(
    agreements: Iterable[Agreement], acting: Acting
) -> Mapping[int, Sequence[PracticeConcern]]:
    """Agreement id -> what the reader reads of it, the newest first, without what was entered in
    error (one query a page)."""
    return _under(frozenset(agreement.pk for agreement in agreements), acting)


@once_a_page
def _under(ids: frozenset[int], acting: Acting) -> Mapping[int, Sequence[PracticeConcern]]:
    return grouped(rows_under(ids, acting))


def rows_under(ids: Iterable[int], acting: Acting) -> QuerySet[PracticeConcern]:
    """The same as a query, for `grouped`."""
    rows = PracticeConcern.objects.visible_to(acting).filter(agreement__in=list(ids))
    counted = rows.exclude(state=PracticeConcern.State.IN_ERROR).select_related("practice")
    found: QuerySet[PracticeConcern] = counted.annotate(called=name_today("practice"))
    return found.order_by("-opened_at", "-pk")


def grouped(rows: Iterable[PracticeConcern]) -> Mapping[int, Sequence[PracticeConcern]]:
    found: dict[int, list[PracticeConcern]] = defaultdict(list)
    for each in rows:
        found[each.agreement_id].append(with_name(each, "practice"))
    return found


def practices() -> Organisations:
    """The practices that a concern can be about, by every name that they had."""
    return Organisations(Organisation.objects.filter(kind=Organisation.Kind.PRACTICE))


def commissioners() -> Organisations:
    """Whoever may commission what is not delivered."""
    return Organisations(Organisation.objects.exclude(kind=Organisation.Kind.PRACTICE))
