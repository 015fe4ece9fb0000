"""What the other parties did lately, for the home page: the newest thing about each agreement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from agreements.models import Happening
from agreements.page.timeline import EDITS, sentence_of
from house import clock
from house.rooms import rooms
from parties.acting import Acting
from parties.models.organisations import name_today, with_name

LATELY = timedelta(days=14)
# So many acts are looked at, and so many agreements named: older ones stand in their histories.
READ, SHOWN = 60, 5


@dataclass(frozen=True)
class News:
    """The newest act of another party about one agreement; its history has those before."""

    sentence: str
    about: str
    at: datetime
    url: str


def news_for(acting: Acting) -> list[News]:
    """Of the last fourteen days, the newest first (one query). Edits of a draft are no news."""
    newest: dict[int, Happening] = {}
    for act in _acts_of_others(acting):
        newest.setdefault(act.agreement_id, act)
    return [_said(act) for act in list(newest.values())[:SHOWN]]


def _acts_of_others(acting: Acting) -> QuerySet[Happening]:
    """The newest first. They are found alone: what a line says of them is read for so many only."""
    lately = Happening.objects.visible_to(acting).filter(at__gte=clock.now() - LATELY)
    others = lately.exclude(organisation=None).exclude(organisation=acting.organisation_id)
    quiet = EDITS.union(*(room.no_news() for room in rooms()))
    found = others.exclude(verb__in=quiet).order_by("-at", "-pk").values("pk")[:READ]
    named = Happening.objects.filter(pk__in=found).annotate(called=name_today("organisation"))
    return named.select_related("agreement", "actor__person", "organisation").order_by("-at", "-pk")


def _said(act: Happening) -> News:
    assert act.organisation  # noqa: S101 - the query leaves out what nobody did for one
    with_name(act, "organisation")
    return News(
        sentence=sentence_of(act),
        about=f"{act.organisation.name}. {act.agreement.title}, {act.agreement.reference}",
        at=act.at,
        url=reverse("agreements:history", args=[act.agreement.reference]),
    )
