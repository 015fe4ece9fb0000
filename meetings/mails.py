"""The e-mails about meetings. They hold no name, note or place that somebody typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from agreements.core.letters import Letter
from commitments.models import Action
from mail.kinds import Message, NotNeeded, kind
from meetings.models import Meeting, Series
from meetings.news import OF_MEETINGS, OF_SERIES
from meetings.presenters.words import cadence_in_sentence, noun_of, nouns_of, when
from meetings.queries.sides import parties_in
from meetings.services.recording import source_key_of
from nhsuk.dates import day
from nhsuk.words import plural
from parties.models import Organisation


class SeriesLetter(Letter):
    """A letter about a series: the reader's agreements, and who else is in them.

    Of a group that serves several agreements nobody hears of one that is not their own. Raises
    NotNeeded for an organisation that has no part in it any more.
    """

    def __init__(self, series: Series, organisation_id: int | None, *, why: str) -> None:
        parties = parties_in(series)
        own = {p.agreement_id for p in parties if p.organisation.pk == organisation_id}
        seen = [party for party in parties if party.agreement_id in own]
        if not seen:
            raise NotNeeded
        super().__init__(
            [party.name for party in seen if party.organisation.pk != organisation_id],
            list(dict.fromkeys(party.agreement.reference for party in seen)),
            page=reverse("meetings:series", args=[series.key]),
            why=why,
        )

    @property
    def under(self) -> str:
        return f"under your {self.mous}"

    @property
    def under_yours(self) -> str:
        """Where a sentence names the other organisation already."""
        return f"under your {'MoU' if len(self.references) == 1 else 'MoUs'}"


def page_of(meeting: Meeting) -> str:
    return reverse("meetings:meeting", args=[meeting.key])


@kind("meeting_news")
def meeting_news(context: dict[str, Any]) -> Message:
    meeting = Meeting.objects.select_related("series").get(pk=context["pk"])
    verb = context["verb"]
    if verb in {"meeting_scheduled", "meeting_moved"} and not meeting.is_scheduled:
        raise NotNeeded
    about = SeriesLetter(meeting.series, context["organisation"], why=context["why"])
    words = {
        "noun": noun_of(meeting.series), "when": when(meeting), "day": day(meeting.day),
        "under": about.under_yours,
    }  # fmt: skip
    news = OF_MEETINGS[verb]
    sentence = f"On {_on(context)} {_actor(context)} {news.sentence.format(**words)}"
    to_others = context["organisation"] != context["by"]
    next_step = (news.next_step,) if news.next_step and to_others else ()
    return about.message(
        news.subject.format(**words),
        sentence,
        *_own_actions(meeting, context),
        *next_step,
        button="Open the meeting",
        to=page_of(meeting),
    )


@kind("series_news")
def series_news(context: dict[str, Any]) -> Message:
    series = Series.objects.get(pk=context["pk"])
    about = SeriesLetter(series, context["organisation"], why=context["why"])
    news = OF_SERIES[context["verb"]]
    words = {
        "noun": noun_of(series), "nouns": nouns_of(series), "under": about.under_yours,
        "cadence": cadence_in_sentence(series),
    }  # fmt: skip
    return about.message(
        news.subject.format(**words),
        f"On {_on(context)} {_actor(context)} {news.sentence.format(**words)}",
        button="Open the meetings",
    )


def _own_actions(meeting: Meeting, context: dict[str, Any]) -> tuple[str, ...]:
    """How many of the meeting's open actions are the reader's."""
    if context["verb"] not in {"meeting_recorded", "action_agreed"}:
        return ()
    own = Action.objects.filter(
        source_key=source_key_of(meeting), state=Action.State.OPEN, person=context["person"] or 0
    ).count()
    return (f"{plural(own, 'action')} of it {'is' if own == 1 else 'are'} yours.",) if own else ()


def _on(context: dict[str, Any]) -> str:
    return day(date.fromisoformat(context["on"]))


def _actor(context: dict[str, Any]) -> str:
    return Organisation.objects.get(pk=context["by"]).name
