"""The e-mails about meetings. They hold no name, note or place that somebody typed.

What they say is one table, a line for each verb: `{noun}` is what the meeting is called (`{nouns}`:
several), `{under}` "under your MoU".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from agreements.core.letters import Letter
from commitments.models import Action
from mail.kinds import Message, NotNeeded, kind
from meetings.by_link import with_answer
from meetings.models import Meeting, Series
from meetings.presenters.words import meeting_page, noun_of, nouns_of, series_page, when
from meetings.queries.sides import parties_in
from meetings.services.actions import source_key_of
from nhsuk.dates import day
from nhsuk.words import in_sentence, plural
from parties.models import Organisation, User


@dataclass(frozen=True)
class News:
    """What the subject says; what follows "On 3 March Eastmoor CCG"; what the reader can do."""

    subject: str
    sentence: str
    next_step: str = ""


READ_AND_CONFIRM = "Read the record, then confirm it or say what is not right."

OF_MEETINGS = {
    "meeting_scheduled": News(
        "{noun} on {when}",
        "called a {noun} {under}. It is on {when}.",
        "Read its agenda, and add what you want to talk about.",
    ),
    "meeting_moved": News(
        "{noun} moved to {when}",
        "changed the {noun} {under}. It is on {when} now.",
        "Its page says where, and what is on the agenda.",
    ),
    "meeting_cancelled": News(
        "{noun} of {when} cancelled",
        "cancelled the {noun} of {when} {under}.",
        "The reason is on its page.",
    ),
    "meeting_recorded": News(
        "{noun} of {day} recorded",
        "recorded the {noun} of {day} {under}.",
        READ_AND_CONFIRM,
    ),
    "meeting_corrected": News(
        "record of the {noun} of {day} corrected",
        "corrected the record of the {noun} of {day} {under}.",
        READ_AND_CONFIRM,
    ),
    "meeting_confirmed": News(
        "record of the {noun} of {day} confirmed",
        "confirmed the record of the {noun} of {day} {under}.",
    ),
    "meeting_disputed": News(
        "record of the {noun} of {day} not right",
        "said that the record of the {noun} of {day} {under} is not right.",
        "What is not right stands on its page. Correct it there.",
    ),
    "meeting_in_error": News(
        "{noun} of {day} entered in error",
        "marked the {noun} of {day} {under} as entered in error.",
        "The reason is on its page.",
    ),
    "action_agreed": News(
        "action added from the {noun} of {day}",
        "added an action to the record of the {noun} of {day} {under}.",
    ),
}

OF_SERIES = {
    "series_made": News(
        "new meetings, held {cadence}", "added a series of meetings {under}, held {cadence}."
    ),
    "cadence_set": News(
        "{nouns} now held {cadence}", "asked for the {noun} {under} to be held {cadence}."
    ),
    "series_ended": News("meetings ended", "ended a series of meetings {under}."),
}


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
            list({party.agreement_id: party.agreement for party in seen}.values()),
            page=series_page(series),
            why=why,
        )
        self.parties = seen

    @property
    def under(self) -> str:
        return f"under your {self.mous}"

    @property
    def under_yours(self) -> str:
        """Where a sentence names the other organisation already."""
        return f"under your {'MoU' if len(self.references) == 1 else 'MoUs'}"


@kind("meeting_news")
def meeting_news(context: dict[str, Any]) -> Message:
    meeting = Meeting.objects.select_related("series").get(pk=context["pk"])
    verb = context["verb"]
    if verb in {"meeting_scheduled", "meeting_moved"} and not meeting.is_scheduled:
        raise NotNeeded
    about = SeriesLetter(meeting.series, context["organisation"], why=context["why"])
    about.replies_to(*_by(context))
    words = {
        "noun": noun_of(meeting.series), "when": when(meeting), "day": day(meeting.day),
        "under": about.under_yours,
    }  # fmt: skip
    news = OF_MEETINGS[verb]
    sentence = f"On {_on(context)} {_actor(context)} {news.sentence.format(**words)}"
    to_others = context["organisation"] != context["by"]
    next_step = (news.next_step,) if news.next_step and to_others else ()
    message = about.message(
        news.subject.format(**words),
        sentence,
        *_own_actions(meeting, context),
        *next_step,
        button="Open the meeting",
        to=meeting_page(meeting),
    )
    reader = context["organisation"], context["person"]
    return with_answer(message, verb, meeting.pk, about.parties, reader)


@kind("series_news")
def series_news(context: dict[str, Any]) -> Message:
    series = Series.objects.get(pk=context["pk"])
    about = SeriesLetter(series, context["organisation"], why=context["why"])
    about.replies_to(*_by(context))
    news = OF_SERIES[context["verb"]]
    words = {
        "noun": noun_of(series), "nouns": nouns_of(series), "under": about.under_yours,
        "cadence": in_sentence(series.how_often),
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


def _by(context: dict[str, Any]) -> tuple[User | None, int]:
    """Who did it, and for which organisation; e-mails queued by an earlier version know no user."""
    users = User.objects.select_related("person")
    return users.filter(pk=context.get("user", 0)).first(), context["by"]


def _actor(context: dict[str, Any]) -> str:
    return Organisation.objects.get(pk=context["by"]).name
