"""The page of a meeting: its agenda before it, its record afterwards."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from django.urls import reverse
from markupsafe import Markup

from agreements.core.confirming import by_any_of
from commitments.models import Action
from commitments.queries import actions_seen_by
from documents.markdown import to_html
from house import clock
from house.room import AgendaPoint
from meetings.models import AgendaItem, Meeting, MeetingAnswer
from meetings.presenters.words import standing_tag, state_tag
from meetings.queries.points import points_for
from meetings.queries.seen import agreements_seen, names_of_others
from meetings.queries.sides import who_confirm
from meetings.rules.who import may_answer, may_call_an_error, may_record
from meetings.services.actions import open_before, source_key_of
from nhsuk.components import Button, Tag
from nhsuk.dates import day
from nhsuk.words import with_whom
from parties.acting import Acting
from parties.models import Organisation
from parties.models.organisations import name_today, with_name


class MeetingPage:
    """One meeting for one reader."""

    def __init__(self, meeting: Meeting, acting: Acting) -> None:
        self.meeting, self.acting = meeting, acting
        self.series = meeting.series

    # --- What it is

    @property
    def caption(self) -> str:
        others = with_whom(names_of_others(self.series, self.acting))
        return f"{self.series.name}, {others}"

    @property
    def tags(self) -> list[Tag]:
        found = [state_tag(self.meeting), standing_tag(self.meeting)]
        return [tag for tag in found if tag]

    @property
    def story(self) -> str:
        """Who called or recorded it, in a sentence or two."""
        meeting = self.meeting
        if meeting.is_scheduled or meeting.state == Meeting.State.CANCELLED:
            return f"Called by {meeting.called_by}, {meeting.called_for}."
        how = " It was held elsewhere." if meeting.elsewhere else ""
        on = f" on {day(meeting.recorded_at)}" if meeting.recorded_at else ""
        return f"Recorded by {meeting.recorded_by}, {meeting.recorded_for}{on}.{how}"

    @cached_property
    def answers(self) -> list[str]:
        """What the other parties say of the record as it stands now."""
        if not self.meeting.is_held:
            return []
        rows = self.meeting.answers.filter(at__gte=self.meeting.recorded_at)
        said = {answer.organisation_id: answer for answer in rows}
        others = who_confirm(self.series, self.meeting.recorded_for_id)
        words = [_answer_words(each, said[each.pk]) for each in others if each.pk in said]
        if self.meeting.standing == Meeting.Standing.AWAITED:
            awaited = who_confirm(self.series, self.meeting.recorded_for_id, said)
            words.append(f"Not yet confirmed by {by_any_of(awaited)}.")
        return words

    # --- What can be done

    @cached_property
    def may_record(self) -> bool:
        return may_record(self.acting, self.series)

    @property
    def may_edit_agenda(self) -> bool:
        return self.meeting.is_scheduled and self.may_record

    @property
    def buttons(self) -> list[Button]:
        """The likeliest first."""
        if self.meeting.is_scheduled:
            return self._before if self.may_record else []
        found = []
        if self._may_still_answer:
            found.append(self._button("Say whether this is right", "answer"))
        if self.meeting.is_held and self.may_record:
            kind = "secondary" if found else ""
            found.append(self._button("Add an action", "action", kind))
            found.append(self._button("Correct the record", "correct", "secondary"))
        return found

    @property
    def may_call_an_error(self) -> bool:
        return may_call_an_error(self.acting, self.meeting)

    # --- What stands on it

    @property
    def notes(self) -> Markup:
        return to_html(self.meeting.notes, under=2)

    @property
    def came(self) -> dict[str, list[str]]:
        """Who came, by organisation; others by name or role."""
        found: dict[str, list[str]] = defaultdict(list)
        rows = self.meeting.attendees.select_related("person", "organisation")
        for row in rows.annotate(called=name_today("organisation")):
            with_name(row, "organisation")
            found[str(row.organisation or "Others")].append(str(row))
        return found

    @cached_property
    def agenda(self) -> list[AgendaItem]:
        rows = self.meeting.agenda.select_related("added_by__person", "added_for")
        named = rows.annotate(called=name_today("added_for"))
        return [with_name(row, "added_for") for row in named]

    def says(self, item: AgendaItem) -> Markup:
        return to_html(item.body)

    def points_under(self, item: AgendaItem) -> list[AgendaPoint]:
        """What the portal holds for an item; what changed, and no source claims, has its own."""
        if item.kind == AgendaItem.Kind.SINCE:
            claimed = {each.topic for each in self.agenda if each.topic}
            return [
                p for topic, points in self._points.items() if topic not in claimed for p in points
            ]
        return self._points.get(item.topic, []) if item.topic else []

    def is_empty(self, item: AgendaItem) -> bool:
        """Nothing stands yet under a heading that the portal could have filled."""
        fills_itself = item.kind in {AgendaItem.Kind.SOURCE, AgendaItem.Kind.SINCE}
        nothing = not item.body and not self.points_under(item)
        return self.meeting.is_scheduled and fills_itself and nothing

    @cached_property
    def carried(self) -> list[Action]:
        """Actions of earlier meetings that are open, or were when this one was held."""
        if self.meeting.is_scheduled:
            return self._actions(pk__in=open_before(self.meeting))
        return self._actions(carried_to__meeting=self.meeting)

    @cached_property
    def agreed(self) -> list[Action]:
        """The actions that it agreed."""
        return self._actions(source_key=source_key_of(self.meeting))

    def _actions(self, **which: object) -> list[Action]:
        return list(actions_seen_by(self.acting).filter(**which).soonest_first())

    @cached_property
    def _points(self) -> dict[str, list[AgendaPoint]]:
        return points_for(self.meeting, agreements_seen(self.series))

    @property
    def _before(self) -> list[Button]:
        over = self.meeting.day <= clock.today()
        record = [self._button("Record what happened", "record")] if over else []
        add = self._button("Add to the agenda", "item_add", "secondary" if over else "")
        return [*record, add, self._button("Change day or place", "change", "secondary")]

    @property
    def _may_still_answer(self) -> bool:
        awaited = self.meeting.standing != Meeting.Standing.CONFIRMED
        return awaited and may_answer(self.acting, self.meeting)

    def _button(self, text: str, page: str, kind: str = "") -> Button:
        return Button(text, self._url(page), kind=kind)  # type: ignore[arg-type]

    def _url(self, page: str) -> str:
        return reverse(f"meetings:{page}", args=[self.meeting.key])


def _answer_words(organisation: Organisation, answer: MeetingAnswer) -> str:
    """What one of the other parties says of the record."""
    by = f" ({answer.by_link})" if answer.by_link else ""
    if answer.agrees:
        return f"Confirmed by {organisation}{by} on {day(answer.at)}."
    return f"{organisation}{by} says that it is not right: {answer.because}"
