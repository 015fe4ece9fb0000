"""Announcements that touch an agreement whose terms ask for no lead time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from agreements.models import Agreement
from agreements.terms import LeadTimes
from communications.models import Announcement, ConcernedAgreement
from communications.services.outcomes import final_from, release, would_need_reason
from communications.services.planning import edit
from deadlines.models import Deadline
from house import clock
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.doing import at
from tests.conftest import ClientOf
from tests.reading import words_of
from tests.stages import template

pytestmark = pytest.mark.django_db


def quiet(cast: Cast) -> Agreement:
    """With Westmoor CCG; its terms say nothing of publications."""
    return desk.agreement_with(
        cast, template(cast.area_team), cast.third_ccg, cast.third_manager, cast.third_signatory,
        LeadTimes(press_release_hours=48),
    )  # fmt: skip


@pytest.fixture
def both(cast: Cast) -> Announcement:
    """A publication; Eastmoor's terms ask for 72 hours, Westmoor's for press releases alone."""
    with clock.at(NOW):
        return desk.planned(cast, desk.bilateral(cast), quiet(cast), kind="publication")


def share_bys() -> dict[str, str]:
    rows = Deadline.objects.filter(kind="press_share_by")
    return dict(rows.values_list("occurrence", "state"))


def test_only_what_the_terms_ask_is_due(
    cast: Cast, both: Announcement, client_of: ClientOf
) -> None:
    hours = dict(both.concerned.values_list("agreement__reference", "lead_hours"))
    assert sorted(hours.values(), key=str) == [72, None]
    (asking,) = [reference for reference, lead in hours.items() if lead]
    assert share_bys() == {asking: "open"}
    with clock.at(NOW):
        page = words_of(client_of(cast.colleague).get(at(both)))
    assert "None agreed" in page
    assert "Share by, with Eastmoor CCG: 72 hours before release" in page
    assert "Share by, with Westmoor CCG" not in page


def test_another_kind_may_have_a_lead_time(cast: Cast, both: Announcement) -> None:
    said: dict[str, Any] = {
        "announcement": both,
        "title": both.title,
        "agreements": [row.agreement for row in both.concerned.all()],
    }
    with clock.at(NOW):
        edit(by=acting(cast.colleague), kind="press_release", **said)
        assert set(share_bys().values()) == {"open"}
        assert len(share_bys()) == 2
        edit(by=acting(cast.colleague), kind="publication", **said)
    assert sorted(share_bys().values()) == ["cancelled", "open"]


def test_a_release_needs_no_reason_and_is_not_counted(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        silent = quiet(cast)
        announcement = desk.planned(cast, silent, kind="publication", hours=1)
        draft = desk.drafted(cast, announcement)
        assert not would_need_reason(announcement)
    with clock.at(NOW + timedelta(hours=2)):
        release(
            by=acting(cast.colleague), announcement=announcement, released_at=clock.now(),
            **final_from(draft),
        )  # fmt: skip
        page = words_of(client_of(cast.third_manager).get("/announcements/"))
        kept = words_of(client_of(cast.third_manager).get(f"/agreements/{silent.reference}/kept/"))
    assert ConcernedAgreement.objects.get().met
    assert "None released" in page or "0 of" not in page
    assert "without a draft shared before" not in kept
