"""An announcement's dates, and drafts to read, as lines of the home page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from communications.models import Acknowledgement, Announcement, Draft, Share, TeamAsked
from communications.models.announcements import OPEN, is_named
from communications.models.teams_asked import in_asked_team
from communications.presenters.words import called, draft_url, url_of
from deadlines.lines import Line
from deadlines.models import Deadline
from house import clock
from house.answers import Todo
from house.asked_together import Asking
from parties.acting import Acting
from parties.models.organisations import name_today

# So many of the newest shares are looked at for drafts to read.
MOST_SHARES = 50


def share_by_lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """By when a draft is with the parties of one agreement (one query)."""
    for announcement in _of(deadlines):
        yield Line(
            f"Share the draft {called(announcement)}",
            url_of(announcement),
            "Share the draft",
            naming="party",
        )


def release_lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """Before the planned release what is coming, after it what has to be said (one query)."""
    for announcement in _of(deadlines):
        mark = f"Mark the {called(announcement)} as released"
        ahead = Line(f"{mark}, once it is out", url_of(announcement), "Open", naming="nobody")
        past = replace(ahead, act=f"{mark}, move it or withdraw it", button="Say what came of it")
        yield replace(ahead, late=past)


def _of(deadlines: Sequence[Deadline]) -> Iterator[Announcement]:
    """The announcement of each deadline."""
    found = Announcement.objects.in_bulk({int(deadline.subject) for deadline in deadlines})
    for deadline in deadlines:
        yield found[int(deadline.subject)]


def asking_drafts_to_read(acting: Acting) -> Asking[list[Todo]]:
    """The newest draft of each that was shared with the reader, until they acknowledge it; and what
    a team of theirs is asked about by another organisation."""
    given = Acknowledgement.objects.filter(
        draft=OuterRef("pk"), reader=acting.user.pk, organisation=acting.organisation_id
    )
    shares = Share.objects.filter(is_named(acting)).order_by("-shared_at")
    named = shares.values("draft")[:MOST_SHARES]
    visible = Draft.objects.visible_to(acting).values("pk")
    shared = Q(announcement__state="shared", pk__in=named) & Q(pk__in=visible)
    teams = TeamAsked.objects.filter(in_asked_team(acting), replaced_at=None, answer="")
    asked = Q(announcement__state__in=OPEN, pk__in=teams.values("draft"))
    others = Draft.objects.filter(shared | asked).exclude(
        announcement__owner=acting.organisation_id
    )
    rows = others.select_related("announcement").defer("text").order_by("number")
    of_team = teams.filter(draft=OuterRef("pk")).order_by("pk")
    said = rows.annotate(
        is_read=Exists(given),
        owner_name=name_today("announcement__owner"),
        asked_pk=Subquery(of_team.values("pk")[:1]),
        team_name=Subquery(of_team.values("team__name")[:1]),
    )
    [drafts] = yield [said]
    newest: dict[int, Any] = {draft.announcement_id: draft for draft in drafts}
    return [
        _to_answer(draft) if draft.asked_pk else _to_read(draft, draft.owner_name)
        for draft in newest.values()
        if draft.asked_pk or not draft.is_read
    ]


def names_of(what: str, deadlines: Sequence[Deadline]) -> Mapping[int, str]:
    """Deadline id -> "Planned release: press release “…”", for those who hold it (one query)."""
    found = Announcement.objects.in_bulk([int(each.subject) for each in deadlines])
    return {
        deadline.pk: f"{what}: {called(announcement)}"
        for deadline in deadlines
        if (announcement := found.get(int(deadline.subject)))
    }


def _to_read(draft: Draft, owner: str) -> Todo:
    announcement = draft.announcement
    return Todo(
        sentence=f"Read the draft {called(announcement)}, under embargo",
        about=f"Shared with you by {owner}",
        url=draft_url(draft),
        button="Read the draft",
        due_on=clock.london_day(announcement.planned_for),
        due_at=announcement.planned_for,
    )


def _to_answer(draft: Any) -> Todo:
    announcement = draft.announcement
    return Todo(
        sentence=f"Say what {draft.team_name} thinks of the draft {called(announcement)}",
        about=f"Asked by {draft.owner_name}, under embargo",
        url=reverse("announcements:team_answer", args=[announcement.public_id, draft.asked_pk]),
        button="Read and answer",
        due_on=clock.london_day(announcement.planned_for),
        due_at=announcement.planned_for,
    )
