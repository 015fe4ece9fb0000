"""A successor goes on with the reports of whose place it takes (X07)."""

from __future__ import annotations

from datetime import date

import pytest

from deadlines.models import Deadline
from reports.models import Assurance, Report
from reports.services import sending
from reports.services.assuring import begin_assurance
from reports.services.drafting import draft_of_several, draft_report
from tests.agreements.reviewed import on
from tests.agreements.succeeded import board_of, succeeded
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.reading import words_at
from tests.reports.stage import AFTER, APRIL, FIRST, in_force, sent

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 15)


def test_a_draft_a_word_that_is_awaited_and_what_is_its_own_go_over(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, waiting = in_force(cast), sent(cast)
    with on(AFTER):
        by = acting(cast.other_manager)
        draft = draft_report(by=by, agreement=agreement, quarter=FIRST)
        own = draft_of_several(by=by, scope="portfolio", quarter=APRIL)
        register = begin_assurance(by=by)
    board, chair, mo = board_of(cast)
    with on(DAY):
        succeeded(chair, cast.other_administrator, cast.ccg, board, DAY)
        for report in (draft, own):
            assert "Report on" in words_at(client_of(mo), f"/reports/{report.key}/")
        assert client_of(mo).get(f"/reports/assurance/{register.key}/").status_code == 200
        sending.remark(by=acting(mo), report=waiting, text="Ours by now.")
    waiting.refresh_from_db()
    assert waiting.is_final
    assert not Deadline.objects.still_open().filter(kind="report_remark").exists()
    assert {each.organisation for each in Report.objects.exclude(pk=waiting.pk)} == {board}
    assert Assurance.objects.get().organisation == board


def test_a_word_of_the_old_one_counts_for_its_successor(cast: Cast) -> None:
    in_force(cast)
    waiting = sent(cast)
    with on(AFTER):
        sending.remark(by=acting(cast.other_manager), report=waiting, text="Theirs.")
    board, chair, _ = board_of(cast)
    with on(DAY):
        succeeded(chair, cast.other_administrator, cast.ccg, board, DAY)
    waiting.refresh_from_db()
    assert waiting.is_final
