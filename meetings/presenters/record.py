"""What is on record of a meeting, as one reader may read it: what is common to all who meet, and
what is about agreements of their own (record 0055)."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from markupsafe import Markup

from agreements.core.confirming import by_any_of
from agreements.models import Agreement
from documents.markdown import to_html
from meetings.models import AgendaItem, Attendee, Meeting, MeetingAnswer, Note
from meetings.presenters.readers import everybody_at, is_joint, only
from meetings.queries.seen import agreements_seen, notes_seen
from meetings.queries.sides import parties_under, who_confirm
from meetings.rules.under import standing_of_record
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import Acting
from parties.models import Organisation, User
from parties.models.organisations import name_today, with_name

# So many answers are said in full.
SHOWN = 12


class Record:
    """The record of one meeting for one reader."""

    def __init__(self, meeting: Meeting, acting: Acting) -> None:
        self.meeting, self.acting = meeting, acting
        self.series = meeting.series

    @cached_property
    def own(self) -> list[Agreement]:
        """The reader's own agreements for which it was or will be held."""
        return agreements_seen(self.series, self.meeting.day)

    @cached_property
    def is_joint(self) -> bool:
        """Whether some of it may be read by some alone."""
        return is_joint(self.meeting)

    @cached_property
    def standing(self) -> str:
        """How its record stands under the reader's own agreements."""
        if not (self.meeting.is_held and self.is_joint):
            return self.meeting.standing
        parties_under(self.own)
        said = {pk: answer.agrees for pk, answer in self._said.items()}
        return standing_of_record(self.meeting.recorded_for_id, self.own, said)

    @property
    def story(self) -> str:
        """Who called or recorded it, in a sentence or two."""
        meeting = self.meeting
        if meeting.is_scheduled or meeting.state == Meeting.State.CANCELLED:
            return f"Called by {self._by(meeting.called_by, meeting.called_for)}."
        how = " It was held elsewhere." if meeting.elsewhere else ""
        on = f" on {day(meeting.recorded_at)}" if meeting.recorded_at else ""
        return f"Recorded by {self._by(meeting.recorded_by, meeting.recorded_for)}{on}.{how}"

    @cached_property
    def answers(self) -> list[str]:
        """What the other parties of the reader's agreements say of the record as it stands now."""
        if not self.meeting.is_held:
            return []
        said, writer = self._said, self.meeting.recorded_for_id
        others = [each for each in who_confirm(self.own, writer) if each.pk in said]
        shown = others[:SHOWN]
        words = [_answer_words(each, said[each.pk]) for each in shown]
        if len(others) > len(shown):
            words.append(f"{len(others) - len(shown)} more have answered.")
        if self.standing == Meeting.Standing.AWAITED:
            awaited = who_confirm(self.own, writer, said)
            words.append(f"Not yet confirmed by {by_any_of(awaited)}.")
        return words

    @cached_property
    def _said(self) -> dict[int, MeetingAnswer]:
        """By organisation what it said last of the record, where the reader may know."""
        seen = MeetingAnswer.objects.visible_to(self.acting).filter(meeting=self.meeting)
        rows = seen.filter(at__gte=self.meeting.recorded_at).order_by("at", "pk")
        return {answer.organisation_id: answer for answer in rows}

    @property
    def notes(self) -> Markup:
        return to_html(self.meeting.notes, under=2)

    @property
    def came(self) -> dict[str, list[str]]:
        """Who came, by organisation; others by name or role. Of those whom the reader meets under
        no agreement of their own the number alone."""
        found: dict[str, list[str]] = defaultdict(list)
        seen = Attendee.objects.visible_to(self.acting).filter(meeting=self.meeting)
        rows = list(
            seen.select_related("person", "organisation").annotate(
                called=name_today("organisation")
            )
        )
        for row in rows:
            with_name(row, "organisation")
            found[str(row.organisation or "Others")].append(str(row))
        if self.is_joint and (more := self.meeting.attendees.count() - len(rows)):
            found["Of other MoUs"].append(plural(more, "person", "people"))
        return found

    @cached_property
    def notes_of_some(self) -> list[Note]:
        """What the reader's agreements alone say of it."""
        return notes_seen(self.meeting, self.acting) if self.series.may_be_joint else []

    def note_html(self, note: Note) -> Markup:
        return to_html(note.text, under=2)

    def only(self, marked: AgendaItem | Note) -> str:
        """Who reads what is marked; nothing of what everybody reads."""
        about = [row.agreement for row in marked.about.all()]
        return only(about) if about else ""

    @property
    def everybody(self) -> str:
        """Of a meeting of several agreements, who reads what is not marked."""
        return everybody_at(self.meeting) if self.is_joint else ""

    def added_by(self, item: AgendaItem) -> str:
        return self._by(item.added_by, item.added_for)

    def _by(self, user: User | None, organisation: Organisation | None) -> str:
        """Who did it; of those whom the reader meets under no agreement the organisation alone."""
        known = {party.organisation.pk for party in parties_under(self.own)}
        if organisation and organisation.pk not in known and self.is_joint:
            return str(organisation)
        return f"{user}, {organisation}"


def _answer_words(organisation: Organisation, answer: MeetingAnswer) -> str:
    """What one of the other parties says of the record."""
    by = f" ({answer.by_link})" if answer.by_link else ""
    if answer.agrees:
        return f"Confirmed by {organisation}{by} on {day(answer.at)}."
    return f"{organisation}{by} says that it is not right: {answer.because}"
