"""What goes of meetings with an MoU that is disposed of. What several MoUs share goes with the last
of them; what is about some of them alone goes with those."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from agreements.emails.what_goes import emails_on
from agreements.models import Agreement
from house.goes import Goes
from meetings.models import (
    AgendaItem,
    Attendee,
    ItemAbout,
    Meeting,
    MeetingAnswer,
    Note,
    NoteAbout,
    Series,
    SeriesAgreement,
)


def _of_it_alone(model: Any, joined: Any, to: str, agreement: int) -> Any:
    """The ids of rows that are this agreement's and no other's that is kept."""
    mine = joined.objects.filter(**{to: OuterRef("pk")}, agreement=agreement)
    others = joined.objects.filter(**{to: OuterRef("pk")}).exclude(agreement=agreement)
    kept = others.exclude(agreement__state=Agreement.State.DISPOSED)
    return model._base_manager.filter(Exists(mine), ~Exists(kept)).values("pk")


def _series(agreement: int) -> Any:
    return _of_it_alone(Series, SeriesAgreement, "series", agreement)


def _meetings(agreement: int) -> Q:
    return Q(series__in=_series(agreement))


def _at_meetings(agreement: int) -> Q:
    return Q(meeting__series__in=_series(agreement))


def _items(agreement: int) -> Q:
    about = _of_it_alone(AgendaItem, ItemAbout, "item", agreement)
    return _at_meetings(agreement) | Q(id__in=about)


def _notes(agreement: int) -> Q:
    about = _of_it_alone(Note, NoteAbout, "note", agreement)
    return _at_meetings(agreement) | Q(id__in=about)


def _meeting_ids(agreement: int) -> Any:
    return Meeting._base_manager.filter(_meetings(agreement)).values("pk")


WHAT: Final = "Meetings: agendas, notes, places, who came by name"
GOES: Final = (
    Goes(WHAT, Series, ("name", "standing"), of=lambda pk: Q(id__in=_series(pk))),
    Goes(WHAT, Meeting, ("place", "notes", "because"), of=_meetings),
    Goes(WHAT, Attendee, ("name",), of=_at_meetings),
    Goes(WHAT, AgendaItem, ("heading", "body"), of=_items),
    Goes(WHAT, Note, ("text",), of=_notes),
    Goes(WHAT, MeetingAnswer, ("because",), of=_at_meetings),
    *emails_on("meeting", _meeting_ids),
)
