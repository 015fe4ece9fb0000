from __future__ import annotations

from django.urls import path

from agreements.templates import views as templates

app_name = "templates"

_VERSION = "<int:pk>/versions/<int:seq>/"

urlpatterns = [
    path("", templates.template_list, name="list"),
    path("library/<slug:key>/", templates.take, name="take"),
    path("<int:pk>/", templates.template_page, name="template"),
    path("<int:pk>/draft/", templates.open_draft, name="open_draft"),
    path("<int:pk>/name/", templates.describe_template, name="describe"),
    path("<int:pk>/people/", templates.people, name="people"),
    path(_VERSION, templates.version_page, name="version"),
    path(f"{_VERSION}terms/", templates.terms, name="terms"),
    path(f"{_VERSION}publish/", templates.publish_version, name="publish"),
    path(f"{_VERSION}discard/", templates.discard_version, name="discard"),
    path(f"{_VERSION}add/", templates.add_clause, name="clause_add"),
    path(f"{_VERSION}clauses/<slug:key>/", templates.edit_clause, name="clause"),
    path(f"{_VERSION}clauses/<slug:key>/move/", templates.move_clause, name="clause_move"),
    path(f"{_VERSION}clauses/<slug:key>/remove/", templates.remove_clause, name="clause_remove"),
]
