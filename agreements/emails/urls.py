from __future__ import annotations

from agreements.emails import views
from parties.url_rows import BOTH, GET, Row
from parties.who import MEMBERS, RECORDERS

_EMAIL = "<uuid:public_id>/"
_ON = "on/<slug:key>/<int:pk>/"

URLS = [
    Row(_ON, views.on, "on", MEMBERS, GET),
    Row(f"{_ON}put/", views.put, "put", RECORDERS, BOTH),
    Row(_EMAIL, views.email, "email", MEMBERS, GET),
    Row(f"{_EMAIL}file/", views.file, "file", MEMBERS, GET),
    Row(f"{_EMAIL}attachments/<int:number>/", views.attached, "attachment", MEMBERS, GET),
    Row(f"{_EMAIL}answer/", views.answer, "answer", RECORDERS, BOTH),
    Row(f"{_EMAIL}error/", views.error, "error", RECORDERS, BOTH),
]
