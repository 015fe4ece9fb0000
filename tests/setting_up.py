"""A new agreement, set up over its pages as somebody would."""

from __future__ import annotations

from typing import Any

from django.test import Client

from agreements.library import library
from agreements.models import TemplateVersion
from agreements.templates.services.keeping import take_from_library
from tests.cast import Cast, acting
from tests.once import once

TITLE = "Better together"
# A browser sends the token of the form, however little was typed.
NOTHING = {"csrfmiddlewaretoken": ""}


@once
def library_template(cast: Cast) -> TemplateVersion:
    """The complete template, kept by the Area Team."""
    source = library()["area-team-and-ccg"]
    template = take_from_library(by=acting(cast.manager), source=source)
    return template.versions.get()


def begin(client: Client, version: TemplateVersion) -> str:
    """The address of the set-up's pages, after the first of them."""
    answer = client.post("/agreements/new/", {"template": version.pk})
    assert answer.status_code == 302
    return str(answer["location"]).removesuffix("parties/")


def choose_parties(client: Client, at: str, cast: Cast, **more: Any) -> None:
    said = {"title": TITLE, "area_team": cast.area_team.pk, "ccg": cast.ccg.pk}
    answer = client.post(f"{at}parties/", said | more)
    assert answer["location"] == f"{at}contacts/"
