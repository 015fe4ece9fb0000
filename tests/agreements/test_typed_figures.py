"""Figures that somebody typed against the terms: found, asked about, confirmed, kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from agreements.drafting.amounts import Amount, hours, meetings_a_year, months, number_of
from agreements.drafting.services.editing import edit_clause
from agreements.drafting.typed_figures import typed_against
from agreements.library import library
from agreements.models import ClauseText, Happening
from agreements.terms import LeadTimes, ReviewTerm, Terms
from agreements.versions.services.versions import freeze
from house.refusals import Refused
from nhsuk.words import spelled
from parties.models import User
from tests.cast import Cast, acting
from tests.stages import clause, draft_of, drafted, with_other_terms
from tests.template_drafts import opened, template_draft, url
from tests.termed import meet

ClientOf = Callable[[User], Client]
# None of the defaults, and no levels and no word on contacts.
TERMS = Terms(
    lead_times=LeadTimes(publication_hours=96, press_release_hours=48),
    meetings=meet(4),
    minimum_months=18,
    review=ReviewTerm(after_months=6, offsets_days=(90, 45)),
    levels=library()["area-team-and-ccg"].terms.levels[:3],
)


def said_of(body: str, *bindings: str, heading: str = "Heading") -> list[str]:
    text = ClauseText(kind="duty", heading=heading, body=body, bindings=list(bindings))
    return typed_against([text], TERMS, {})


@pytest.mark.parametrize(
    ("binding", "body", "typed", "terms"),
    [
        ("publication_lead_time", "About 72 hours before.", "72 hours", "96 hours"),
        ("publication_lead_time", "Three days ahead.", "Three days", "96 hours"),
        ("press_release_lead_time", "A day before.", "A day", "48 hours"),
        ("publication_lead_time", "Four working days.", "Four working days", "96 hours"),
        ("meetings", "They meet **twice** a year.", "twice a year", "four meetings a year"),
        ("meetings", "At least two meetings in each MoU year.", "two meetings in each MoU year",
         "four meetings a year"),
        ("meetings", "They meet every month.", "every month", "four meetings a year"),
        ("minimum_term", "It runs for at least twelve months.", "twelve months", "18 months"),
        ("review", "After the first year, a year on.", "a year", "six months"),
        ("review", "All are reminded 180 and 45 days before the review.", "180 days",
         "90 and 45 days"),
        ("escalation", "There are four levels.", "four levels", "three levels"),
        ("key_contacts", "Contacts are confirmed every six months.", "six months", "nothing of it"),
    ],
)  # fmt: skip
def test_a_figure_against_its_term_is_found(
    binding: str, body: str, typed: str, terms: str
) -> None:
    assert said_of(body, binding) == [f"Clause 1 says {typed}; the terms say {terms}."]


@pytest.mark.parametrize(
    ("binding", "body"),
    [
        ("publication_lead_time", "About 96 hours, so four days, or ninety-six hours."),
        ("meetings", "They meet quarterly: four times a year, every three months."),
        ("review", "Half a year on. All are reminded 90 and 45 days before the review."),
        ("escalation", "If one level cannot settle it, one of the three levels can."),
        ("minimum_term", "It runs for at least eighteen months."),
        # What another keeping is bound to is no term of these.
        ("locality_meetings", "The parties meet monthly."),
        ("foi_consultation", "The draft goes out before the limit of 20 working days."),
        ("commitment", "They publish the draft 12 hours before."),
    ],
)
def test_what_is_right_or_another_matter_is_no_finding(binding: str, body: str) -> None:
    assert said_of(body, binding) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("We show press releases in draft a day before release.", "a day"),
        ("The parties meet twice a year.", "twice a year"),
        ("We review this MoU after twelve months.", "twelve months"),
        ("A disagreement goes through four levels.", "four levels"),
        ("**MoU year** means twelve months.", ""),
        ("The Governing Body meets monthly.", ""),
        ("A visit takes at most 72 hours.", ""),
    ],
)
def test_where_a_clause_is_bound_to_nothing_its_sentence_says_what_it_is_about(
    body: str, found: str
) -> None:
    said = said_of(body)
    assert [each.split("; ")[0] for each in said] == ([f"Clause 1 says {found}"] if found else [])


@given(st.integers(1, 99), st.sampled_from(["hours", "clock hours"]))
def test_every_number_is_read_in_figures_and_in_words(number: int, unit: str) -> None:
    [read] = hours(f"about {number} {unit} before")
    assert read.value == number
    [read] = hours(f"about {spelled(number)} {unit} before")
    assert read.value == number


@pytest.mark.parametrize(
    ("word", "number"), [("seventy-two", 72), ("1,000", 1000), ("an", 1), ("Twenty one", 21)]
)
def test_numbers_as_people_write_them(word: str, number: int) -> None:
    assert number_of(word) == number


def test_amounts_that_are_no_others() -> None:
    assert list(months("twice a year, once a year, two years")) == [Amount("two years", 24)]
    assert list(hours("72 or 24 hours")) == [Amount("72 hours", 72), Amount("24 hours", 24)]
    assert [each.value for each in meetings_a_year("every five months")] == [-1]


@pytest.mark.django_db
def test_before_freezing_it_is_shown_and_asked_about(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = with_other_terms(cast), client_of(cast.manager)
    text = clause(agreement, "publication-drafts")
    edit_clause(by=acting(cast.manager), clause=text, edit_no=0, body="About 72 hours before.")
    said = "Clause 4.2 says 72 hours; the terms say 96 hours."
    assert said in client.get(f"/agreements/{agreement.reference}/text/").content.decode()
    address = f"/agreements/{agreement.reference}/text/freeze/"
    assert said in client.get(address).content.decode()
    sent = opened(client, address) | {"what_changed": "First.", "as_it_is": "on"}
    assert "Tick the box: Go on with the figures" in client.post(address, sent).content.decode()
    assert agreement.versions.get().is_draft
    client.post(address, sent | {"figures_as_typed": "on"})
    version = agreement.versions.get()
    assert version.label == "0.1"
    assert clause(agreement, "publication-drafts").body == "About 72 hours before."
    assert Happening.objects.get(verb="frozen").data["against_terms"] == said
    page = client_of(cast.other_manager).get(f"/agreements/{agreement.reference}/versions/1/")
    assert said in page.content.decode()


@pytest.mark.django_db
def test_a_service_does_not_freeze_what_nobody_was_asked_about(cast: Cast) -> None:
    agreement = drafted(cast)
    text = clause(agreement, "meet")
    edit_clause(by=acting(cast.manager), clause=text, edit_no=0, body="We meet four times a year.")
    with pytest.raises(Refused, match="says four times a year; the terms say two"):
        freeze(by=acting(cast.manager), version=draft_of(agreement), summary="First.")
    assert agreement.versions.get().is_draft


@pytest.mark.django_db
def test_who_confirmed_other_figures_is_asked_again(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    text = clause(agreement, "meet")
    edit_clause(by=acting(cast.manager), clause=text, edit_no=0, body="We meet 4 times a year.")
    address = f"/agreements/{agreement.reference}/text/freeze/"
    sent = opened(client, address) | {"what_changed": "First.", "figures_as_typed": "on"}
    edit_clause(
        by=acting(cast.other_manager), clause=text, edit_no=1, body="We meet 5 times a year."
    )
    page = client.post(address, sent).content.decode()
    assert "Somebody changed the draft or its terms since you opened this page." in page
    assert "Clause 2.1 says 5 times a year" in page
    assert agreement.versions.get().is_draft


@pytest.mark.django_db
def test_publishing_a_template_names_what_is_typed_against_its_terms(
    cast: Cast, client_of: ClientOf
) -> None:
    draft, client = template_draft(cast), client_of(cast.manager)
    path = url(draft, "clauses/meet/")
    client.post(path, opened(client, path) | {"body": "We meet four times a year."})
    page = client.get(url(draft, "publish/")).content.decode()
    assert "Clause 2.1 says four times a year; the terms say two meetings a year." in page
    client.post(url(draft, "publish/"), opened(client, url(draft, "publish/")))
    draft.refresh_from_db()
    assert not draft.is_draft


def test_a_number_of_thousands_of_digits_breaks_no_page(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast)
    text = clause(agreement, "meet")
    body = f"The parties meet {'9' * 5_000} times a year."
    edit_clause(by=acting(cast.manager), clause=text, edit_no=text.edit_no, body=body)
    page = client_of(cast.viewer).get(f"/agreements/{agreement.reference}/text/")
    assert page.status_code == 200
