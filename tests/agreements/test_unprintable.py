"""Letters that the PDF has no font for are named, by clause, before the text gets its number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from agreements.drafting.services.editing import edit_clause
from agreements.models import Agreement
from parties.models import User
from tests.cast import Cast, acting
from tests.stages import clause, draft_of, drafted

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def with_meeting(cast: Cast, heading: str, body: str) -> Agreement:
    agreement = drafted(cast)
    text = clause(agreement, "meet")
    edit_clause(by=acting(cast.manager), clause=text, edit_no=0, heading=heading, body=body)
    return agreement


def test_they_are_named_on_the_draft_and_asked_about(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = with_meeting(cast, "Meet 🙂", "With 한 and 🙂"), client_of(cast.manager)
    address = f"/agreements/{agreement.reference}/text/"
    for page in (address, f"{address}freeze/"):
        said = client.get(page).content.decode()
        assert "Clause 2.1 has “🙂” (U+1F642) and “한” (U+D55C). No font of the PDF" in said
    answer = client.post(f"{address}freeze/", {"what_changed": "First."}).content.decode()
    assert "Tick the box" in answer
    assert draft_of(agreement).is_draft


def test_names_in_other_scripts_print_and_nothing_is_said(cast: Cast, client_of: ClientOf) -> None:
    names = "प्रिया शर्मा, শর্মিলা রহমান, فاطمہ چوہدری, 陳大文"
    agreement, client = with_meeting(cast, "Who meets", names), client_of(cast.manager)
    assert "No font" not in client.get(f"/agreements/{agreement.reference}/text/").content.decode()


def test_the_title_and_the_names_of_parties_are_looked_at_too(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    agreement.title = "Care in 서울"
    agreement.save()
    page = client.get(f"/agreements/{agreement.reference}/text/").content.decode()
    assert "The title has “서” (U+C11C) and “울” (U+C6B8)." in page
