"""A hard text on its way from the draft to the sealed copy: all of it stands on the paper.

HARD_TEXT=<folder> keeps both copies there, to be looked at page by page.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import page
import pytest

from agreements.models import Seal
from agreements.signing.services.sealing import seal_due
from agreements.signing.signed_copy import build_unsigned_copy
from documents.storage import read
from house import clock
from tests.agreements.hard import HEADS, LONG, NAMES, make_hard
from tests.cast import Cast
from tests.stages import approve, ask, draft_of, drafted, give, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("can_seal")]


def test_all_of_it_is_in_each_copy(cast: Cast, tmp_path: Path) -> None:
    agreement = drafted(cast)
    make_hard(cast, draft_of(agreement))
    draft = build_unsigned_copy(draft_of(agreement), made_at=clock.now())
    version = sent(cast, agreement)
    for manager in (cast.manager, cast.other_manager):
        approve(manager, version)
    ours = ask(cast.manager, version, cast.signatory)
    theirs = ask(cast.other_manager, version, cast.other_signatory)
    give(cast.signatory, ours)
    give(cast.other_signatory, theirs)
    assert seal_due() == 1
    file = Seal.objects.get().file
    assert file
    for name, pdf in {"draft": draft, "sealed": read(file)}.items():
        looked_at(name, pdf, tmp_path)


def looked_at(name: str, pdf: bytes, folder: Path) -> None:
    path = Path(os.environ.get("HARD_TEXT", folder)) / f"{name}.pdf"
    path.write_bytes(pdf)
    for profile in ("3a", "ua1"):
        result = page.validate_pdf(path, profile=profile)
        assert result.is_compliant, [(f.rule_id, f.message) for f in result.failures]
    command = ["pdftotext", str(path), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    for said in [*NAMES.splitlines(), *HEADS.split(), "£37,037,010.00", "2*3*4 on __/__/____"]:
        assert said in text, said
    assert LONG * 3 in re.sub(r"\s", "", text)
    assert "\N{REPLACEMENT CHARACTER}" not in text
