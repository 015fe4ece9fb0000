"""The page of a meeting: its agenda before it, its record afterwards."""

from __future__ import annotations

from functools import cached_property

from django.urls import reverse
from markupsafe import Markup

from agreements.core.parties import with_whom
from commitments.models.actions import ActionQuerySet
from commitments.presenters.lists import COLUMNS as ACTION_COLUMNS
from commitments.presenters.lists import rows_of
from commitments.queries import actions_seen_by
from documents.markdown import to_html
from house import clock
from meetings.models import Meeting, MeetingAnswer
from meetings.presenters.agenda import Line, WhoCame, lines_of, who_came
from meetings.presenters.words import standing_tag, state_tag, when
from meetings.queries.seen import names_of_others
from meetings.queries.sides import organisations_in
from meetings.rules.who import may_answer, may_call_an_error, may_record
from meetings.services.carrying import open_before
from meetings.services.recording import source_key_of
from nhsuk.components import Action, Cell, Link, Tag
from nhsuk.dates import day
from parties.acting import Acting
from parties.models import Organisation


class MeetingPage:
    """One meeting for one reader."""

    action_columns = ACTION_COLUMNS

    def __init__(self, meeting: Meeting, acting: Acting) -> None:
        self.meeting, self.acting, self.today = meeting, acting, clock.today()
        self.series = meeting.series

    # --- What it is

    @property
    def caption(self) -> str:
        others = with_whom(names_of_others(self.series, self.acting))
        return f"{self.series.name}, {others}"

    @property
    def heading(self) -> str:
        return when(self.meeting)

    @property
    def tags(self) -> list[Tag]:
        found = [state_tag(self.meeting, self.today), standing_tag(self.meeting)]
        return [tag for tag in found if tag]

    @property
    def story(self) -> list[str]:
        """Who called or recorded it, and how the record stands, as sentences."""
        meeting = self.meeting
        if meeting.is_scheduled or meeting.state == Meeting.State.CANCELLED:
            return [f"Called by {meeting.called_by}, {meeting.called_for}."]
        how = " It was held elsewhere." if meeting.elsewhere else ""
        on = f" on {day(meeting.recorded_at)}" if meeting.recorded_at else ""
        return [f"Recorded by {meeting.recorded_by}, {meeting.recorded_for}{on}.{how}"]

    @cached_property
    def answers(self) -> list[str]:
        """What the other parties say of the record as it stands now."""
        if not self.meeting.is_held:
            return []
        said: dict[int, MeetingAnswer] = {}
        rows = self.meeting.answers.filter(at__gte=self.meeting.recorded_at)
        for answer in rows.select_related("organisation").prefetch_related("organisation__names"):
            said[answer.organisation_id] = answer
        sentences = []
        for each in organisations_in(self.series):
            if each.pk != self.meeting.recorded_for_id:
                sentences.append(_answer_words(each, said.get(each.pk)))
        return sentences

    # --- What can be done

    @cached_property
    def may_record(self) -> bool:
        return may_record(self.acting, self.series)

    @property
    def may_edit_agenda(self) -> bool:
        return self.meeting.is_scheduled and self.may_record

    @property
    def buttons(self) -> list[Action]:
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
    def last_links(self) -> list[Link]:
        found = []
        if self.may_edit_agenda:
            found.append(Link("Cancel this meeting", self._url("cancel")))
        if may_call_an_error(self.acting, self.meeting):
            found.append(Link("This was entered in error", self._url("error")))
        return found

    # --- What stands on it

    @property
    def notes(self) -> Markup:
        return to_html(self.meeting.notes, under=2)

    @cached_property
    def came(self) -> list[WhoCame]:
        return who_came(self.meeting) if self.meeting.recorded_at else []

    @cached_property
    def agenda(self) -> list[Line]:
        return lines_of(self.meeting, self.carried)

    @cached_property
    def carried(self) -> list[list[Cell]]:
        """Actions of earlier meetings that are open, or were when this one was held."""
        if self.meeting.is_scheduled:
            return self._rows(actions_seen_by(self.acting).filter(pk__in=open_before(self.meeting)))
        return self._rows(actions_seen_by(self.acting).filter(carried_to__meeting=self.meeting))

    @cached_property
    def agreed(self) -> list[list[Cell]]:
        """The actions that it agreed."""
        key = source_key_of(self.meeting)
        return self._rows(actions_seen_by(self.acting).filter(source_key=key))

    def _rows(self, actions: ActionQuerySet) -> list[list[Cell]]:
        return rows_of(actions.soonest_first(), self.today)

    @property
    def _before(self) -> list[Action]:
        add = self._button("Add to the agenda", "item_add")
        change = self._button("Change day or place", "change", "secondary")
        if self.meeting.day <= self.today:
            record = self._button("Record what happened", "record")
            return [record, self._button("Add to the agenda", "item_add", "secondary"), change]
        return [add, change]

    @property
    def _may_still_answer(self) -> bool:
        awaited = self.meeting.standing != Meeting.Standing.CONFIRMED
        return awaited and may_answer(self.acting, self.meeting)

    def _button(self, text: str, page: str, kind: str = "") -> Action:
        return Action(text, self._url(page), kind=kind)  # type: ignore[arg-type]

    def _url(self, page: str) -> str:
        return reverse(f"meetings:{page}", args=[self.meeting.key])


def _answer_words(organisation: Organisation, answer: MeetingAnswer | None) -> str:
    """What one of the other parties says of the record."""
    if answer is None:
        return f"Not yet confirmed by {organisation}."
    if answer.agrees:
        return f"Confirmed by {organisation} on {day(answer.at)}."
    return f"{organisation} says that it is not right: {answer.because}"
