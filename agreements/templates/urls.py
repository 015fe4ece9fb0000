from __future__ import annotations

from agreements.templates import views as templates
from parties.url_rows import BOTH, GET, POST, Row
from parties.who import MANAGERS, MEMBERS

_VERSION = "<int:pk>/versions/<int:seq>/"
_CLAUSE = f"{_VERSION}clauses/<slug:key>/"

# Whoever was let in to a template may edit it, in any role: the services ask.
URLS = [
    Row("", templates.template_list, "list", MEMBERS, GET),
    Row("library/<slug:key>/", templates.take, "take", MANAGERS, POST),
    Row("<int:pk>/", templates.template_page, "template", MEMBERS, GET),
    Row("<int:pk>/draft/", templates.open_draft, "open_draft", MEMBERS, POST),
    Row("<int:pk>/name/", templates.describe_template, "describe", MEMBERS, BOTH),
    Row("<int:pk>/people/", templates.people, "people", MANAGERS, BOTH),
    Row(_VERSION, templates.version_page, "version", MEMBERS, GET),
    Row(f"{_VERSION}terms/", templates.terms, "terms", MEMBERS, BOTH),
    Row(f"{_VERSION}publish/", templates.publish_version, "publish", MEMBERS, BOTH),
    Row(f"{_VERSION}discard/", templates.discard_version, "discard", MEMBERS, BOTH),
    Row(f"{_VERSION}add/", templates.add_clause, "clause_add", MEMBERS, BOTH),
    Row(_CLAUSE, templates.edit_clause, "clause", MEMBERS, BOTH),
    Row(f"{_CLAUSE}move/", templates.move_clause, "clause_move", MEMBERS, POST),
    Row(f"{_CLAUSE}remove/", templates.remove_clause, "clause_remove", MEMBERS, BOTH),
]
