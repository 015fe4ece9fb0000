"""The blanks of a text: filled in, shown as missing, and what is written wrongly."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from agreements.drafting.blanks import fill, marks_in, missing_in, show_missing
from agreements.models import ClauseText, Version
from agreements.register.services import register_signed
from documents.storage import store
from house import clock
from parties.models import User
from tests.cast import Cast, acting
from tests.pdf import a_pdf
from tests.stages import clause, drafted, template
from tests.template_drafts import opened, template_draft, url
from tests.typed import fields_of

ClientOf = Callable[[User], Client]
LABELS = {"area": "Area covered", "lmc": "Local medical committee"}
# What is near to a blank, in any order.
TEXTS = st.lists(
    st.sampled_from(
        ["{", "{{", "}", "}}", "{{area}}", "{{ lmc }}", "area", " ", "\n", "ref:", "é"]
    ),
    max_size=12,
).map("".join)


@given(TEXTS)
def test_any_two_opening_braces_count_as_missing(text: str) -> None:
    assert bool(marks_in(text)) == ("{{" in text)
    assert set(missing_in([text])) <= {mark.key for mark in marks_in(text)}


@given(TEXTS)
def test_no_opening_braces_are_printed(text: str) -> None:
    shown = show_missing(text, LABELS)
    assert "{{" not in shown
    assert (shown == text) == ("{{" not in text)


@given(TEXTS, st.text(alphabet="abc ", min_size=1))
def test_what_is_filled_in_is_missing_no_longer(text: str, value: str) -> None:
    filled = fill(text, {"area": value})
    assert "area" not in missing_in([filled])
    assert filled.count("{{") <= text.count("{{")


@given(TEXTS)
def test_every_wrong_blank_is_named_in_a_sentence(text: str) -> None:
    for mark in marks_in(text):
        if mark.key not in LABELS:
            said = mark.what_is_wrong("Clause 4.2", LABELS)
            assert said.startswith(f"Clause 4.2 has {mark.written}")
            assert "take it out" in said


def test_a_wrong_blank_is_told_what_it_may_be() -> None:
    [mark] = marks_in("Pay {{money holder}}.")
    assert mark.what_is_wrong("Clause 4.2", {"money_holder": "Who holds the money"}) == (
        "Clause 4.2 has {{money holder}}, which is no blank of this text: take it out or write its "
        "name as {{money_holder}}."
    )


@pytest.mark.django_db
def test_a_clause_with_a_wrong_blank_is_saved_with_a_warning(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    path = f"/agreements/{agreement.reference}/text/clauses/meet/"
    sent = fields_of(client.get(path).content.decode()) | {"body": "Pay {{money holder}}."}
    page = client.post(path, sent, follow=True).content.decode()
    assert clause(agreement, "meet").body == "Pay {{money holder}}."
    assert "“Meetings” has {{money holder}}, which is no blank of this text" in page
    assert "Clause 2.1 has {{money holder}}, which is no blank of this text" in page
    assert "[not filled in: money holder]" in page
    assert (
        "No blank is open that can be filled in here."
        in client.get(f"/agreements/{agreement.reference}/text/blanks/").content.decode()
    )
    overview = client.get(f"/agreements/{agreement.reference}/").content.decode()
    assert "1 blank in the draft is not filled in." in overview


@pytest.mark.django_db
def test_a_right_blank_is_saved_without_a_warning(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    path = f"/agreements/{agreement.reference}/text/clauses/meet/"
    page = client.get(path).content.decode()
    assert "<code>{{area}}</code> Area covered" in page
    page = client.post(
        path, fields_of(page) | {"body": "In {{area}}."}, follow=True
    ).content.decode()
    assert "1 blank is not filled in: Area covered." in page
    assert "no blank of this text" not in page


@pytest.mark.django_db
def test_publishing_names_the_wrong_blanks_of_a_template(cast: Cast, client_of: ClientOf) -> None:
    draft, client = template_draft(cast), client_of(cast.manager)
    path = url(draft, "clauses/meet/")
    saved = client.post(path, opened(client, path) | {"body": "See {{ref:…}}."}, follow=True)
    assert "“Meetings” has {{ref:…}}, which is no blank of this text" in saved.content.decode()
    page = client.get(url(draft, "publish/")).content.decode()
    assert "Clause 2.1 has {{ref:…}}, which is no blank of this text" in page
    client.post(url(draft, "publish/"), opened(client, url(draft, "publish/")))
    draft.refresh_from_db()
    assert not draft.is_draft


@pytest.mark.django_db
def test_a_registered_copy_keeps_no_blank_in_its_headings(cast: Cast) -> None:
    source = template(cast.area_team)
    row = source.clauses.get(key="meet")
    row.heading = "{{ccg}} meets {{meetings:often}} in {{area}}, {{see below"
    row.save()
    register_signed(
        by=acting(cast.manager), template_version=source, title="From paper",
        organisations={"area_team": cast.area_team, "ccg": cast.ccg},
        file=store(a_pdf(), name="copy.pdf", content_type="application/pdf"),
        signed_on=clock.today(), review_on=clock.today(),
    )  # fmt: skip
    heading = ClauseText.objects.get(version=Version.objects.get(), clause__key="meet").heading
    assert heading == "Eastmoor CCG meets twice in [Area covered], [not filled in]see below"
