"""What may leave the administration site, and that no spreadsheet runs it."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from django.contrib.admin import site
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell

from agreements.retention.services.keeping import place_hold
from agreements.sheets.services import write_note
from house import clock
from house.exports import MOST_ROWS, TOO_MANY, defused, name_of_export
from house.tracked import create_all
from mail.services import queue_mail
from parties.models import OrganisationName, Person, User
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.proof_plugin import Proof
from tests.stages import in_force

MODELS = sorted(site._registry, key=lambda model: model._meta.label)
OURS = [model for model in MODELS if model._meta.app_label != "mfa"]
READ_ONLY = ("audit.Entry", "audit.Link", "mail.Delivery", "documents.StoredFile")


@pytest.fixture
def admin(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.system_administrator)


def page_of(label: str, what: str, *args: object) -> str:
    return reverse(f"admin:{label.lower().replace('.', '_')}_{what}", args=args)


def export(admin: Client, label: str, file_format: int) -> bytes:
    answer = admin.post(page_of(label, "export"), {"format": file_format, "resource": ""})
    assert "attachment" in answer.headers["Content-Disposition"]
    return bytes(answer.content)


# What a spreadsheet calculates, what it skips before that, and what programs make of it.
SIGNS = ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
SKIPPED = [
    "",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\xa0",
    "\u200b",
    "\ufeff",
    "\u3000",
    '"',
    "'",
    " \t ",
    "''",
]
BEHIND = ["1+1", "cmd|'/c calc'!A1", "SUM(A1:A9)", 'HYPERLINK("https://evil.example")', "1", "",
    "-1",
          "WEBSERVICE(A1)", "{=1}", "0x1"]  # fmt: skip
BEGINNINGS = [skip + sign + rest for skip in SKIPPED for sign in SIGNS for rest in BEHIND]


@pytest.mark.proof("B6")
def test_no_cell_leaves_as_a_formula(admin: Client, db: None, proof: Proof) -> None:
    texts = BEGINNINGS if proof.full else proof.chance().sample(BEGINNINGS, 60)
    create_all([Person(name=text, email=f"p{n}@moors.example")
                for n, text in enumerate(texts)])  # fmt: skip
    book = load_workbook(BytesIO(export(admin, "parties.Person", 0)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    read = list(csv.reader(StringIO(export(admin, "parties.Person", 1).decode("utf-8-sig"))))
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    formulas += [each for row in read for each in row if is_calculated(each)]
    kept = {str(cell.value).lstrip("'") for cell in cells}
    lost = [text for text in texts if not ways_to_say(text) & kept]
    proof.shows(
        f"{len(texts):,} beginnings in {len(cells) + sum(map(len, read)):,} cells: "
        f"{len(formulas)} formulas, {len(lost)} texts lost",
        reached=not formulas and not lost and len(read) == len(texts) + 2,
    )


def is_calculated(cell: str) -> bool:
    """As a spreadsheet reads a text file: what it skips goes, and one number is a number."""
    return bool(re.match(r"[\s\u200b\ufeff\"]*[=+\-@\uff1d\uff0b\uff0d\uff20]", cell)) and not (
        re.fullmatch(r"[+-]?\d+(\.\d+)?", cell)
    )


def ways_to_say(text: str) -> set[str]:
    """A workbook is XML, whose line ends are all one."""
    return {each.lstrip("'") for each in (text, re.sub("\r\n?", "\n", text))}


def sheet_of(admin: Client, label: str) -> dict[str, Cell | MergedCell]:
    """The cells of the first row below the headings, by heading."""
    sheet = load_workbook(BytesIO(export(admin, label, 0))).worksheets[0]
    headings, first = list(sheet.iter_rows(max_row=2))
    return {str(heading.value): cell for heading, cell in zip(headings, first, strict=True)}


def as_excel_reads(*parts: int) -> datetime:
    """Excel has no zones."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


def test_a_workbook_has_numbers_days_times_and_yes_or_no(admin: Client, cast: Cast) -> None:
    """12 January 2014 is a day that Excel counts with, not a text that looks like one."""
    row = cast.ccg.names.get()
    row.starts_on = date(2014, 1, 12)
    row.save()
    name = sheet_of(admin, "parties.OrganisationName")
    assert name["starts_on"].data_type == "d"
    assert name["starts_on"].value == as_excel_reads(2014, 1, 12)
    assert name["starts_on"].number_format == "yyyy-mm-dd"
    assert (name["id"].data_type, name["organisation"].value) == ("n", cast.ccg.pk)
    account = sheet_of(admin, "parties.User")
    assert (account["is_staff"].data_type, account["is_staff"].value) == ("b", True)


