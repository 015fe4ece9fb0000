"""What goes of announcements with an MoU that is disposed of; one of several goes with the last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from agreements.emails.what_goes import emails_on
from agreements.models import Agreement
from communications.models import (
    Announcement,
    Comment,
    ConcernedAgreement,
    Correction,
    Draft,
    Move,
    Release,
    TeamAsked,
)
from communications.models.announcements import OPEN
from house.goes import Goes, GoesFile


def _of_it_alone(agreement: int) -> Any:
    """The ids of announcements about it and about no other agreement that is kept. One that is
    still planned is its owner's, and nobody else knows of it."""
    concerned = ConcernedAgreement.objects.filter(announcement=OuterRef("pk"))
    others = concerned.exclude(agreement=agreement)
    kept = others.exclude(agreement__state=Agreement.State.DISPOSED)
    mine = concerned.filter(agreement=agreement)
    done = Announcement._base_manager.exclude(state__in=OPEN)
    return done.filter(Exists(mine), ~Exists(kept)).values("pk")


def _by(to_announcement: str) -> Callable[[int], Q]:
    def of(agreement: int) -> Q:
        return Q(**{f"{to_announcement}__in": _of_it_alone(agreement)})

    return of


def _file(model: Any, to_announcement: str) -> GoesFile:
    of = _by(to_announcement)
    return GoesFile("Stored files", model, "file", of, of)


WHAT: Final = "Announcements: titles, drafts, comments, final texts"
GOES: Final = (
    Goes(WHAT, Announcement, ("title", "withdrawn_because"), of=_by("id")),
    Goes(WHAT, ConcernedAgreement, ("short_because",), of=lambda pk: Q(agreement=pk)),
    Goes(WHAT, Draft, ("text",), of=_by("announcement")),
    Goes(WHAT, Comment, ("text",), of=_by("draft__announcement")),
    Goes(WHAT, TeamAsked, ("words", "gone_ahead_because"), of=_by("announcement")),
    Goes(WHAT, Move, ("because",), of=_by("announcement")),
    Goes(WHAT, Release, ("text",), of=_by("announcement")),
    Goes(WHAT, Correction, ("text", "because"), of=_by("release__announcement")),
    _file(Draft, "announcement"),
    _file(Release, "announcement"),
    _file(Correction, "release__announcement"),
    *emails_on("announcement", _of_it_alone),
)
