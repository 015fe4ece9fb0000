"""What is reported under a text that is never performance management feeds no report (E18)."""

from __future__ import annotations

from datetime import date

import pytest

from agreements.library import library
from agreements.models import Agreement
from agreements.terms import CommitmentTerm
from commitments.models import Commitment
from escalations.models import PracticeConcern
from jobs.sweep import work_due
from reports.models import Assurance, Report
from reports.queries import content_of
from reports.register import RegisterContent
from reports.sources import measured
from tests.agreements.reviewed import on
from tests.cast import Cast
from tests.commitments.owed.owing import done
from tests.conftest import ClientOf
from tests.on_terms import in_force_on
from tests.reading import words_of
from tests.reports.stage import AFTER, APRIL, of_several

pytestmark = pytest.mark.django_db
PLANS = CommitmentTerm(
    key="plans", label="canary-plans-4417", slots=("ccg",), cadence="monthly",
    by_financial_year=True,
)  # fmt: skip


def with_plans(cast: Cast, *, never: bool) -> Agreement:
    """Plans are owed each month; of the quarter April's came, and the others did not."""
    with on(date(2026, 3, 2)):
        agreement = in_force_on(cast, never_performance=never, commitments=(PLANS,))
    plans = Commitment.objects.select_related("agreement").get(agreement=agreement)
    with on(date(2026, 4, 30)):
        done(cast.other_manager, plans, date(2026, 4, 1))
    return agreement


@pytest.mark.duty("E18")
def test_what_is_reported_feeds_no_report_no_register_and_no_concern(
    cast: Cast, client_of: ClientOf
) -> None:
    assert library()["practice-resilience"].terms.never_performance
    agreement = with_plans(cast, never=True)
    with on(AFTER):
        client = client_of(cast.manager)
        said = {"quarter": APRIL.first.isoformat()}
        page = words_of(client.post(f"/reports/new/{agreement.reference}/", said, follow=True))
        assert "never performance management" in page
        assert not Report.objects.exists()
        client.post("/reports/new/", said | {"scope": "portfolio"})
        work_due()
        page = words_of(client.get(f"/reports/{Report.objects.get().key}/"))
        assert "so nothing of these is counted" in page
        assert "Commitments met" not in page
        client.post("/reports/assurance/", {})
        work_due()
        page = words_of(client.get(f"/reports/assurance/{Assurance.objects.get().key}/"))
        assert "canary" not in page
        refused = client.get(f"/concerns/{agreement.reference}/open/")
        assert refused.status_code == 409
        assert "nothing that is reported is used" in refused.content.decode()
    content = RegisterContent.model_validate(Assurance.objects.get().register.content)
    row = next(each for each in content.rows if each.reference == agreement.reference)
    assert (row.is_never_performance, row.missed) == (True, ())
    assert not PracticeConcern.objects.exists()


def test_the_same_under_another_text_is_counted(cast: Cast) -> None:
    agreement = with_plans(cast, never=False)
    with on(AFTER):
        content = content_of(of_several(cast, scope="portfolio"))
        (found,) = [m for m in measured([agreement], APRIL.first, APRIL.last)[agreement.pk]
                    if m.key == "commitments"]  # fmt: skip
    assert content
    assert (found.met, found.missed, found.excluded, found.open) == (1, 2, 0, 0)
    assert {line.key for line in content.lines} >= {"commitments"}
