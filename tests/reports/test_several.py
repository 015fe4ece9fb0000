"""Reports on several agreements are their organisation's own, and count under each (B15)."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import page as validators
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agreements.models import Agreement
from house.answers import Measure
from house.once import one_page
from house.refusals import Refused
from house.room import Room
from house.rooms import registered, rooms
from reports import sources
from reports.models import Report
from reports.presenters.page import ReportPage
from reports.print import build_report
from reports.queries import content_of
from reports.services import sending
from reports.services.counting import figures_of
from reports.sources import SOURCES, measured
from tests.agreements.contacted import lena, with_contacts
from tests.agreements.reviewed import on
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.costs import BUDGET, queries_at, with_many
from tests.pdf import printed
from tests.reading import words_at
from tests.reports.stage import AFTER, APRIL, drafted, in_force, of_several, sent
from tests.without_account import link_in

pytestmark = pytest.mark.django_db


def two(cast: Cast) -> tuple[Agreement, Agreement]:
    """The second has no lead clinician."""
    return in_force(cast), with_contacts(cast, 2, ccg_lead_clinician=None)


def test_a_portfolio_adds_up_what_its_agreements_ask_for(cast: Cast, client_of: ClientOf) -> None:
    first, second = two(cast)
    report = of_several(cast, scope="portfolio")
    content = content_of(report)
    assert content
    lines = {(line.key, line.who): line for line in content.lines}
    assert lines["contacts", "Northern Moors Area Team"].met == 8
    other = lines["contacts", "Other parties"]
    assert (other.met, other.missed, other.url, other.said) == (5, 1, "", "")
    with on(AFTER):
        said = words_at(client_of(cast.viewer), f"/reports/{report.key}/")
        assert client_of(cast.other_manager).get(f"/reports/{report.key}/").status_code == 404
    assert "It is about 2 agreements." in said
    assert said.index(second.reference) < said.index(first.reference)


def test_what_is_with_one_organisation_names_both(cast: Cast) -> None:
    two(cast)
    content = content_of(of_several(cast, scope="party", other=cast.ccg))
    assert content
    assert {line.who for line in content.lines} == {
        "Northern Moors Area Team", "Eastmoor CCG", "All parties"
    }  # fmt: skip
    assert content_of(of_several(cast, scope="party", other=cast.third_ccg)) == content.model_copy(
        update={"agreements": 0, "lines": (), "each": (), "trend": content_of_nothing()}
    )


def content_of_nothing() -> tuple[object, ...]:
    """A trend of no agreement has its own quarter alone."""
    newest = Report.objects.order_by("-pk")[0]
    found = content_of(newest)
    assert found
    assert [each.first for each in found.trend] == [APRIL.first]
    return found.trend


def test_its_manager_makes_it_final_at_once(cast: Cast, client_of: ClientOf) -> None:
    in_force(cast)
    report = of_several(cast, scope="portfolio")
    with on(AFTER):
        with pytest.raises(Refused, match="your organisation's own"):
            sending.send(by=acting(cast.manager), report=report, remarks_by=date(2026, 8, 1))
        client_of(cast.manager).post(f"/reports/{report.key}/finish/")
    report.refresh_from_db()
    assert report.is_final


def test_the_form_asks_for_what_was_chosen(cast: Cast, client_of: ClientOf) -> None:
    in_force(cast)
    with on(AFTER):
        client = client_of(cast.manager)
        said = {"quarter": APRIL.first.isoformat(), "scope": "party", "other": ""}
        assert "Choose the organisation" in client.post("/reports/new/", said).content.decode()
        client.post("/reports/new/", said | {"other": str(cast.ccg.pk)})
    assert Report.objects.get().other == cast.ccg


# --- Which rooms, and which agreements


def test_no_report_counts_practice_concerns(cast: Cast) -> None:
    assert not any("concern" in name for name in SOURCES)
    (room,) = (room for room in rooms() if room.name == "escalations.concerns")
    assert type(room).measures is Room.measures

    class Concerns(Room):
        name = "escalations.concerns"

        def measures(
            self, agreements: object, since: date, until: date
        ) -> dict[int, list[Measure]]:
            raise AssertionError("Nobody asks.")

    with registered(Concerns()):
        assert measured([in_force(cast)], APRIL.first, APRIL.last)


def test_every_room_that_counts_is_on_the_list_or_left_out_on_purpose() -> None:
    counting = {room.name for room in rooms() if type(room).measures is not Room.measures}
    assert counting == set(SOURCES)


def test_of_never_performance_no_report_is_made(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    two(cast)
    monkeypatch.setattr(sources, "is_never_performance", lambda _terms: True)
    with pytest.raises(Refused, match="never performance management"):
        drafted(cast)
    content = content_of(of_several(cast, scope="portfolio"))
    assert content
    assert (content.lines, content.each, len(content.not_counted)) == ((), (), 2)


# --- What it costs


def test_figures_of_five_agreements_ask_no_more_than_of_two(cast: Cast) -> None:
    counts = []
    for numbers in ((2,), (3, 4, 5)):
        in_force(cast)
        for number in numbers:
            with_contacts(cast, number)
        with on(AFTER), one_page(), CaptureQueriesContext(connection) as queries:
            figures_of(Report(organisation=cast.area_team, scope="portfolio",
                              subject=f"portfolio:{cast.area_team.pk}", since=APRIL.first,
                              until=APRIL.last))  # fmt: skip
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_report_of_ten_parties_keeps_to_the_budget(cast: Cast, client_of: ClientOf) -> None:
    counts = []
    for others in (1, 9):
        agreement = with_many(cast, others)
        report = Report.objects.create(
            organisation=cast.area_team, scope="agreement", agreement=agreement,
            subject=f"agreement:{agreement.pk}", since=APRIL.first, until=APRIL.last,
            made_by=cast.manager, made_at=agreement.created_at, state="sent", sendings=1,
            sent_at=agreement.created_at, remarks_by=date(2090, 1, 1),
        )  # fmt: skip
        report.figures.create(counted_at=agreement.created_at,
                              content=figures_of(report).model_dump(mode="json"))  # fmt: skip
        path = f"/reports/{report.key}/"
        counts.append(queries_at(client_of(cast.manager), path))
        said = words_at(client_of(cast.manager), path)
        assert f"CCG {others - 1} of {others} Has not said its word yet." in said
    assert counts[0] == counts[1] <= BUDGET


# --- Files, and who has no account


def test_its_pdf_is_valid_with_its_bars_and_its_workbook_has_each_quarter(
    cast: Cast, client_of: ClientOf, tmp_path: Path
) -> None:
    report = sent(cast)
    with on(AFTER):
        client = client_of(cast.other_viewer)
        pdf = client.get(f"/reports/{report.key}/report.pdf").content
        book = load_workbook(BytesIO(client.get(f"/reports/{report.key}/report.xlsx").content))
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    for profile in ("3a", "ua1"):
        result = validators.validate_pdf(file, profile=profile)
        assert result.is_compliant, [(f.rule_id, f.message) for f in result.failures]
    assert "Report on April to June 2026" in printed(pdf)
    quarters = {row[0] for row in book["Quarter by quarter"].values}
    assert quarters == {"Quarter", "January to March 2026", "April to June 2026"}
    assert book.sheetnames == ["Standards", "Quarter by quarter", "Words"]


def test_equal_figures_give_equal_bytes(cast: Cast) -> None:
    report = sent(cast)
    first, again = (build_report(ReportPage(report, acting(cast.manager))) for _ in range(2))
    assert first == again


def test_a_contact_without_an_account_reads_it_and_remarks_by_a_link(
    cast: Cast, client: Client, client_of: ClientOf, mailbox: Mailbox
) -> None:
    from agreements.contacts.services.naming import name_contact

    agreement = in_force(cast)
    with on(AFTER):
        party = agreement.parties.get(slot="ccg")
        name_contact(by=acting(cast.other_manager), party=party, role="mou_manager", person=lena())
    report = sent(cast)
    with on(AFTER):
        path = link_in(mailbox, "lena@ccg.example")
        said = client.get(path).content.decode()
        assert "Contact roles held at the end, Eastmoor CCG" in said
        assert client.get(f"{path}pdf/").status_code == 200
        answer = client.post(path, {"text": "By e-mail alone."}, follow=True)
        assert "Your word stands in the report." in answer.content.decode()
        assert "By e-mail alone." in words_at(client_of(cast.viewer), f"/reports/{report.key}/")
    remark = report.remarks.get()
    assert remark.by_link == "Lena Lead, by the link sent to l…@ccg.example"
