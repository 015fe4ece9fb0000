"""Names and NHS numbers are asked about once; under some MoUs no concern is recorded at all."""

from __future__ import annotations

from typing import Any

import pytest

from agreements.drafting.pages.terms import terms_in_words
from agreements.library import library
from escalations.concerns.asking import odd_in
from escalations.concerns.keeping import KEY, NEUTRAL, asking
from escalations.concerns.rules import NEVER
from escalations.concerns.services.deciding import keep_concern
from escalations.concerns.services.noting import enter_in_error
from escalations.concerns.services.opening import open_concern
from escalations.models import PracticeConcern
from house.answers import Keeping
from house.asked_together import ask_alone
from house.refusals import Refused
from parties.models import User
from tests.cast import Cast, acting, organisation
from tests.concerns import KNOWN, ConcernDesk, agreement_of, newest, recorded, shared
from tests.on_terms import in_force_on
from tests.reading import words_at

pytestmark = pytest.mark.django_db


def test_a_name_is_asked_about_once_and_never_refused(cast: Cast) -> None:
    desk, known = ConcernDesk(cast.manager), "Dr Hale wrote to us. NHS number 943 476 5919."
    asked = desk.records(agreement_of(cast), known=known)
    assert "“Dr Hale” looks like somebody's name. No performer is named here." in asked
    assert "“943 476 5919” can be an NHS number. No patient is named here." in asked
    assert not PracticeConcern.objects.exists()
    desk.records(agreement_of(cast), known=known, as_it_is="on")
    assert newest().known == known


def test_what_practices_organisations_and_places_are_called_is_no_name(cast: Cast) -> None:
    organisation("Dr Hale and Partners", "practice", area="Farvale Wold")
    assert odd_in("Dr Hale and the partners of Farvale Wold met Northern Moors.") == []
    assert odd_in("Old Oak is closed.", exempt="The Old Oak Rooms") == []
    assert odd_in("Ann Archer said so.") != []


def test_what_is_added_later_is_asked_about_too(cast: Cast) -> None:
    concern, desk = recorded(cast), ConcernDesk(cast.manager)
    said = {"text": "Mrs Hale told us."}
    assert "“Mrs Hale” looks like" in desk.sends(concern, "notes/", **said)
    assert not concern.steps.filter(kind="note").exists()
    desk.sends(concern, "notes/", **said, as_it_is="on")
    assert concern.steps.filter(kind="note").exists()


def test_a_practice_is_chosen_or_named_in_words(cast: Cast) -> None:
    desk, agreement = ConcernDesk(cast.manager), agreement_of(cast)
    assert "Choose the practice, or name it in words" in desk.records(agreement, practice_name="")
    both = desk.records(agreement, practice=cast.practice.pk)
    assert "Name the practice in one of the two ways" in both
    assert not PracticeConcern.objects.exists()


def test_where_reporting_is_never_performance_management_there_are_none(cast: Cast) -> None:
    """E18: what a practice reports feeds no concern; the library's resilience MoU says so."""
    assert library()["practice-resilience"].terms.never_performance
    agreement = in_force_on(cast, never_performance=True)
    said = dict(terms_in_words(agreement.in_force_version.typed_terms, {}))  # type: ignore[union-attr]
    assert "never used to manage performance" in str(said["How reports are used"])
    facts: dict[str, Any] = {
        "practice_name": "Beckside",
        "source": "cqc",
        "severity": "low",
        "known": KNOWN,
    }
    with pytest.raises(Refused, match="nothing that is reported is used"):
        open_concern(by=acting(cast.manager), agreement=agreement, **facts)
    kept = words_at(ConcernDesk(cast.manager).client, f"/agreements/{agreement.reference}/kept/")
    assert NEVER in kept
    assert "Record a concern" not in kept


def test_a_clause_is_kept_by_decisions_for_whoever_reads_them(cast: Cast) -> None:
    concern = recorded(cast)
    assert answer(cast, cast.manager).state == "due"
    keep_concern(by=acting(cast.manager), concern=concern, because="Not yet.")
    assert answer(cast, cast.manager).state == "kept"
    assert answer(cast, cast.colleague) == answer(cast, cast.other_manager) == NEUTRAL
    # Its evidence goes: nothing is kept any more.
    enter_in_error(by=acting(cast.manager), concern=concern, because="Another practice.")
    assert answer(cast, cast.manager) == NEUTRAL
    shared(cast)
    assert answer(cast, cast.other_manager).state == "kept"


def answer(cast: Cast, user: User) -> Keeping:
    agreement = agreement_of(cast)
    return ask_alone(asking([agreement], acting(user)))[agreement.pk][KEY]
