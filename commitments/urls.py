from __future__ import annotations

from django.urls import path

from commitments.views import actions, lists, steps

app_name = "commitments"

_ACTION = "<uuid:key>/"

urlpatterns = [
    path("", lists.action_list, name="list"),
    path("new/<str:reference>/", actions.new_action, name="new"),
    path(_ACTION, actions.action_page, name="action"),
    path(f"{_ACTION}change/", actions.change, name="change"),
    path(f"{_ACTION}progress/", steps.progress, name="progress"),
    path(f"{_ACTION}answer/", steps.answer, name="answer"),
    path(f"{_ACTION}reopen/", steps.reopen, name="reopen"),
    path(f"{_ACTION}error/", steps.error, name="error"),
]
