"""Stored terms of every format that there ever was are read alike, and frozen ones are kept."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from agreements.core.texts import hash_of
from agreements.drafting.services.editing import edit_terms
from agreements.library import LibraryTemplate, library
from agreements.models import TemplateVersion, Version
from agreements.templates.services.keeping import EDITING, new_template_draft
from agreements.terms import (
    FORMAT,
    MONTHS_STORED_AS,
    Period,
    ReviewTerm,
    Terms,
    as_stored,
    read_terms,
    review_in_words,
)
from agreements.versions.services.versions import recall
from tests.cast import Cast, acting
from tests.setting_up import library_template
from tests.stages import draft_of, drafted, frozen

SAMPLES = Path(__file__).parent / "samples"
NAMES = ("library", "changed", "empty")


def sample(name: str, number: int = 0) -> dict[str, Any]:
    """Terms as the portal stored them in one format. A sample never changes."""
    found: dict[str, Any] = json.loads((SAMPLES / f"terms_{number}" / f"{name}.json").read_text())
    return found


def test_each_format_has_its_samples() -> None:
    kept = {folder.name for folder in SAMPLES.glob("terms_*")}
    assert kept == {f"terms_{number}" for number in range(FORMAT + 1)}
    assert [sample(name, FORMAT)["format"] for name in NAMES] == [FORMAT] * len(NAMES)


def test_what_is_stored_changes_with_a_new_format_alone() -> None:
    """Fails? Raise the format: add an upgrade, and samples of what is stored from now on."""
    assert {name: as_stored(read_terms(sample(name, FORMAT))) for name in NAMES} == {
        name: sample(name, FORMAT) for name in NAMES
    }


@pytest.mark.parametrize("number", range(FORMAT + 1))
@pytest.mark.parametrize("name", NAMES)
def test_terms_of_every_format_are_read_alike(name: str, number: int) -> None:
    stored = sample(name, number)
    kept = json.dumps(stored)
    assert read_terms(stored) == read_terms(sample(name, FORMAT))
    assert json.dumps(stored) == kept


@pytest.mark.parametrize("number", range(FORMAT + 1))
def test_signed_terms_mean_what_they_meant(number: int) -> None:
    terms = read_terms(sample("changed", number))
    hours = terms.lead_times
    assert (hours.press_release_hours, hours.publication_hours) == (48, 96)
    [wider], word = terms.meetings.series, terms.disagreement_word
    assert (wider.key, wider.label, wider.in_a_year, word) == (
        "wider",
        "Wider meeting",
        4,
        "dispute",
    )
    assert [topic.key for topic in wider.topics] == ["cqc_reports", "complaints"]
    assert (terms.minimum_months, terms.months_between_confirmations) == (24, 3)
    assert terms.review == ReviewTerm(after_months=18, offsets_days=(90, 30))
    assert [(role.key, role.required) for role in terms.contact_roles_of("ccg")] == [
        ("mou_manager", True), ("safeguarding_lead", False), ("information_governance_lead", True),
    ]  # fmt: skip
    assert [signatory.key for signatory in terms.signatories_of("ccg")] == [
        "accountable_officer", "chair",
    ]  # fmt: skip
    assert terms.routes_of("area_team") == ()
    assert {(route.key, route.step) for route in terms.approval_routes} == {("approval", 1)}
    assert [(level.key, level.roles) for level in terms.levels] == [
        ("contacts_of_the_day",
         {"area_team": "safeguarding_lead", "ccg": "information_governance_lead"}),
        ("mou_managers", {"area_team": "mou_manager", "ccg": "mou_manager"}),
        ("chief_executives", {}),
    ]  # fmt: skip


@pytest.mark.parametrize("number", range(FORMAT + 1))
def test_terms_that_say_nothing_keep_the_defaults_of_their_day(number: int) -> None:
    terms = read_terms(sample("empty", number))
    hours = terms.lead_times
    assert (hours.press_release_hours, hours.publication_hours) == (24, 72)
    assert [each.cadence for each in terms.meetings.series] == ["twice_a_year"]
    assert terms.minimum_months == 12
    assert terms.review == ReviewTerm(after_months=12, offsets_days=(180, 120, 60, 30))


def test_from_format_2_on_what_is_not_said_is_silent() -> None:
    assert read_terms(sample("silent", 2)) == Terms() == read_terms({"format": 2})
    assert as_stored(Terms()) == sample("silent", FORMAT)
    for former in ({}, {"format": 1}):
        assert read_terms(former) == read_terms(sample("empty", 1))


def test_from_format_3_on_meetings_are_a_list_and_the_former_version_reads_its_first() -> None:
    richer = sample("richer", FORMAT)
    assert as_stored(read_terms(richer)) == richer
    former = richer["meetings"]
    assert (former["per_year"], [topic["key"] for topic in former["sources"]]) == (4, ["finance"])
    as_format_2 = {"format": 2, "meetings": {"per_year": 0, "sources": former["sources"]}}
    [series] = read_terms(as_format_2).meetings.series
    assert (series.cadence, series.in_a_year) == ("as_required", 0)


def test_from_format_4_on_terms_name_documents_and_levels_and_before_none() -> None:
    terms = read_terms(sample("richer", 4))
    assert [(each.key, each.slots, each.level) for each in terms.documents] == [
        ("workbook", (), ""), ("scheme_of_delegation", ("ccg",), "delegated"),
    ]  # fmt: skip
    assert terms.levels_by_party == {"ccg": "delegated"}
    former = read_terms(sample("richer", 3))
    assert (former.documents, former.commissioning) == ((), ())


def test_from_format_5_on_a_standard_says_who_owes_it_and_for_what_and_before_it_is_silent() -> (
    None
):
    [standard] = read_terms(sample("richer", 5)).standards
    assert (standard.slots, standard.kind, standard.update_days) == (("area_team",), "query", 10)
    assert (standard.calendar, standard.may_pause) == ("united_kingdom", True)
    [former] = read_terms(sample("richer", 4)).standards
    assert (former.slots, former.kind, former.calendar) == ((), None, "england_and_wales")
    assert former.is_for("practice_visit", "ccg")
    assert not standard.is_for("query", "ccg")


def test_from_format_5_on_terms_list_what_is_owed_and_before_nothing() -> None:
    terms = read_terms(sample("richer", 5))
    assert [(each.key, each.cadence, each.due_on) for each in terms.commitments] == [
        ("schedules", "monthly", None), ("accounts", "once", date(2017, 12, 31)),
    ]  # fmt: skip
    assert read_terms(sample("richer", 4)).commitments == ()


@pytest.mark.parametrize(
    "odd",
    [
        {"meetings": {"series": [{"key": "a", "label": "A", "cadence": "n_a_year"}]}},
        {"meetings": {"series": [{"key": "a", "label": "A", "per_year": 2}]}},
        {"meetings": {"series": [{"key": "a", "label": "A"}, {"key": "a", "label": "B"}]}},
        {"review": {"offsets_days": [30]}},
        {"commitments": [{"key": "a", "label": "A"}]},
        {"commitments": [{"key": "a", "label": "A", "outside": "B", "slots": ["ccg"]}]},
        {"commitments": [{"key": "a", "label": "A", "outside": "B", "due_on": "2017-12-31"}]},
        {"commitments": [{"key": "a", "label": "A", "outside": "B", "cadence": "n_a_year"}]},
        {"review": {"after_months": 12, "in_month": "2012-12"}},
        {"review": {"within": {"first": "2013-01-31", "last": "2013-01-01"}}},
        {"approval_routes": [{"slot": "ccg", "route": "body"}, {"slot": "ccg", "route": "post"}]},
    ],
)
def test_terms_that_contradict_themselves_are_none(odd: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Terms.model_validate(odd)


def test_a_review_in_a_month_or_a_period_is_due_on_its_last_day() -> None:
    said = [
        {"on": "2013-03-31"},
        {"in_month": "2012-02"},
        {"within": {"first": "2012-11-01", "last": "2013-01-31"}},
        {"after_months": 6},
    ]
    terms = [ReviewTerm.model_validate(each) for each in said]
    assert [term.fixed_on for term in terms] == [
        date(2013, 3, 31), date(2012, 2, 29), date(2013, 1, 31), None,
    ]  # fmt: skip
    assert [review_in_words(term, Period()) for term in terms] == [
        "on 31 March 2013",
        "in February 2012",
        "between 1 November 2012 and 31 January 2013",
        "6 months after the date of sign-off",
    ]


@pytest.mark.parametrize("number", range(FORMAT + 1))
@pytest.mark.parametrize("name", NAMES)
def test_what_queries_read_stands_where_they_look(name: str, number: int) -> None:
    stored = sample(name, number)
    assert stored.get(MONTHS_STORED_AS) == read_terms(stored).contacts_confirmed_months


def test_what_a_newer_version_stored_is_read_and_a_library_with_it_is_refused() -> None:
    stored = sample("changed", FORMAT)
    newer = stored | {"format": FORMAT + 1, "pace": "brisk"}
    newer["levels"] = [level | {"colour": "red"} for level in stored["levels"]]
    assert read_terms(newer) == read_terms(stored)
    source = library()["area-team-and-ccg"].model_dump(mode="json")
    for odd in ({"pace": "brisk"}, {"levels": newer["levels"]}, {"format": FORMAT}):
        with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
            LibraryTemplate.model_validate(source | {"terms": source["terms"] | odd})


@pytest.fixture
def of_format_0(cast: Cast) -> TemplateVersion:
    """A published template whose terms were stored before there was a format number."""
    source = library_template(cast)
    source.terms = sample("changed")
    source.save()
    return source


@pytest.mark.django_db
def test_new_drafts_take_the_newest_format(cast: Cast, of_format_0: TemplateVersion) -> None:
    terms = read_terms(sample("changed"))
    draft = draft_of(drafted(cast, source=of_format_0))
    next_one = new_template_draft(by=acting(cast.manager), template=of_format_0.template)
    assert draft.terms == next_one.terms == as_stored(terms)
    said = Terms(minimum_months=7)
    edit_terms(by=acting(cast.manager), version=draft, terms=said)
    EDITING.edit_terms(by=acting(cast.manager), version=next_one, terms=said)
    for version in (draft, next_one):
        version.refresh_from_db()
        assert version.terms == as_stored(said)


@pytest.mark.django_db
def test_a_frozen_version_keeps_its_terms_and_its_hash(
    cast: Cast, of_format_0: TemplateVersion
) -> None:
    agreement = drafted(cast, source=of_format_0)
    draft = draft_of(agreement)
    draft.terms = sample("changed")
    draft.save()
    version = frozen(cast, agreement)
    assert version.typed_terms == read_terms(sample("changed"))
    draft = recall(by=acting(cast.manager), version=version, because="Again.")
    kept = Version.objects.get(pk=version.pk)
    assert kept.terms == sample("changed")
    assert hash_of(kept) == kept.sha256 == version.sha256
    assert draft.terms == as_stored(version.typed_terms)
