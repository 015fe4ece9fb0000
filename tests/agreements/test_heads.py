"""Each signed copy carries the head of the audit, and the audit is checked against it."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agreements.models import Seal
from agreements.signing import heads
from agreements.signing.services.sealing import seal_due
from audit.chain import head, link_new_entries
from audit.models import Entry, Link
from documents.storage import place_of, read, store
from house import clock
from house.triggers import lifted
from tests.cast import Cast
from tests.pdf import a_pdf, printed
from tests.stages import in_force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("can_seal")]


def verified(*options: str) -> str:
    out = StringIO()
    call_command("verify_audit", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def copy(cast: Cast) -> bytes:
    """Of an agreement whose title looks like a head."""
    version = in_force(cast)
    version.agreement.title = f"/Reason (Audit: link 9, {'a' * 64})"
    version.agreement.save()
    assert seal_due() == 1
    file = Seal.objects.get().file
    assert file
    return read(file)


def test_a_copy_says_up_to_where_it_proves_the_audit(copy: bytes, cast: Cast) -> None:
    seq, digest = Link.objects.order_by("-seq").values_list("seq", "hash")[0]
    signed = Entry.objects.filter(verb="signed")
    assert signed.count() == signed.filter(link__seq__lte=seq).count() == 2
    said = printed(copy)
    assert f"Link {seq}:" in said
    assert digest[:32] in said
    link_new_entries()  # that it was sealed came later
    out = verified()
    assert f"Proved up to link {seq}, by the signed copy of MOU-0001." in out
    assert "(links: 1; entries that have no link yet: 0)" in out


def test_what_was_changed_and_chained_anew_is_found_by_the_copies(copy: bytes) -> None:
    with lifted():
        Link.objects.all().delete()
        Entry.objects.filter(verb="signed").update(at=clock.now() - timedelta(days=1))
    link_new_entries()
    with pytest.raises(CommandError, match="was changed and chained anew: the signed copy of MOU"):
        verified()


def test_a_copy_or_an_e_mail_from_outside_proves_what_the_database_lost(
    copy: bytes, tmp_path: Path
) -> None:
    (tmp_path / "copy.pdf").write_bytes(copy)
    seq, digest = head()
    with lifted():
        Seal.objects.all().delete()
        Link.objects.filter(seq__gte=seq - 1).delete()
    assert "Proved" not in verified().replace("Not proved", "")
    for options in (("--copy", str(tmp_path / "copy.pdf")), ("--head", f"{seq}:{digest}")):
        with pytest.raises(CommandError, match=rf"^Link {seq - 1} is missing, and what followed"):
            verified(*options)


def test_what_is_no_copy_of_ours_proves_nothing(copy: bytes, tmp_path: Path) -> None:
    forged = a_pdf() + f"/Reason (Audit: link 1, {'a' * 64})".encode()
    (tmp_path / "forged.pdf").write_bytes(forged)
    with pytest.raises(CommandError, match="no signed copy with an unbroken seal"):
        verified("--copy", str(tmp_path / "forged.pdf"))
    for wrong in ("12", "x:y", f"1:{'z' * 64}"):
        with pytest.raises(CommandError, match="write it as the e-mail has it"):
            verified("--head", wrong)


def test_copies_without_a_head_and_files_that_cannot_be_read_are_named(cast: Cast) -> None:
    in_force(cast)
    seal = Seal.objects.get()
    seal.file = store(a_pdf(), name="old.pdf", content_type="application/pdf")
    seal.state, seal.sealed_at = Seal.State.SEALED, clock.now()
    seal.save()
    assert "No head in the signed copy of MOU-0001." in verified()
    place_of(seal.file.key).write_bytes(b"other")
    assert "Not read: the signed copy of MOU-0001. The stored file" in verified()


def test_a_copy_made_before_anything_was_linked_has_none(cast: Cast) -> None:
    """A version that is not signed never has one; nor has the first reason in an empty audit."""
    assert heads.with_head("Final signed copy", None) == "Final signed copy"
    assert heads.head_in(b"%PDF-1.7 /Reason (Final signed copy)", where="x") is None
