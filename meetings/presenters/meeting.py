"""The page of a meeting: its agenda before it, its record afterwards."""

from __future__ import annotations

from functools import cached_property

from django.urls import reverse
from markupsafe import Markup

from agreements.emails.pages import EmailsOn
from commitments.models import Action
from commitments.queries import actions_seen_by
from documents.markdown import to_html
from house import clock
from house.answers import AgendaPoint
from meetings.models import AgendaItem, ItemAbout, Meeting
from meetings.presenters.record import Record
from meetings.presenters.words import standing_tag, state_tag
from meetings.queries.points import points_for
from meetings.queries.seen import about_of_each, names_of_others
from meetings.rules.who import may_answer, may_call_an_error, may_record
from meetings.services.actions import open_before, source_key_of
from nhsuk.components import Button, Tag
from nhsuk.words import with_whom
from parties.models.organisations import name_today, with_name


class MeetingPage(Record):
    """One meeting for one reader."""

    # --- What it is

    @property
    def caption(self) -> str:
        others = with_whom(names_of_others(self.series, self.acting))
        return f"{self.series.name}, {others}"

    @property
    def tags(self) -> list[Tag]:
        found = [state_tag(self.meeting), standing_tag(self.meeting, self.standing)]
        return [tag for tag in found if tag]

    @cached_property
    def emails(self) -> EmailsOn:
        return EmailsOn("meeting", self.meeting, self.acting)

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
            if self.is_joint:
                found.append(
                    self._button("Add a note that only some read", "note_add", "secondary")
                )
        return found

    @property
    def may_call_an_error(self) -> bool:
        return may_call_an_error(self.acting, self.meeting)

    # --- What stands on it

    @cached_property
    def agenda(self) -> list[AgendaItem]:
        seen = AgendaItem.objects.visible_to(self.acting).filter(meeting=self.meeting)
        rows = seen.select_related("added_by__person", "added_for")
        if self.is_joint:
            rows = rows.prefetch_related(about_of_each(ItemAbout))
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
        return points_for(self.meeting, self.own)

    @property
    def _before(self) -> list[Button]:
        over = self.meeting.day <= clock.today()
        record = [self._button("Record what happened", "record")] if over else []
        add = self._button("Add to the agenda", "item_add", "secondary" if over else "")
        return [*record, add, self._button("Change day or place", "change", "secondary")]

    @property
    def _may_still_answer(self) -> bool:
        awaited = self.standing != Meeting.Standing.CONFIRMED
        return awaited and may_answer(self.acting, self.meeting)

    def _button(self, text: str, page: str, kind: str = "") -> Button:
        return Button(text, self._url(page), kind=kind)  # type: ignore[arg-type]

    def _url(self, page: str) -> str:
        return reverse(f"meetings:{page}", args=[self.meeting.key])
