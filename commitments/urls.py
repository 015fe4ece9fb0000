from __future__ import annotations

from commitments.logs.views import pages as logs
from commitments.logs.views import steps as log_steps
from commitments.owed.views import across, done, said
from commitments.owed.views import commitments as owed
from commitments.views import actions, steps
from parties.url_rows import BOTH, GET, Row, under
from parties.who import MEMBERS, RECORDERS

_ACTION = "<uuid:key>/"
_OWED = "owed/<uuid:key>/"
_SAID = "owed/said/<int:pk>/"
_LOG = "logs/<uuid:key>/"

URLS = [
    Row("", actions.action_list, "list", MEMBERS, GET),
    Row("new/<str:reference>/", actions.new_action, "new", RECORDERS, BOTH),
    Row(_ACTION, actions.action_page, "action", MEMBERS, GET),
    Row(f"{_ACTION}change/", actions.change, "change", RECORDERS, BOTH),
    # Whoever an action names may note its progress in any role: the view asks.
    Row(f"{_ACTION}progress/", steps.progress, "progress", MEMBERS, BOTH),
    Row(f"{_ACTION}answer/", steps.answer, "answer", RECORDERS, BOTH),
    Row(f"{_ACTION}reopen/", steps.reopen, "reopen", RECORDERS, BOTH),
    Row(f"{_ACTION}error/", steps.error, "error", RECORDERS, BOTH),
    Row("owed/", across.commitment_list, "owed_list", MEMBERS, GET),
    Row("owed/new/<str:reference>/", owed.new_commitment, "owed_new", RECORDERS, BOTH),
    Row("owed/standing/<str:reference>/", done.standing, "owed_standing", RECORDERS, BOTH),
    Row(_SAID, said.said, "owed_said", MEMBERS, GET),
    Row(f"{_SAID}file/", said.file, "owed_file", MEMBERS, GET),
    Row(f"{_SAID}as-uploaded/", said.file_as_uploaded, "owed_as_uploaded", MEMBERS, GET),
    Row(f"{_SAID}table/", said.table, "owed_table", MEMBERS, GET),
    Row(f"{_SAID}answer/", said.judge, "owed_judge", RECORDERS, BOTH),
    Row(f"{_SAID}error/", said.undo, "owed_undo", RECORDERS, BOTH),
    Row(_OWED, owed.commitment_page, "owed", MEMBERS, GET),
    Row(f"{_OWED}change/", owed.change, "owed_change", RECORDERS, BOTH),
    # Whoever leads a commitment records what was done in any role: the view asks.
    Row(f"{_OWED}record/<str:first>/<int:number>/", done.record, "owed_record", MEMBERS, BOTH),
    Row(f"{_OWED}report/", done.report, "owed_report", MEMBERS, BOTH),
    Row(f"{_OWED}timetable/", done.timetable, "owed_timetable", RECORDERS, BOTH),
    Row(f"{_OWED}answer/", owed.answer, "owed_answer", RECORDERS, BOTH),
    Row(f"{_OWED}end/", owed.end, "owed_end", RECORDERS, BOTH),
    Row(f"{_OWED}error/", owed.error, "owed_error", RECORDERS, BOTH),
    Row("logs/new/<str:reference>/<slug:kind>/", logs.new_entry, "log_new", RECORDERS, BOTH),
    Row("logs/table/<str:reference>/<slug:kind>/", logs.table, "log_table", MEMBERS, GET),
    Row(_LOG, logs.entry_page, "log_entry", MEMBERS, GET),
    Row(f"{_LOG}change/", logs.change, "log_change", RECORDERS, BOTH),
    Row(f"{_LOG}close/", logs.close, "log_close", RECORDERS, BOTH),
    Row(f"{_LOG}error/", logs.error, "log_error", RECORDERS, BOTH),
    Row(f"{_LOG}reviewed/", log_steps.reviewed, "log_reviewed", RECORDERS, BOTH),
    Row(f"{_LOG}reference/", log_steps.reference, "log_reference", RECORDERS, BOTH),
    Row(f"{_LOG}pass-on/", log_steps.pass_on, "log_pass_on", RECORDERS, BOTH),
    Row(f"{_LOG}take-back/<int:pk>/", log_steps.take_back, "log_take_back", RECORDERS, BOTH),
]

urlpatterns = [under("commitments/", URLS, namespace="commitments")]
