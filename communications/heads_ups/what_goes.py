"""What goes of heads-ups with an MoU that is disposed of; one of several goes with the last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from agreements.models import Agreement
from communications.models import HeadsUp, HeadsUpAgreement, HeadsUpMove, OwedTo, Told
from house.goes import Goes


def _of_it_alone(agreement: int) -> Any:
    """The ids of heads-ups about it and about no other agreement that is kept. One that is still
    planned is its owner's, as an announcement is."""
    concerned = HeadsUpAgreement.objects.filter(heads_up=OuterRef("pk"))
    others = concerned.exclude(agreement=agreement)
    kept = others.exclude(agreement__state=Agreement.State.DISPOSED)
    mine = concerned.filter(agreement=agreement)
    done = HeadsUp._base_manager.exclude(state=HeadsUp.State.PLANNED)
    return done.filter(Exists(mine), ~Exists(kept)).values("pk")


def _by(to_heads_up: str) -> Callable[[int], Q]:
    def of(agreement: int) -> Q:
        return Q(**{f"{to_heads_up}__in": _of_it_alone(agreement)})

    return of


WHAT: Final = "Heads-ups: titles, texts, addresses of who was told"
GOES: Final = (
    Goes(WHAT, HeadsUp, ("title", "text", "channel", "audience", "because"), of=_by("id")),
    Goes(WHAT, HeadsUpMove, ("because",), of=_by("heads_up")),
    Goes(WHAT, OwedTo, ("told_how",), of=_by("concerned__heads_up")),
    Goes(WHAT, Told, ("address", "why"), of=_by("heads_up")),
)