def test_an_instant_is_londons_in_excel_and_has_its_zone_as_data(admin: Client, cast: Cast) -> None:
    """12:30 in UTC on a day in July is 13:30 in London."""
    july = datetime(2014, 7, 1, 12, 30, tzinfo=UTC)
    User.objects.filter(pk=cast.system_administrator.pk).update(last_login=july)
    with clock.at(july):
        queue_mail(kind="greeting", address="a@moors.example", context={"n": [1]}, dedupe="one")
    written = sheet_of(admin, "mail.Delivery")["created_at"].value
    assert written == as_excel_reads(2014, 7, 1, 13, 30)
    assert b"2014-07-01 13:30:00" in export(admin, "mail.Delivery", 1)
    (delivery,) = json.loads(export(admin, "mail.Delivery", 2))
    assert delivery["created_at"] == "2014-07-01T13:30:00+01:00"
    assert (delivery["context"], delivery["attempts"]) == ({"n": [1]}, 0)


def test_a_file_says_what_it_is_and_of_which_london_day(admin: Client, cast: Cast) -> None:
    with clock.at(datetime(2014, 6, 30, 23, 30, tzinfo=UTC)):
        named = name_of_export(OrganisationName, "csv")
    assert named == "mou-portal-organisation-names-2014-07-01.csv"
    _ = cast.ccg
    answer = admin.post(page_of("parties.OrganisationName", "export"), {"format": 1})
    today = name_of_export(OrganisationName, "csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{today}"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf"), "without its mark Excel misreads names"
    book = load_workbook(BytesIO(export(admin, "parties.OrganisationName", 0)))
    assert book.sheetnames == ["Organisation names"]


def test_a_list_of_organisations_has_their_names(admin: Client, cast: Cast) -> None:
    called = cast.ccg.name
    assert sheet_of(admin, "parties.Organisation")["name"].value == called


def test_a_letter_that_excel_has_not_and_a_text_too_long_for_a_cell_still_leave(
    admin: Client, cast: Cast
) -> None:
    named = cast.ccg.names.get()
    named.name, named.address = "Bell\x07 CCG", "long " * 8000
    named.save()
    row = sheet_of(admin, "parties.OrganisationName")
    assert row["name"].value == "Bell\ufffd CCG"
    assert len(str(row["address"].value)) == 32_767
    assert str(row["address"].value).endswith("(cut here: Excel holds no more in a cell)")


def test_more_rows_than_a_file_holds_are_refused_in_words(
    admin: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ = cast.ccg, cast.area_team
    monkeypatch.setattr("house.admin.MOST_ROWS", 1)
    page = admin.post(page_of("parties.Organisation", "export"), {"format": 0})
    assert TOO_MANY in page.content.decode()
    assert f"{MOST_ROWS:,}" in TOO_MANY


def test_json_leaves_as_it_is(admin: Client, db: None) -> None:
    Person.objects.create(name="=1+1")
    names = [row["name"] for row in json.loads(export(admin, "parties.Person", 2))]
    assert "=1+1" in names


def test_accounts_leave_without_their_passwords(admin: Client, cast: Cast) -> None:
    text = export(admin, "parties.User", 1).decode()
    assert cast.system_administrator.email in text
    assert "password" not in text
    assert "md5" not in text


def test_what_an_organisation_keeps_to_itself_leaves_in_no_table(admin: Client, cast: Cast) -> None:
    """A note to the successor, and why a hold was placed."""
    agreement, by = in_force(cast).agreement, acting(cast.manager)
    party = agreement.parties.get(slot="area_team")
    write_note(by=by, party=party, edit_no=0, text="Ring canary-7781 first.")
    place_hold(by=by, agreement=agreement, kind="inquiry", because="As canary-7782 asked.")
    for label, column in (("agreements.HandoverNote", "party"), ("agreements.Hold", "agreement")):
        table = export(admin, label, 2).decode()
        assert f'"{column}"' in table
        assert "canary" not in table


@pytest.mark.parametrize("text", ["Ada", "1-2", "-5", "3.14", "+44", "a=b", ""])
def test_ordinary_cells_stay(text: str) -> None:
    assert defused(text) == text


def test_there_is_no_import(admin: Client) -> None:
    assert admin.get("/admin/parties/person/import/").status_code in (302, 404)
    assert "/import/" not in admin.get("/admin/parties/person/").content.decode()
