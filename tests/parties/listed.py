"""Lists in a file, and an administrator of the Area Team who uploads them."""

from __future__ import annotations

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from tests.cast import Cast
from tests.typed import fields_of

HEAD = ["Name", "E-mail", "Post", "Roles"]
ADA = ["Ada Analyst", "ada@moors.example", "Analyst", "Editor, viewer"]
BOB = ["Bob Builder", "", "Estates lead", ""]


def csv(*rows: list[str]) -> SimpleUploadedFile:
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    return SimpleUploadedFile("list.csv", "\n".join(lines).encode())


def xlsx(*rows: list[str]) -> SimpleUploadedFile:
    book, buffer = Workbook(), BytesIO()
    sheet = book.create_sheet("People", 0)
    book.active = sheet
    for row in rows:
        sheet.append(row)
    book.save(buffer)
    return SimpleUploadedFile("list.xlsx", buffer.getvalue())


def understood(client: Client, cast: Cast, file: SimpleUploadedFile) -> str:
    """What the portal says that the list means."""
    path = f"/organisations/{cast.area_team.pk}/people/upload/"
    return client.post(path, {"file": file}, follow=True).content.decode()


def upload(client: Client, cast: Cast, file: SimpleUploadedFile, **meant: str) -> str:
    """Looks at what it means, then says that it is right."""
    page = understood(client, cast, file)
    if 'name="list"' not in page:
        return page
    path = f"/organisations/{cast.area_team.pk}/people/upload/"
    said = {"list": fields_of(page)["list"]} | {f"meant-{k[1:]}": v for k, v in meant.items()}
    return client.post(path, said, follow=True).content.decode()
