"""The pages of successions."""

from __future__ import annotations

from agreements.succession import uploading, views
from parties.url_rows import BOTH, GET, POST, Row
from parties.who import LOGGED_IN, SUPERUSERS

_ONE = "<uuid:key>/"

URLS = [
    # Administrators of organisations and of the portal; each view and service asks which.
    Row("", views.listed, "list", LOGGED_IN, GET),
    Row("new/", views.new, "new", LOGGED_IN, BOTH),
    Row("upload/", uploading.upload, "upload", SUPERUSERS, BOTH),
    Row(_ONE, views.one, "one", LOGGED_IN, GET),
    Row(f"{_ONE}confirm/", views.confirm, "confirm", LOGGED_IN, POST),
    Row(f"{_ONE}agree/", views.agree, "agree", LOGGED_IN, BOTH),
    Row(f"{_ONE}withdraw/", views.withdraw, "withdraw", LOGGED_IN, BOTH),
]
