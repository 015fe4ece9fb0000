"""What may leave the administration site, and that no spreadsheet runs it."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.contrib.admin import site
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from house.admin import defused
from parties.models import Person
from tests.cast import Cast
from tests.conftest import ClientOf

MODELS = sorted(site._registry, key=lambda model: model._meta.label)
OURS = [model for model in MODELS if model._meta.app_label != "mfa"]
READ_ONLY = ("audit.Entry", "audit.Link", "mail.Delivery", "documents.StoredFile")


@pytest.fixture
def admin(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.system_administrator)


def page_of(label: str, what: str, *args: object) -> str:
    return reverse(f"admin:{label.lower().replace('.', '_')}_{what}", args=args)


FORMULAS = ["=1+1", "+A1", "-cmd|'/c calc'!A1", "@SUM(1)", "\t=1", "\uff1d1", " =1", "=HYPERLINK()"]


def export(admin: Client, label: str, file_format: int) -> bytes:
    answer = admin.post(page_of(label, "export"), {"format": file_format, "resource": ""})
    assert "attachment" in answer.headers["Content-Disposition"]
    return bytes(answer.content)


def test_formulas_in_names_do_not_leave_as_formulas(admin: Client, db: None) -> None:
    for number, formula in enumerate(FORMULAS):
        Person.objects.create(name=formula, email=f"p{number}@moors.example")
    book = load_workbook(BytesIO(export(admin, "parties.Person", 0)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    names = {str(cell.value) for cell in cells}
    assert {f"'{formula}" for formula in FORMULAS if formula.strip() == formula} <= names
    assert "'=1+1" in export(admin, "parties.Person", 1).decode()


def test_json_leaves_as_it_is(admin: Client, db: None) -> None:
    Person.objects.create(name="=1+1")
    names = [row["name"] for row in json.loads(export(admin, "parties.Person", 2))]
    assert "=1+1" in names


def test_accounts_leave_without_their_passwords(admin: Client, cast: Cast) -> None:
    text = export(admin, "parties.User", 1).decode()
    assert cast.system_administrator.email in text
    assert "password" not in text
    assert "md5" not in text


@pytest.mark.parametrize("text", ["Ada", "1-2", "-5", "3.14", "+44", "a=b", ""])
def test_ordinary_cells_stay(text: str) -> None:
    assert defused(text) == text


def test_there_is_no_import(admin: Client) -> None:
    assert admin.get("/admin/parties/person/import/").status_code in (302, 404)
    assert "/import/" not in admin.get("/admin/parties/person/").content.decode()
