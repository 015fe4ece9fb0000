"""What the other parties did lately, for the home page: the newest thing about each agreement.

The same about several of a group is one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from agreements.models import Happening, Issue
from agreements.page.timeline import EDITS, sentence_in_line, sentence_of
from house import clock
from house.rooms import rooms
from parties.acting import Acting
from parties.models.organisations import name_today, with_name

LATELY = timedelta(days=14)
# So many acts are looked at, and so many agreements named: older ones stand in their histories.
READ, SHOWN = 60, 5


@dataclass(frozen=True)
class News:
    """The newest act of another party about one agreement; its history has those before. Of a
    group that the reader looks after, the same act about several; its page has each."""

    sentence: str
    about: str
    at: datetime
    url: str


def news_for(acting: Acting) -> list[News]:
    """Of the last fourteen days, the newest first (one query). Edits of a draft are no news."""
    acts = list(_acts_of_others(acting))
    newest: dict[int, Happening] = {}
    for act in acts:
        newest.setdefault(act.agreement_id, act)
    lines: dict[tuple[int, str], list[Happening]] = {}
    for act in newest.values():
        lines.setdefault(_told_as(act, acting), []).append(act)
    more = len(acts) == READ
    return [_said(each, acting, more=more) for each in list(lines.values())[:SHOWN]]


def _acts_of_others(acting: Acting) -> QuerySet[Happening]:
    """The newest first. They are found alone: what a line says of them is read for so many only."""
    lately = Happening.objects.visible_to(acting).filter(at__gte=clock.now() - LATELY)
    others = lately.exclude(organisation=None).exclude(organisation=acting.organisation_id)
    quiet = EDITS.union(*(room.no_news() for room in rooms()))
    found = others.exclude(verb__in=quiet).order_by("-at", "-pk").values("pk")[:READ]
    named = Happening.objects.filter(pk__in=found).annotate(called=name_today("organisation"))
    of_group = [f"agreement__issue_line__{each}" for each in ("issue", "share")]
    rows = named.select_related("agreement", "actor__person", "organisation", *of_group)
    return rows.order_by("-at", "-pk")


def _told_as(act: Happening, acting: Acting) -> tuple[int, str]:
    """What is told in one line has the same: equal words about agreements of one group."""
    issue = _own_group(act, acting)
    return (issue.pk, sentence_of(act)) if issue else (0, str(act.pk))


def _own_group(act: Happening, acting: Acting) -> Issue | None:
    """The group in which the reader's organisation looks after the agreement."""
    line = getattr(act.agreement, "issue_line", None)
    return line.issue if line and line.share.organisation_id == acting.organisation_id else None


def _said(acts: Sequence[Happening], acting: Acting, *, more: bool) -> News:
    """`more`: older acts were not looked at, so that a group may have more of these."""
    act, issue = acts[0], _own_group(acts[0], acting)
    assert act.organisation  # noqa: S101 - the query leaves out what nobody did for one
    with_name(act, "organisation")
    who, reference = act.organisation.name, act.agreement.reference
    if issue is None or len(acts) == 1:
        url = reverse("agreements:history", args=[reference])
        return News(sentence_of(act), f"{who}. {act.agreement.title}, {reference}", act.at, url)
    number = f"{len(acts)} or more" if more else str(len(acts))
    return News(
        sentence=f"{number} of the group “{issue.title}”: {sentence_in_line(act)}",
        about=f"The newest: {who}, {reference}",
        at=act.at,
        url=reverse("agreements:group", args=[issue.key]),
    )
