from __future__ import annotations

from typing import Any

from agreements.templates.views import from_agreement, kept, publishing, sharing, text
from agreements.templates.views.parts import BLANK_PAGES, SIDE_PAGES, Pages
from parties.url_rows import BOTH, GET, POST, Row
from parties.who import MANAGERS, MEMBERS

_VERSION = "<int:pk>/versions/<int:seq>/"
_CLAUSE = f"{_VERSION}clauses/<slug:key>/"


def _of_parts(one: str, pages: Pages[Any]) -> list[Row]:
    """Those of the sides or of the blanks."""
    at = f"{_VERSION}{one}s/"
    return [
        Row(f"{at}add/", pages.add, f"{one}_add", MEMBERS, BOTH),
        Row(f"{at}<slug:key>/", pages.change, f"{one}_change", MEMBERS, BOTH),
        Row(f"{at}<slug:key>/move/", pages.move, f"{one}_move", MEMBERS, POST),
        Row(f"{at}<slug:key>/remove/", pages.remove, f"{one}_remove", MEMBERS, BOTH),
    ]


# Whoever was let in to a template may edit it, in any role: the services ask.
URLS = [
    Row("", kept.template_list, "list", MEMBERS, GET),
    Row("new/", kept.make, "make", MANAGERS, BOTH),
    Row("from/<str:reference>/", from_agreement.make, "from_agreement", MANAGERS, BOTH),
    Row("library/<slug:key>/", kept.take, "take", MANAGERS, POST),
    # The link in an e-mail: signed, for whoever logs in with the address it went to.
    Row("offers/<str:token>/", kept.offer, "offer", MEMBERS, BOTH),
    Row("<int:pk>/", kept.template_page, "template", MEMBERS, GET),
    Row("<int:pk>/draft/", kept.open_draft, "open_draft", MEMBERS, POST),
    Row("<int:pk>/name/", kept.describe_template, "describe", MEMBERS, BOTH),
    Row("<int:pk>/people/", kept.people, "people", MANAGERS, BOTH),
    Row("<int:pk>/sharing/", sharing.sharing, "sharing", MANAGERS, BOTH),
    Row("<int:pk>/copy/", sharing.copy, "copy", MANAGERS, BOTH),
    Row(_VERSION, text.version_page, "version", MEMBERS, GET),
    Row(f"{_VERSION}terms/", text.show_terms, "terms", MEMBERS, GET),
    Row(f"{_VERSION}terms/<slug:part>/", text.edit_terms, "terms_part", MEMBERS, BOTH),
    Row(f"{_VERSION}publish/", publishing.publish_version, "publish", MEMBERS, BOTH),
    Row(f"{_VERSION}withdraw/", publishing.withdraw_version, "withdraw", MEMBERS, BOTH),
    Row(f"{_VERSION}discard/", publishing.discard_version, "discard", MEMBERS, BOTH),
    Row(f"{_VERSION}add/", text.add_clause, "clause_add", MEMBERS, BOTH),
    Row(_CLAUSE, text.edit_clause, "clause", MEMBERS, BOTH),
    Row(f"{_CLAUSE}move/", text.move_clause, "clause_move", MEMBERS, POST),
    Row(f"{_CLAUSE}remove/", text.remove_clause, "clause_remove", MEMBERS, BOTH),
    *_of_parts("side", SIDE_PAGES),
    *_of_parts("blank", BLANK_PAGES),
]
