"""The e-mails about meetings. They hold no name or note that somebody typed; where it is says the
invitation alone, for the reader's calendar."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from agreements.core.letters import Letter
from commitments.models import Action
from mail.kinds import Message, NotNeeded, address_in, kind
from meetings.by_link import with_answer
from meetings.invitations import INVITING, inviting
from meetings.models import Meeting, Series
from meetings.news import OF_MEETINGS, OF_SERIES
from meetings.presenters.words import meeting_page, noun_of, nouns_of, series_page, when
from meetings.queries.sides import parties_in
from meetings.services.actions import source_key_of
from nhsuk.dates import day
from nhsuk.words import in_sentence, plural
from parties.models import Organisation, User


class SeriesLetter(Letter):
    """A letter about a series: the reader's agreements, and who else is in them.

    Of a group that serves several agreements nobody hears of one that is not their own. Raises
    NotNeeded for an organisation that has no part in it any more.
    """

    def __init__(
        self,
        series: Series,
        organisation_id: int | None,
        *,
        why: str,
        on: date | None = None,
        under: Collection[int] | None = None,
    ) -> None:
        """`on` is the day of the meeting that it is about; `under` are the ids of the agreements
        that it is about, where these are not all."""
        parties = parties_in(series, on)
        own = {p.agreement_id for p in parties if p.organisation.pk == organisation_id}
        own = own if under is None else own & set(under)
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


def letter_of(meeting: Meeting, organisation_id: int | None, **more: Any) -> SeriesLetter:
    """A letter about one meeting: the agreements are those of its day."""
    return SeriesLetter(meeting.series, organisation_id, on=meeting.day, **more)


@kind("meeting_news")
def meeting_news(context: dict[str, Any]) -> Message:
    meeting = Meeting.objects.select_related("series").get(pk=context["pk"])
    verb = context["verb"]
    if verb in {"meeting_scheduled", "meeting_moved"} and not meeting.is_scheduled:
        raise NotNeeded
    under = context.get("under")
    about = letter_of(meeting, context["organisation"], why=context["why"], under=under)
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
    if verb in INVITING:
        message = inviting(message, meeting, address_in(context))
    reader = context["organisation"], context["person"]
    return with_answer(message, verb, meeting.pk, about.parties, reader)


@kind("series_news")
def series_news(context: dict[str, Any]) -> Message:
    series = Series.objects.get(pk=context["pk"])
    about = SeriesLetter(
        series, context["organisation"], why=context["why"], under=context.get("under")
    )
    about.replies_to(*_by(context))
    news = OF_SERIES[context["verb"]]
    words = {
        "noun": noun_of(series), "nouns": nouns_of(series), "under": about.under_yours,
        "cadence": in_sentence(series.how_often),
    }  # fmt: skip
    return about.message(
        news.subject.format(**words),
        f"On {_on(context)} {_actor(context)} {news.sentence.format(**words)}",
        *((news.next_step,) if news.next_step else ()),
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
