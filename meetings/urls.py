from __future__ import annotations

from django.urls import path

from meetings.views import agenda, lists, meeting, recording, scheduling, series

app_name = "meetings"

_SERIES = "series/<uuid:key>/"
_MEETING = "<uuid:key>/"

urlpatterns = [
    path("", lists.series_list, name="list"),
    path("series/new/", series.new_series, name="new_series"),
    path(_SERIES, series.series, name="series"),
    path(f"{_SERIES}cadence/", series.cadence, name="cadence"),
    path(f"{_SERIES}end/", series.end, name="end"),
    path(f"{_SERIES}schedule/", scheduling.schedule, name="schedule"),
    path(f"{_SERIES}record/", recording.elsewhere, name="elsewhere"),
    path(_MEETING, meeting.meeting, name="meeting"),
    path(f"{_MEETING}change/", scheduling.change, name="change"),
    path(f"{_MEETING}cancel/", scheduling.cancel, name="cancel"),
    path(f"{_MEETING}record/", recording.record, name="record"),
    path(f"{_MEETING}correct/", recording.correct, name="correct"),
    path(f"{_MEETING}action/", recording.action, name="action"),
    path(f"{_MEETING}answer/", meeting.answer, name="answer"),
    path(f"{_MEETING}error/", meeting.error, name="error"),
    path(f"{_MEETING}agenda/add/", agenda.item_add, name="item_add"),
    path(f"{_MEETING}agenda/<int:pk>/", agenda.item, name="item"),
    path(f"{_MEETING}agenda/<int:pk>/move/", agenda.item_move, name="item_move"),
    path(f"{_MEETING}agenda/<int:pk>/remove/", agenda.item_remove, name="item_remove"),
]
