"""Files that are made to harm, and thousands of changed ones: none is taken that should not be."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents import spreadsheets, uploads
from house.refusals import Refused
from tests.documents.forks import Forks, forks
from tests.documents.hostile_files import book, hostile, pdf, zipped
from tests.proof_plugin import Proof

# What a PDF that was taken may not lead to from its first object on.
HARM = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia",
        "/SubmitForm", "/ImportData"}  # fmt: skip


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Forks]:
    with forks() as made:
        monkeypatch.setattr(uploads, "run", made.run)
        monkeypatch.setattr(spreadsheets, "run", made.run)
        yield made


@pytest.mark.proof("B4")
def test_no_file_is_taken_that_does_harm(forked: Forks, proof: Proof) -> None:
    chance, made = proof.chance(), hostile()
    names = list(made) if proof.full else chance.sample(list(made), 12)
    crafted = [name for name in names if taken(*made[name])]
    good = {"a.pdf": ("scan.pdf", pdf()), "a.xlsx": ("list.xlsx", zipped(book()))}
    assert all(taken(*each) for each in good.values())
    small = [each for each in (made | good).values() if 0 < len(each[1]) < 200_000]
    changed, wrong, longest = proof.size(small=60, full=5000), [], 0.0
    for _ in range(changed):
        name, data = chance.choice(small)
        copy, before = changed_in(data, chance), time.monotonic()
        if taken(name, copy) and harm_in(name, copy):
            wrong.append((name, harm_in(name, copy)))
        longest = max(longest, time.monotonic() - before)

    proof.shows(
        f"{len(names)} made to harm: {len(crafted)} taken; {changed:,} changed files: {len(wrong)} "
        f"taken with harm inside; the dearest {forked.cpu:.1f} s of CPU and "
        f"{forked.memory / 2**20:.0f} MB ({longest:.1f} s by the clock)",
        reached=not crafted and not wrong and forked.cpu < 2 and forked.memory < 200 * 2**20,
    )


def taken(name: str, data: bytes) -> bool:
    """Whether the portal takes it; each refusal is a sentence."""
    upload = SimpleUploadedFile("x", data)
    upload.name = name
    try:
        uploads.pdf_from(upload) if name.endswith(".pdf") else spreadsheets.rows_from(upload)
    except Refused as refused:
        return not refused.sentence.endswith(".")  # each says in a sentence what to do
    return True


def changed_in(data: bytes, chance: random.Random) -> bytes:
    """Bits turned, a part gone, doubled or moved, bytes that are in no file."""
    copy, at = bytearray(data), chance.randrange(len(data))
    length, how = chance.randrange(1, 80), chance.randrange(5)
    if how == 0:
        for _ in range(chance.randrange(1, 8)):
            copy[chance.randrange(len(copy))] ^= 1 << chance.randrange(8)
    elif how == 1:
        del copy[at : at + length]
    elif how == 2:
        copy[at:at] = copy[at : at + length]
    elif how == 3:
        copy[at : at + length] = chance.randbytes(length)
    else:
        copy[at:at] = chance.choice([b"\0", b"<<", b">>", b"PK\x03\x04", b"%%EOF", b"\xff" * 9])
    return bytes(copy)


def harm_in(name: str, data: bytes) -> set[str]:
    """What another reading of it finds; that of a workbook looks at its parts as text."""
    if name.endswith(".pdf"):
        with pikepdf.open(BytesIO(data)) as document:
            return names_in(document.trailer) & HARM
    if not name.endswith(".xlsx"):
        return (
            {"NUL"} if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")) else set()
        )
    with ZipFile(BytesIO(data)) as archive:
        parts = archive.namelist()
        found = {each for each in parts if each.lower().endswith(".bin") or ".." in each}
        for each in parts:
            with suppress(Exception):  # a part that nobody reads may be torn
                found |= {each} if b"<!ENTITY" in archive.read(each) else set()
    return found


def named(name: pikepdf.Name) -> str:
    """A name whose bytes are no text is none of ours."""
    try:
        return str(name)
    except UnicodeDecodeError:
        return ""


def names_in(thing: pikepdf.Object) -> set[str]:
    """Every name that can be reached from here: as a key or as a value."""
    found, waiting, seen = set(), [thing], set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Object) and each.is_indirect:
            if each.objgen in seen:
                continue
            seen.add(each.objgen)
        if isinstance(each, pikepdf.Name):
            found.add(named(each))
        elif isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            found |= set(each.keys())
            waiting += [each[key] for key in set(each.keys())]
        elif isinstance(each, pikepdf.Array):
            waiting += list(each)
    return found
