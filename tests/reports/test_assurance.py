"""The register of all MoUs that an organisation holds, for its audit committee (X15)."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agreements.contacts.services.naming import end_contact
from agreements.models import Agreement
from jobs.sweep import work_due
from nhsuk.widgets import date_boxes
from reports.models import Assurance, Register
from reports.print import build_register
from reports.register import RegisterContent, Row
from reports.registering import content_for
from reports.services.assuring import begin_assurance
from tests import stages
from tests.agreements.contacted import with_contacts
from tests.agreements.reviewed import on, reviewed
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.costs import BUDGET, queries_at
from tests.pdf import printed
from tests.reading import words_at
from tests.reports.stage import AFTER, assured, in_force

pytestmark = pytest.mark.django_db
# The review of 3 February 2027 is not held by then.
LATE = date(2027, 2, 10)


def content_of(made: Assurance) -> RegisterContent:
    return RegisterContent.model_validate(made.register.content)


def row_of(content: RegisterContent, agreement: Agreement) -> Row:
    return next(row for row in content.rows if row.reference == agreement.reference)


def vacant(cast: Cast, agreement: Agreement, role: str) -> None:
    party = agreement.parties.get(slot="ccg")
    end_contact(by=acting(cast.other_manager), party=party, role=role)


@pytest.mark.duty("X15")
def test_one_press_gives_the_register_as_page_two_sides_of_a4_and_workbook(
    cast: Cast, client_of: ClientOf, tmp_path: Path
) -> None:
    agreement = in_force(cast)
    with on(date(2026, 3, 2)):
        unsigned = stages.drafted(cast)
    first = assured(cast, AFTER)
    assert content_of(first).since is None
    with on(date(2027, 1, 4)):
        vacant(cast, agreement, "lead_clinician")
    with on(LATE):
        client = client_of(cast.secretary)
        answer = client.post("/reports/assurance/", {}, follow=True)
        assert "The report is being made" in answer.content.decode()
        work_due()
        path = answer.request["PATH_INFO"]
        said = words_at(client, path)
        pdf = client.get(f"{path}report.pdf").content
        sheet = load_workbook(BytesIO(client.get(f"{path}register.xlsx").content))
    for words in (
        "MoUs held 2", "Not signed yet 1", "Past their date of review 1", "Past their end 0",
        "Contact roles vacant 1", "What changed since 10 July 2026", "Now past its review",
        "Past its review, 4 duties missed, 1 contact role vacant",
    ):  # fmt: skip
        assert words in said, (words, said)
    rows = {row[0]: row for row in sheet["Register"].values}
    assert {agreement.reference, unsigned.reference} < set(rows)
    assert "Not signed yet" in str(rows[unsigned.reference])
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    assert len(pikepdf.open(file).pages) <= 2
    assert "Past its review" in printed(pdf)
    for profile in ("3a", "ua1"):
        result = page.validate_pdf(file, profile=profile)
        assert result.is_compliant, [(f.rule_id, f.message) for f in result.failures]


def test_it_stays_as_it_was_issued(cast: Cast, client_of: ClientOf) -> None:
    agreement, made = in_force(cast), assured(cast)
    with on(date(2026, 7, 11)):
        vacant(cast, agreement, "lead_clinician")
        said = words_at(client_of(cast.viewer), f"/reports/assurance/{made.key}/")
    assert "Contact roles vacant 0" in said


@pytest.mark.sqlite
def test_no_register_is_ever_written_over(cast: Cast) -> None:
    assured(cast)
    for write in (lambda: Register.objects.update(content={}), Register.objects.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_what_changed_is_said_since_the_day_chosen(cast: Cast) -> None:
    agreement = in_force(cast)
    with on(date(2026, 6, 11)):
        reviewed(cast.manager, agreement, date(2026, 6, 10), date(2027, 2, 3))
    news = row_of(content_of(assured(cast, AFTER, date(2026, 6, 11))), agreement).news
    assert news == ("A review was recorded on 11 June 2026",)
    assert (
        row_of(content_of(assured(cast, date(2026, 7, 13), date(2026, 6, 12))), agreement).news
        == ()
    )


def test_a_day_to_come_is_refused(cast: Cast, client_of: ClientOf) -> None:
    with on(AFTER):
        said = date_boxes("since", AFTER + timedelta(days=1))
        answer = client_of(cast.secretary).post("/reports/assurance/", said)
    assert "Choose today or a day before it." in answer.content.decode()
    assert not Assurance.objects.exists()


def test_whoever_presses_while_one_is_made_gets_that_one(cast: Cast) -> None:
    in_force(cast)
    first, again = (begin_assurance(by=acting(by)) for by in (cast.secretary, cast.manager))
    assert first == again
    work_due()
    assert begin_assurance(by=acting(cast.manager)) != first


def test_of_never_performance_no_missed_duty_is_counted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreement = in_force(cast)
    with on(LATE):
        assert row_of(content_for(acting(cast.manager), None), agreement).missed
        monkeypatch.setattr("reports.sources.is_never_performance", lambda _terms: True)
        row = row_of(content_for(acting(cast.manager), None), agreement)
    assert (row.missed, row.marks) == ((), ("past_review",))
    assert row.is_never_performance


def test_it_is_its_own_organisations_alone(cast: Cast, client_of: ClientOf) -> None:
    made = assured(cast)
    for path in ("", "report.pdf", "register.xlsx"):
        at = f"/reports/assurance/{made.key}/{path}"
        with on(AFTER):
            assert client_of(cast.other_manager).get(at).status_code == 404


def test_two_sides_hold_whatever_there_is(cast: Cast) -> None:
    long = "The memorandum of understanding about everything that can be understood " * 2
    rows = [
        Row(reference=f"MOU-{n:04}", title=long[:200], with_whom=f"with {long}"[:180],
            state="In force", marks=("past_review", "past_end"), missed=("One", "Two"), vacant=n,
            news=("Now past its review", "A review was recorded on 11 June 2026"))
        for n in range(1000)
    ]  # fmt: skip
    made = assured(cast)
    content = content_of(made).model_copy(update={"rows": tuple(rows), "since": AFTER})
    pdf = build_register(content, made.register)
    assert len(pikepdf.open(BytesIO(pdf)).pages) <= 2
    assert "MoUs more: see the register." in printed(pdf)


def test_its_page_asks_no_more_of_many_mous(cast: Cast, client_of: ClientOf) -> None:
    in_force(cast)
    made = assured(cast)
    with on(AFTER):
        at = f"/reports/assurance/{made.key}/"
        assert queries_at(client_of(cast.viewer), at) <= BUDGET
        assert queries_at(client_of(cast.viewer), "/reports/") <= BUDGET


def test_five_mous_ask_no_more_than_two(cast: Cast) -> None:
    counts = []
    for numbers in ((2,), (3, 4, 5)):
        in_force(cast)
        for number in numbers:
            with_contacts(cast, number)
        with on(AFTER), CaptureQueriesContext(connection) as queries:
            content = content_for(acting(cast.manager), date(2026, 3, 1))
        assert len(content.rows) == max(numbers)
        counts.append(len(queries))
    assert counts[0] == counts[1]
