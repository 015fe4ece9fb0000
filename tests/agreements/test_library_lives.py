"""Each template of the library, from draft to sealed copy, with as many parties as it takes."""

from __future__ import annotations

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest

from agreements.library import library
from agreements.models import Agreement, Seal
from agreements.signing.agreement_file import AgreementFile
from agreements.signing.services.sealing import seal_due
from documents.storage import read
from house.canonical import fingerprint
from tests import lives
from tests.pdf import printed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("can_seal")]
OUTLOUD = str(Path(sys.executable).with_name("outloud"))
# What only this template prints: of its terms, of its table, of its annex.
SAID = {
    "area-team-and-ccg": "about 72 hours before the media",
    "area-team-and-several-ccgs": "Alder 4 ccg and Alder 5 ccg",
    "ccg-and-federations": "The first review is in December 2012",
    "practice-resilience": "1 March 2018 or when the improvement plan is delivered, whichever is",
    "regional-team-and-committees": "The parties agree by 1 September 2015 whether it is extended",
}


@pytest.mark.parametrize("key", SAID)
def test_it_is_drafted_approved_signed_by_all_and_its_copy_is_valid(
    key: str, tmp_path: Path
) -> None:
    agreement = lives.drafted(key)
    lives.listed(agreement)
    version = lives.signed(lives.frozen(agreement))
    assert Agreement.objects.get().takes_acts
    assert seal_due() == 1
    sealed = Seal.objects.get()
    assert sealed.file
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(read(sealed.file))
    for profile in ("3a", "ua1"):
        result = page.validate_pdf(copy, profile=profile)
        assert result.is_compliant, [(f.rule_id, f.message) for f in result.failures]
    assert subprocess.run([OUTLOUD, "--quiet", copy], check=False).returncode == 0
    said = AgreementFile.model_validate(attached(copy))
    assert fingerprint(said.model_dump(mode="json")["content"]) == said.sha256 == version.sha256
    assert len(said.content.clauses) == len(library()[key].clauses)
    assert len(said.signatures) == len(said.parties) == version.agreement.parties.count()
    text = printed(copy.read_bytes())
    assert SAID[key] in text
    # Only what a template asks for is on the list; it is printed, and in the data.
    expected = library()[key].terms.documents
    assert ("This text is read with these documents" in text) == bool(expected)
    assert bool(said.content.documents) == bool(expected)
    # Each column of the approvals is as wide as its words.
    assert "By Decision Date Version Reference" in text


def attached(copy: Path) -> object:
    with pikepdf.open(BytesIO(copy.read_bytes())) as pdf:
        return json.loads(pdf.attachments["agreement.json"].get_file().read_bytes())
