"""What the portal says of what it keeps: worked out anew from the database and the files.

The answers of a kept release stand in its `expected.json`; each later version of the code has to
give the same ones.
"""

from __future__ import annotations

import json
import re
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils.html import strip_tags

from agreements.core.texts import hash_of, texts_of
from agreements.models import Seal, Version
from agreements.signing.heads import heads_in_copies
from audit.chain import first_fault, head
from deadlines.models import Reminder
from documents.checking import inspect
from documents.models import StoredFile
from documents.storage import read
from house.canonical import fingerprint
from mail.models import Delivery


def answers() -> dict[str, Any]:
    return {
        "versions": {name_of(each): hashes(each) for each in numbered()},
        "drafts": {name_of(each): text_of(each) for each in Version.objects.filter(state="draft")},
        "seals": {name_of(each.version): what_seal_says(each) for each in sealed()},
        "files": {each.key.hex: verified(each) for each in StoredFile.objects.order_by("pk")},
        "audit": audit(),
        "heads": [str(each) for each in heads_in_copies()],
        "waiting": waiting(),
        "rows": rows(),
    }


def name_of(version: Version) -> str:
    return f"{version.agreement.reference}, {version.seq}"


def numbered() -> list[Version]:
    rows = Version.objects.exclude(state="draft").select_related("agreement")
    return list(rows.order_by("agreement__reference", "seq"))


def hashes(version: Version) -> dict[str, str]:
    return {"kept": version.sha256, "recomputed": hash_of(version)}


def text_of(draft: Version) -> str:
    """A draft has no hash, and its terms may move on to a newer format: its words stay."""
    return fingerprint([[text.clause.key, text.heading, text.body] for text in texts_of(draft)])


def sealed() -> list[Seal]:
    rows = Seal.objects.filter(state="sealed").select_related("version__agreement", "file")
    return list(rows.order_by("version__agreement__reference"))


def what_seal_says(seal: Seal) -> dict[str, Any]:
    """By the signature, by the command, and by the data inside."""
    assert seal.file
    pdf = read(seal.file)
    found = inspect(pdf)
    at = found.sealed_at.isoformat() if found.sealed_at else ""
    with NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(pdf)
        said = StringIO()
        call_command("verify_pdf", file.name, stdout=said)
    return {
        "sealed": found.sealed,
        "at": at,
        "command": said.getvalue().splitlines(),
        "data": fingerprint(data_in(pdf)["content"]),
    }


def data_in(pdf: bytes) -> dict[str, Any]:
    """The agreement as data, out of the sealed file."""
    with pikepdf.open(BytesIO(pdf)) as document:
        raw = document.attachments["agreement.json"].get_file().read_bytes()
    found: dict[str, Any] = json.loads(raw)
    return found


def verified(file: StoredFile) -> dict[str, Any]:
    """What /verify/ answers to a visitor, of the file as it is and with one byte changed."""
    data = read(file)
    middle = len(data) // 2
    changed = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    return {"name": file.name, "as it is": on_page(data), "changed": on_page(changed)}


def on_page(pdf: bytes) -> list[str]:
    """The sentence, and whoever signed."""
    answer = Client().post("/verify/", {"file": SimpleUploadedFile("copy.pdf", pdf)})
    page = answer.content.decode()
    found = page.split('<section class="portal-finding', 1)[1].split("</section>", 1)[0]
    parts = re.findall(r"<(?:h2|li)\b[^>]*>.*?</(?:h2|li)>", found, re.DOTALL)
    return [re.sub(r"\s+", " ", unescape(strip_tags(part))).strip() for part in parts]


def audit() -> dict[str, Any]:
    fault = first_fault()
    links, digest = head()
    return {"fault": fault and fault.sentence, "links": links, "head": digest}


def waiting() -> dict[str, int]:
    return {
        "reminders": Reminder.objects.filter(state="pending").count(),
        "e-mails": Delivery.objects.filter(state="waiting").count(),
        "seals": Seal.objects.filter(state="waiting").count(),
    }


def rows() -> dict[str, int]:
    """How many each table has."""
    with connection.cursor() as cursor:
        return {table: _count(cursor, table) for table in sorted(_tables(cursor))}


def _tables(cursor: Any) -> list[str]:
    return connection.introspection.table_names(cursor)


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
    found: int = cursor.fetchone()[0]
    return found
