"""A quarter is asked about only where the text asks for a report, and of whoever owes it (B15)."""

from __future__ import annotations

from datetime import date

import pytest

from agreements.models import Agreement
from deadlines.models import Deadline
from deadlines.services.setting import set_together
from house.asked_together import ask_alone
from house.clock import london_day
from reports.due import REPORT
from reports.keeping import asking
from reports.models import Report, ReportTurn
from reports.services import passing, sending
from tests import stages
from tests.agreements.reviewed import days_told, on, swept_on
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_at
from tests.reports.stage import AFTER, drafted, in_force, sent

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 1)


def asked() -> list[Deadline]:
    return list(Deadline.objects.still_open().filter(kind=REPORT))


def test_the_first_whole_quarter_is_asked_about_once_it_is_over(
    cast: Cast, mailbox: Mailbox, client_of: ClientOf
) -> None:
    in_force(cast)
    swept_on(date(2026, 6, 30))
    assert asked() == []
    swept_on(JULY)
    (deadline,) = asked()
    assert deadline.occurrence == "2026-04-01"
    days = days_told(date(2026, 7, 2), date(2026, 7, 9))
    told = [mail for mail in mailbox.all if str(mail.subject).startswith("Report on April")]
    assert [to for mail in told for to in mail.to] == [cast.manager.email]
    assert date(2026, 7, 8) in days
    with on(AFTER):
        assert "Report on April to June 2026 under the MoU" in words_at(
            client_of(cast.manager), "/"
        )


def test_where_the_text_asks_for_none_nobody_is_asked(cast: Cast) -> None:
    silent = stages.in_force(cast).agreement
    assert not ReportTurn.objects.filter(agreement=silent).exists()
    with on(AFTER):
        passing.begin_turns(silent)
    assert not ReportTurn.objects.filter(agreement=silent).exists()


def test_what_is_sent_is_asked_for_no_more(cast: Cast) -> None:
    in_force(cast)
    swept_on(JULY)
    sent(cast)
    assert asked() == []
    swept_on(date(2026, 8, 1))
    assert asked() == []
    swept_on(date(2026, 10, 1))
    assert [each.occurrence for each in asked()] == ["2026-07-01"]


def test_a_stand_still_of_a_year_asks_for_the_last_quarter_alone(cast: Cast) -> None:
    in_force(cast)
    swept_on(date(2027, 7, 2))
    assert [each.occurrence for each in asked()] == ["2027-04-01"]


def test_an_end_asks_for_no_report(cast: Cast) -> None:
    agreement = in_force(cast)
    swept_on(JULY)
    with on(AFTER), set_together():
        passing.end_turns(agreement)
    assert asked() == []
    assert not ReportTurn.objects.exists()


def test_an_upgrade_begins_the_turns_and_finds_nothing_the_second_time(cast: Cast) -> None:
    agreement = in_force(cast)
    ReportTurn.objects.all().delete()
    with on(AFTER):
        assert list(passing.make_up_for_turns()) == [agreement.reference]
        assert list(passing.make_up_for_turns()) == []
    assert ReportTurn.objects.get().on == date(2026, 10, 1)


# --- Is it kept?


def state(agreement: Agreement, day: date) -> str:
    with on(day):
        return ask_alone(asking([agreement]))[agreement.pk][REPORT].state


def test_kept_once_the_last_quarters_report_is_final(cast: Cast) -> None:
    agreement = in_force(cast)
    assert london_day(agreement.created_at) == date(2026, 2, 3)
    assert state(agreement, date(2026, 6, 30)) == "nothing_yet"
    assert state(agreement, JULY) == "due"
    report = sent(cast)
    assert state(agreement, AFTER) == "due"
    with on(AFTER):
        sending.remark(by=acting(cast.other_manager), report=report, text="")
    assert state(agreement, AFTER) == "kept"
    assert state(agreement, date(2026, 10, 1)) == "due"
    assert state(agreement, date(2027, 1, 1)) == "missed"


def test_without_its_evidence_it_is_not_kept(cast: Cast) -> None:
    agreement, report = in_force(cast), sent(cast)
    with on(AFTER):
        sending.remark(by=acting(cast.other_manager), report=report, text="")
    assert state(agreement, AFTER) == "kept"
    report = Report.objects.get(pk=report.pk)
    report.state, report.final_at = "sent", None
    report.save()
    assert state(agreement, AFTER) == "due"


def test_a_draft_of_another_party_is_not_told(cast: Cast) -> None:
    agreement = in_force(cast)
    drafted(cast)
    with on(AFTER):
        said = ask_alone(asking([agreement]))[agreement.pk][REPORT].sentence
    assert said == "The report on April to June 2026 is to be sent."
