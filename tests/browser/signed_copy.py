"""The file that is left when all have signed: how people get it, read it and have it checked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from agreements.signing.services.sealing import seal_due
from tests.browser.story import TITLE
from tests.browser.visitors import Visitor


def made_by_the_worker_and_downloaded(visitor: Visitor, folder: Path) -> Path:
    assert _worker_seals() == 1
    visitor.open("/agreements/MOU-0001/")
    visitor.sees("Final signed copy", "sealed at")
    file = folder / "signed.pdf"
    file.write_bytes(visitor.download("Download the final signed copy"))
    return file


def _worker_seals() -> int:
    """In a thread of its own: in this one runs Playwright's loop, and the seal needs another."""

    def seal() -> int:
        try:
            return seal_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as worker:
        return worker.submit(seal).result()


def with_one_byte_changed(file: Path) -> Path:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    changed = file.with_name("changed.pdf")
    changed.write_bytes(data)
    return changed


def the_page_says(visitor: Visitor, file: Path, *sentences: str) -> None:
    visitor.open("/verify/")
    visitor.give("The file", file)
    visitor.press("Check this file")
    visitor.sees(*sentences)


def the_page_tells_right_from_changed(visitor: Visitor, file: Path) -> None:
    right = f"This is the final signed copy of {TITLE} (MOU-0001), signed by Sid Signatory"
    the_page_says(visitor, file, right, "unchanged", "Version 1.0, formerly 0.1", "Orla Officer")
    changed = with_one_byte_changed(file)
    the_page_says(visitor, changed, "This file was changed after it was sealed.")


def the_command_tells_right_from_changed(file: Path, said: pytest.CaptureFixture[str]) -> None:
    call_command("verify_pdf", str(file))
    answer = said.readouterr().out
    assert "unchanged" in answer
    assert "Sid Signatory" in answer
    assert "Orla Officer" in answer
    with pytest.raises(CommandError, match="changed after it was sealed"):
        call_command("verify_pdf", str(with_one_byte_changed(file)))
