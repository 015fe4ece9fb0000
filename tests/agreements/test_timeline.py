from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.core.telling import record
from agreements.drafting.services.editing import edit_clause
from agreements.models import Happening
from agreements.page.timeline import sentence_of, sentences, timeline_of
from agreements.versions.services.versions import recall
from house import clock
from parties.models import User
from tests.cast import Cast, acting
from tests.stages import clause, drafted, frozen


@pytest.mark.django_db
def test_what_is_written_down_without_a_sentence_fails_its_test(cast: Cast) -> None:
    """Each test of the suite looks for it (tests/conftest.py)."""
    with pytest.raises(AssertionError, match="painted"):
        record(by=acting(cast.manager), verb="painted", agreement=drafted(cast))


@pytest.mark.django_db
def test_edits_of_one_person_on_one_day_are_one_entry(cast: Cast) -> None:
    agreement = drafted(cast)
    start = datetime(2026, 5, 4, 9, tzinfo=UTC)
    for minute, (user, key) in enumerate(
        [(cast.manager, "purpose"), (cast.manager, "meet"), (cast.other_manager, "meet")]
    ):
        text = clause(agreement, key)
        with clock.at(start + timedelta(minutes=minute)):
            edit_clause(by=acting(user), clause=text, edit_no=text.edit_no, body=f"Words {minute}.")
    titles = [
        entry.title for entry in timeline_of(agreement.happenings.order_by("-at"), "MOU-0001")
    ]
    assert titles == [
        "Olga Other edited the clause “Meetings”.",
        "Maud Manager edited 2 places in the draft.",
    ]


@pytest.mark.django_db
def test_a_sentence_says_who_did_what_and_why(cast: Cast) -> None:
    version = frozen(cast)
    recall(by=acting(cast.other_manager), version=version, because="A clause is missing.")
    [recalled, frozen_before] = timeline_of(
        version.agreement.happenings.order_by("-at", "-pk"), "MOU-0001"
    )
    assert recalled.title == "Olga Other recalled version 0.1 and opened a new draft."
    assert recalled.detail == "A clause is missing."
    assert recalled.who == "Eastmoor CCG"
    assert frozen_before.title == "Maud Manager made version 0.1: its text no longer changes."


@given(
    verb=st.sampled_from([*sentences(), "unheard_of"]),
    data=st.dictionaries(
        st.sampled_from(["heading", "label", "who", "on", "role", "decision", "because"]),
        st.text(max_size=40),
    ),
)
def test_no_fact_breaks_a_sentence(verb: str, data: dict[str, str]) -> None:
    actor = User(email="a@b.example")
    happening = Happening(verb=verb, data=data, actor=actor, at=clock.now())
    sentence = sentence_of(happening)
    assert sentence
    assert "{" not in sentence.replace("{", "", str(data).count("{"))
