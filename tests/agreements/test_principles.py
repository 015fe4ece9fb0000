from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from agreements.drafting.services.making import answer, begin, create
from agreements.library import library
from agreements.models import ClauseText
from agreements.templates.services.keeping import take_from_library
from agreements.versions.services.versions import freeze
from parties.models import User
from tests.cast import Cast, acting
from tests.pdf import printed


@pytest.mark.django_db
@pytest.mark.duty("A04")
def test_principles_are_shown_and_printed_and_bound_to_nothing(
    cast: Cast, client_of: Callable[[User], Client]
) -> None:
    by = acting(cast.manager)
    template = take_from_library(by=by, source=library()["area-team-and-ccg"])
    set_up = begin(by=by, template_version=template.versions.get())
    parties = {"area_team": cast.area_team.pk, "ccg": cast.ccg.pk}
    blanks = {"area": "the moors", "lmc": "the Moors LMC"}
    answer(set_up=set_up, title="Working together", parties=parties, blanks=blanks)
    draft = create(by=by, set_up=set_up).versions.get()
    freeze(by=by, version=draft, summary="First.")
    principles = ClauseText.objects.filter(version=draft, kind="principle")
    assert len(principles) == 2
    assert all(clause.bindings == [] for clause in principles)
    client = client_of(cast.other_viewer)
    page = unescape(client.get("/agreements/MOU-0001/versions/1/").content.decode())
    in_print = printed(client.get("/agreements/MOU-0001/versions/1/print.pdf").content)
    for clause in principles:
        assert clause.heading in page, clause.heading
        assert clause.heading in in_print, clause.heading
    assert "respect the independence of each party" in page
    assert "respect the independence of each party" in in_print
