"""The pages of templates."""

from agreements.templates.views.clauses import add_clause, edit_clause, move_clause, remove_clause
from agreements.templates.views.kept import (
    describe_template,
    open_draft,
    people,
    take,
    template_list,
    template_page,
)
from agreements.templates.views.text import discard_version, publish_version, terms, version_page

__all__ = [
    "add_clause",
    "describe_template",
    "discard_version",
    "edit_clause",
    "move_clause",
    "open_draft",
    "people",
    "publish_version",
    "remove_clause",
    "take",
    "template_list",
    "template_page",
    "terms",
    "version_page",
]
