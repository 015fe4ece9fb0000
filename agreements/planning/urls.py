from __future__ import annotations

from agreements.planning import diary_views
from parties.url_rows import BOTH, GET, POST, Row
from parties.who import DATE_KEEPERS, MEMBERS

_BODY = "<int:pk>/"

# The dates on which a body meets.
URLS = [
    Row(_BODY, diary_views.dates, "dates", MEMBERS, GET),
    Row(f"{_BODY}add/", diary_views.add, "add", DATE_KEEPERS, BOTH),
    Row(f"{_BODY}papers/", diary_views.papers, "papers", DATE_KEEPERS, BOTH),
    Row(f"{_BODY}<int:meeting_pk>/remove/", diary_views.remove, "remove", DATE_KEEPERS, POST),
]
