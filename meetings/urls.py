from __future__ import annotations

from mail.links.purposes import opens
from meetings.by_link import ANSWERS
from meetings.views import agenda, joining, meeting, notes, recording, series
from parties.url_rows import BOTH, GET, POST, Row, under
from parties.who import MEMBERS, RECORDERS

_SERIES = "series/<uuid:key>/"
_MEETING = "<uuid:key>/"

URLS = [
    Row("", series.series_list, "list", MEMBERS, GET),
    Row("series/new/", series.new_series, "new_series", RECORDERS, BOTH),
    Row(_SERIES, series.series, "series", MEMBERS, GET),
    Row(f"{_SERIES}cadence/", series.cadence, "cadence", RECORDERS, BOTH),
    Row(f"{_SERIES}end/", series.end, "end", RECORDERS, BOTH),
    Row(f"{_SERIES}join/", joining.join, "join", RECORDERS, BOTH),
    Row(f"{_SERIES}leave/<int:pk>/", joining.leave, "leave", RECORDERS, BOTH),
    Row(f"{_SERIES}schedule/", meeting.schedule, "schedule", RECORDERS, BOTH),
    Row(f"{_SERIES}record/", recording.elsewhere, "elsewhere", RECORDERS, BOTH),
    Row(_MEETING, meeting.meeting, "meeting", MEMBERS, GET),
    Row(f"{_MEETING}change/", meeting.change, "change", RECORDERS, BOTH),
    Row(f"{_MEETING}cancel/", meeting.cancel, "cancel", RECORDERS, BOTH),
    Row(f"{_MEETING}record/", recording.record, "record", RECORDERS, BOTH),
    Row(f"{_MEETING}correct/", recording.correct, "correct", RECORDERS, BOTH),
    Row(f"{_MEETING}action/", recording.action, "action", RECORDERS, BOTH),
    Row(f"{_MEETING}notes/add/", notes.note_add, "note_add", RECORDERS, BOTH),
    Row(f"{_MEETING}notes/<int:pk>/", notes.note, "note", RECORDERS, BOTH),
    Row(f"{_MEETING}answer/", meeting.answer, "answer", RECORDERS, BOTH),
    Row(f"{_MEETING}error/", meeting.error, "error", RECORDERS, BOTH),
    Row(f"{_MEETING}agenda/add/", agenda.item_add, "item_add", RECORDERS, BOTH),
    Row(f"{_MEETING}agenda/<int:pk>/", agenda.item, "item", RECORDERS, BOTH),
    Row(f"{_MEETING}agenda/<int:pk>/move/", agenda.item_move, "item_move", RECORDERS, POST),
    Row(f"{_MEETING}agenda/<int:pk>/remove/", agenda.item_remove, "item_remove", RECORDERS, POST),
]

# What a link in an e-mail opens (record 0052).
opens(ANSWERS, meeting.answer_by_link)

urlpatterns = [under("meetings/", URLS, namespace="meetings")]
