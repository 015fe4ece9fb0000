"""The pages of successions."""

from __future__ import annotations

from agreements.succession import uploading, views
from parties.url_rows import BOTH, GET, POST, Row
from parties.who import ADMINISTRATORS_AND_SYSTEM, MEMBERS_AND_SYSTEM, SUPERUSERS

_ONE = "<uuid:key>/"

URLS = [
    Row("", views.listed, "list", MEMBERS_AND_SYSTEM, GET),
    Row("new/", views.new, "new", ADMINISTRATORS_AND_SYSTEM, BOTH),
    Row("upload/", uploading.upload, "upload", SUPERUSERS, BOTH),
    Row(_ONE, views.one, "one", MEMBERS_AND_SYSTEM, GET),
    Row(f"{_ONE}confirm/", views.confirm, "confirm", ADMINISTRATORS_AND_SYSTEM, POST),
    Row(f"{_ONE}again/", views.again, "again", ADMINISTRATORS_AND_SYSTEM, POST),
    Row(f"{_ONE}agree/", views.agree, "agree", ADMINISTRATORS_AND_SYSTEM, BOTH),
    Row(f"{_ONE}withdraw/", views.withdraw, "withdraw", ADMINISTRATORS_AND_SYSTEM, BOTH),
]
