"""A report is read by its lead first, then by the other parties, then final for ever (B15)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from deadlines.models import Deadline
from house.refusals import NotYours, Refused
from nhsuk.widgets import date_boxes
from reports.models import Figures, Report
from reports.queries import content_of
from reports.rules import Quarter
from reports.services import drafting, sending
from tests.agreements.reviewed import on, swept_on
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_at
from tests.reports.stage import AFTER, APRIL, BY, drafted, in_force, sent

pytestmark = pytest.mark.django_db


def page(report: Report, path: str = "") -> str:
    return f"/reports/{report.key}/{path}"


# --- Drafting


def test_a_draft_is_its_own_organisations_alone(cast: Cast, client_of: ClientOf) -> None:
    report = drafted(cast)
    client = client_of(cast.other_manager)
    assert client.get(page(report)).status_code == 404
    assert "Report on April" not in words_at(client, "/reports/")
    assert "Contact roles held at the end" in words_at(client_of(cast.viewer), page(report))


def test_the_lead_says_where_to_improve(cast: Cast, client_of: ClientOf) -> None:
    report, client = drafted(cast), client_of(cast.colleague)
    answer = client.post(page(report, "edit/"), {"edit_no": 0, "text": "Share drafts sooner."})
    assert answer.status_code == 302
    assert "Share drafts sooner." in words_at(client, page(report))
    again = client.post(page(report, "edit/"), {"edit_no": 0, "text": "Mine."})
    assert "Somebody changed this report" in again.content.decode()


def test_an_agreement_has_one_report_a_quarter(cast: Cast) -> None:
    drafted(cast)
    with on(AFTER), pytest.raises(Refused, match="Northern Moors Area Team is drafting"):
        drafting.draft_report(
            by=acting(cast.other_manager), agreement=in_force(cast), quarter=APRIL
        )


def test_no_report_is_made_of_a_quarter_that_runs_or_was_before(cast: Cast) -> None:
    for quarter, why in (
        (Quarter(date(2026, 7, 1)), "not over yet"),
        (Quarter(date(2025, 10, 1)), "not in force in this quarter"),
    ):
        with on(AFTER), pytest.raises(Refused, match=why):
            drafting.draft_report(by=acting(cast.manager), agreement=in_force(cast),
                                  quarter=quarter)  # fmt: skip


def test_a_draft_that_was_given_up_makes_room(cast: Cast, client_of: ClientOf) -> None:
    report = drafted(cast)
    client_of(cast.colleague).post(page(report, "give-up/"))
    assert drafted(cast, by=cast.other_manager).organisation == cast.ccg


# --- Sending, remarks


def test_a_draft_is_sent_by_a_manager_and_the_other_party_is_told(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    report = drafted(cast)
    with on(AFTER):
        said = date_boxes("remarks_by", BY)
        client = client_of(cast.manager)
        answer = client.post(page(report, "send/"), said, follow=True)
        assert "We told the MoU manager of Eastmoor CCG." in answer.content.decode()
        assert client_of(cast.colleague).get(page(report, "send/")).status_code == 403
        mail = mailbox.to(cast.other_manager.email)[-1]
    assert mail.subject.startswith("Read the report on April to June 2026 by 31 July 2026: with")
    assert "Where to improve" in words_at(client_of(cast.other_viewer), page(report))


def test_the_last_word_makes_it_final(cast: Cast, client_of: ClientOf, mailbox: Mailbox) -> None:
    report = sent(cast)
    with on(date(2026, 7, 20)):
        client_of(cast.other_colleague).post(
            page(report, "remark/"), {"text": "The press was late."}
        )
        subjects = [str(mail.subject) for mail in mailbox.to(cast.manager.email)]
    report.refresh_from_db()
    assert report.is_final
    assert any("word on the report on April" in each for each in map(str.lower, subjects)) or any(
        each.startswith("Remark on the report on April to June 2026") for each in subjects
    )
    assert "The press was late." in words_at(client_of(cast.viewer), page(report))
    assert not Deadline.objects.still_open().filter(kind="report_remark").exists()


def test_silence_is_said_as_no_remark(cast: Cast, client_of: ClientOf, mailbox: Mailbox) -> None:
    report = sent(cast)
    for day in (date(2026, 7, 24), date(2026, 7, 30), BY):
        swept_on(day)
    report.refresh_from_db()
    assert report.is_sent
    swept_on(date(2026, 8, 1))
    report.refresh_from_db()
    assert report.is_final
    assert "Eastmoor CCG Made no remark in time." in words_at(client_of(cast.viewer), page(report))
    told = [str(mail.subject) for mail in mailbox.to(cast.other_manager.email)]
    assert sum("Remark on the report on April to June 2026" in each for each in told) == 2


def test_its_lead_says_no_remark_of_its_own(cast: Cast) -> None:
    report = sent(cast)
    with on(AFTER), pytest.raises(NotYours):
        sending.remark(by=acting(cast.manager), report=report, text="Ours.")


def test_a_party_says_its_word_once(cast: Cast) -> None:
    report = sent(cast)
    with on(AFTER):
        sending.remark(by=acting(cast.other_manager), report=report, text="")
        with pytest.raises(Refused, match="final now"):
            sending.remark(by=acting(cast.other_manager), report=report, text="More.")


def test_what_was_taken_back_is_sent_and_answered_anew(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    report = sent(cast)
    with on(AFTER):
        client = client_of(cast.manager)
        client.post(page(report, "take-back/"), {"because": "A meeting was missing."})
        assert client_of(cast.other_manager).get(page(report)).status_code == 404
        assert not Deadline.objects.still_open().filter(kind="report_remark").exists()
        assert any("taken back" in str(m.subject) for m in mailbox.to(cast.other_manager.email))
        report.refresh_from_db()
        sending.send(by=acting(cast.manager), report=report, remarks_by=BY)
        sending.remark(by=acting(cast.other_manager), report=report, text="Now it is right.")
    report.refresh_from_db()
    assert report.is_final


# --- Final


def test_figures_stay_as_they_were_and_a_correction_is_another_edition(
    cast: Cast, client_of: ClientOf
) -> None:
    report = sent(cast)
    with on(AFTER):
        sending.remark(by=acting(cast.other_manager), report=report, text="")
        client = client_of(cast.colleague)
        assert client.post(page(report, "count/"), follow=True).status_code == 200
        client.post(page(report, "edition/"), {"because": "A contact was named in May."})
    assert report.figures.count() == 1
    newer = Report.objects.get(corrects=report)
    assert (newer.edition, newer.is_draft) == (2, True)
    with on(AFTER):
        said = words_at(client, page(newer))
    assert "puts right the one before: A contact was named in May." in said
    assert "edition 2" not in words_at(client_of(cast.other_manager), page(report))


@pytest.mark.sqlite
def test_no_figure_is_ever_written_over(cast: Cast) -> None:
    drafted(cast)
    for write in (
        lambda: Figures.objects.update(content={}),
        lambda: Figures.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_a_trend_takes_what_was_reported_then(cast: Cast) -> None:
    before = sent(cast, Quarter(date(2026, 1, 1)))
    with on(AFTER):
        sending.remark(by=acting(cast.other_manager), report=before, text="")
        content = content_of(drafted(cast))
    assert content
    assert [each.is_kept for each in content.trend] == [True, False]


def test_the_parties_read_of_it_in_the_history(cast: Cast, client_of: ClientOf) -> None:
    report = sent(cast)
    agreement = report.agreement
    assert agreement
    said = words_at(client_of(cast.other_viewer), f"/agreements/{agreement.reference}/history/")
    assert "sent the report on April to June 2026 to the other parties" in said
