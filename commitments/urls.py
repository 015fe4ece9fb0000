from __future__ import annotations

from commitments.views import actions, steps
from parties.url_rows import BOTH, GET, Row, under
from parties.who import MEMBERS, RECORDERS

_ACTION = "<uuid:key>/"

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
]

urlpatterns = [under("commitments/", URLS, namespace="commitments")]
