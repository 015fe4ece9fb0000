"""Meetings as things that saved e-mails are put on (X12): of a series that may serve several
agreements. Whoever reads a meeting reads them."""

from __future__ import annotations

from django.db.models import QuerySet

from agreements.core.emailing import Thing, Things
from agreements.core.letters import Letter
from agreements.models import Agreement
from house.wall import WhoAsks
from meetings.models import Meeting
from meetings.presenters.words import meeting_page, noun_of, when
from meetings.queries.sides import agreements_at, agreements_with, parties_under
from meetings.services.locking import lock_meeting
from meetings.views.reached import way_to_series
from nhsuk.dates import day


class MeetingsEmailed(Things[Meeting]):
    key = "meeting"
    label = "a meeting"

    def visible(self, acting: WhoAsks) -> QuerySet[Meeting]:
        return Meeting.objects.visible_to(acting).select_related("series")

    def all_rows(self) -> QuerySet[Meeting]:
        return Meeting.objects.select_related("series")

    def of_agreement(self, agreement: Agreement, acting: WhoAsks) -> QuerySet[Meeting]:
        served = self.visible(acting).filter(series__serves__agreement=agreement)
        return served.exclude(state=Meeting.State.IN_ERROR).distinct().order_by("-day", "-pk")

    def agreements(self, thing: Meeting) -> list[Agreement]:
        return agreements_at(thing)

    def readers(self, thing: Meeting) -> str:
        return "Everybody who can open this meeting reads it here."

    def lock(self, thing: Meeting) -> Meeting:
        return lock_meeting(thing)

    def said(self, thing: Meeting) -> Thing:
        series = thing.series
        return Thing(
            when(thing),
            f"the {noun_of(series)} of {day(thing.day)}",
            meeting_page(thing),
            series.name,
            way_to_series(series),
            thing.recorded_at or thing.called_at,
        )

    def letter(self, thing: Meeting, organisation_id: int | None, why: str) -> Letter:
        """About the reader's own agreements alone: of others they may know nothing."""
        own = agreements_with(agreements_at(thing), organisation_id)
        others = [p.name for p in parties_under(own) if p.organisation.pk != organisation_id]
        return Letter(others, own, page=meeting_page(thing), why=why)
