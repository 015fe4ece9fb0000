"""Where a text asks whom a decision affects, the page of its meetings does (C11, in part)."""

from __future__ import annotations

import re

import pytest

from agreements.models import Agreement
from tests.cast import Cast
from tests.communications import desk
from tests.conftest import ClientOf
from tests.reading import words_at
from tests.setting_up import library_template

pytestmark = pytest.mark.django_db
ASKED = "which other commissioner does it affect?"


def agreement_that(cast: Cast, *, asks: bool) -> Agreement:
    source = library_template(cast)
    if asks:
        clause = source.clauses.get(key="drafts-before-approval")
        clause.bindings = ["wider_impact"]
        clause.save()
    people = (cast.other_manager, cast.other_signatory)
    return desk.agreement_with(cast, source, cast.ccg, *people)


def test_each_decision_is_asked_whom_it_affects_and_the_answer_tells_them(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = agreement_that(cast, asks=True), client_of(cast.colleague)
    at = f"/agreements/{agreement.reference}/meetings/"
    [way] = re.findall(r'href="(/heads-ups/give/[^"]+)"', client.get(at).content.decode())
    form = client.get(way.replace("&amp;", "&")).content.decode()
    for chosen in ('value="wider_impact"', f'value="{agreement.pk}"'):
        [ticked] = re.findall(rf"<input[^>]*{chosen}[^>]*>", form)
        assert "checked" in ticked
    assert f"sent-first/?agreement={agreement.reference}&amp;kind=wider_impact" in form
    page = client_of(cast.viewer).get(at).content.decode()
    assert ASKED in page
    assert "/heads-ups/give/" not in page


def test_a_text_that_does_not_ask_has_no_such_section(cast: Cast, client_of: ClientOf) -> None:
    agreement = agreement_that(cast, asks=False)
    page = words_at(client_of(cast.colleague), f"/agreements/{agreement.reference}/meetings/")
    assert ASKED not in page
