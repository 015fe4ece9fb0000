"""What this room says of approval, signatures and the shortest time in force, with its evidence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agreements.models import Agreement, Approval, Signature
from agreements.register.services import register_signed
from documents.storage import store
from house import clock
from house.answers import Keeping
from house.triggers import lifted
from tests.cast import Cast, acting
from tests.one_room import keepings
from tests.pdf import a_pdf
from tests.stages import drafted, in_force, template

pytestmark = pytest.mark.django_db
START = datetime(2026, 2, 3, 12, tzinfo=UTC)
WATCHED = ("approval", "signature", "minimum_term")


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    with clock.at(START):
        return in_force(cast).agreement


def answers(cast: Cast, agreement: Agreement) -> dict[str, Keeping]:
    agreement = Agreement.objects.get(pk=agreement.pk)
    return keepings([agreement], acting(cast.viewer))[agreement.pk]


def test_approvals_signatures_and_time_are_kept_with_their_evidence(
    cast: Cast, agreement: Agreement
) -> None:
    found = answers(cast, agreement)
    assert {
        key: keeping.state for key, keeping in found.items() if key in WATCHED
    } == dict.fromkeys(WATCHED, "kept")
    said = {key: [each.text for each in found[key].evidence] for key in WATCHED}
    assert said == {
        "approval": ["Director, 3 February 2026", "Governing Body, 3 February 2026"],
        "signature": ["Sid Signatory, 3 February 2026", "Orla Officer, 3 February 2026"],
        "minimum_term": ["Version 1.0"],
    }
    so_far = "Kept so far: in force since 3 February 2026; 12 months end on 3 February 2027."
    with clock.at(START):
        assert answers(cast, agreement)["minimum_term"].sentence == so_far
    with clock.at(datetime(2027, 2, 3, tzinfo=UTC)):
        assert answers(cast, agreement)["minimum_term"].sentence.startswith("In force since")


def test_without_the_evidence_they_are_not(cast: Cast, agreement: Agreement) -> None:
    with lifted():
        Approval.objects.filter(party__slot="ccg").delete()
        Signature.objects.all().delete()
    found = answers(cast, agreement)
    assert found["approval"].state == "due"
    assert "The approval of Eastmoor CCG is still to be recorded." in found["approval"].sentence
    assert found["signature"].state == "nothing_yet"


def test_who_needs_no_approval_is_not_said_to_have_given_one(cast: Cast) -> None:
    with clock.at(START):
        agreement = in_force(cast).agreement
    version = agreement.in_force_version
    assert version
    routes = [{"slot": "ccg", "route": "none", "name": ""}, *version.terms["approval_routes"]]
    terms = {**version.terms, "approval_routes": [routes[0], routes[1]]}
    with lifted():
        version.terms = terms
        version.save()
    said = "Northern Moors Area Team approved it. No other approval is needed."
    assert answers(cast, agreement)["approval"].sentence == said


def test_an_end_before_its_time_is_a_miss(cast: Cast, agreement: Agreement) -> None:
    agreement.end_on = datetime(2026, 9, 1, tzinfo=UTC).date()
    agreement.save()
    assert answers(cast, agreement)["minimum_term"].state == "missed"


def test_a_registered_one_shows_its_copy(cast: Cast) -> None:
    agreement = register_signed(
        by=acting(cast.manager), template_version=template(cast.area_team), title="Signed",
        organisations={"area_team": cast.area_team, "ccg": cast.ccg},
        file=store(a_pdf(), name="mou.pdf", content_type="application/pdf"),
        signed_on=clock.today(), review_on=clock.today(),
    )  # fmt: skip
    found = answers(cast, agreement)
    assert [each.text for each in found["signature"].evidence] == ["Registered copy"]
    assert found["approval"].state == "nothing_yet"


def test_a_draft_is_asked_nothing(cast: Cast) -> None:
    agreement = drafted(cast)
    asked = keepings([agreement], acting(cast.viewer))[agreement.pk]
    assert {*WATCHED, "review", "key_contacts"}.isdisjoint(asked)
