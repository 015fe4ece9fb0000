from meetings.models.agenda import AgendaItem, CarriedAction, ItemAbout
from meetings.models.meetings import MEETING_LIFECYCLE, Attendee, Meeting, MeetingAnswer
from meetings.models.notes import Note, NoteAbout
from meetings.models.series import WIDER_MEETING, Cadence, Series, SeriesAgreement, Turn
