from __future__ import annotations

from agreements.emails import views
from agreements.emails.inbound import views as inbound
from parties.url_rows import BOTH, GET, Row
from parties.who import MANAGERS, MEMBERS, RECORDERS

_EMAIL = "<uuid:public_id>/"
_ON = "on/<slug:key>/<int:pk>/"

URLS = [
    # What came to one's own address, from somebody whom the portal does not know.
    Row("held/", inbound.held, "held", MANAGERS, GET),
    Row("held/<uuid:public_id>/", inbound.one, "held_one", MANAGERS, BOTH),
    Row(_ON, views.on, "on", MEMBERS, GET),
    Row(f"{_ON}put/", views.put, "put", RECORDERS, BOTH),
    Row(_EMAIL, views.email, "email", MEMBERS, GET),
    Row(f"{_EMAIL}file/", views.file, "file", MEMBERS, GET),
    Row(f"{_EMAIL}attachments/<int:number>/", views.attached, "attachment", MEMBERS, GET),
    Row(f"{_EMAIL}move/", views.move, "move", RECORDERS, BOTH),
    Row(f"{_EMAIL}answer/", views.answer, "answer", RECORDERS, BOTH),
    Row(f"{_EMAIL}error/", views.error, "error", RECORDERS, BOTH),
]
