"""A damaged or locked PDF is taken when somebody has compared its copy, and both are kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agreements.models import (
    Agreement,
    Happening,
    PaperSignature,
    RegisteredCopy,
    Seal,
    TemplateVersion,
)
from agreements.signing.own_copies import CHANGED, SEALED, OwnCopy, check_is_foreign
from agreements.signing.services.sealing import seal_due
from documents.models import Repair, StoredFile
from documents.storage import read
from documents.uploads import Mended
from house import clock
from nhsuk.forms import date_boxes
from tests.agreements.registered import SIGNED
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.once import made_once
from tests.pdf import a_pdf_that_says
from tests.reading import all_words
from tests.setting_up import library_template
from tests.stages import asked, in_force
from web.models import MOST_WAITING, WAITS_FOR, MendedUpload

pytestmark = pytest.mark.django_db
URL = "/agreements/new/signed/"
WHOLE = a_pdf_that_says("Eastmoor CCG")
DAMAGED = WHOLE + b"-- \nAdded by a mail server"
ASKS = "This PDF is damaged: something stands after its end. The portal made a repaired copy with"

made, cast = made_once(library_template)


def said(cast: Cast, **more: Any) -> dict[str, Any]:
    sides = {"area_team": cast.area_team.pk, "ccg": cast.ccg.pk}
    return {"title": "MoU on quality", **sides, **date_boxes("signed_on", SIGNED), **more}


def brought(data: bytes = DAMAGED) -> SimpleUploadedFile:
    return SimpleUploadedFile("Signed MoU.pdf", data)


def asked_about(client: Client, cast: Cast) -> MendedUpload:
    page = client.post(URL, said(cast, file=brought())).content.decode()
    assert f"{ASKS} 1 page. Open the copy and compare: is everything there?" in page
    waiting = MendedUpload.objects.get()
    assert f'href="/uploads/{waiting.key}.pdf"' in page
    assert f'value="{waiting.key}"' in page
    return waiting


def at_hand(cast: Cast) -> MendedUpload:
    """The copy that the manager is asked about, without a look at the file."""
    mended = Mended(DAMAGED, ("after",), 1)
    keep = MendedUpload.objects.keep
    return keep(WHOLE.rstrip(), mended, name="Signed MoU.pdf", reader=cast.manager)


def register(client: Client, cast: Cast) -> Agreement:
    waiting = at_hand(cast)
    client.post(URL, said(cast, mended=waiting.key, is_whole="on"))
    return Agreement.objects.get()


def test_both_files_are_kept_once_the_copy_was_compared(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    waiting = asked_about(client, cast)
    assert client.get(f"/uploads/{waiting.key}.pdf").content == WHOLE.rstrip()
    assert not StoredFile.objects.exists()
    page = client.post(URL, said(cast, mended=waiting.key)).content.decode()
    assert "Open the copy and compare it. Then tick" in page
    answer = client.post(URL, said(cast, mended=waiting.key, is_whole="on"), follow=True)
    assert "is registered and in force." in answer.content.decode()
    repair = Repair.objects.get()
    assert (read(repair.copy), read(repair.original)) == (WHOLE.rstrip(), DAMAGED)
    assert RegisteredCopy.objects.get().file == repair.copy
    assert not MendedUpload.objects.exists()


def test_each_party_sees_both_and_what_was_wrong(cast: Cast, client_of: ClientOf) -> None:
    agreement = register(client_of(cast.manager), cast)
    url = f"/agreements/{agreement.reference}"
    for user in (cast.viewer, cast.other_viewer):
        words = all_words(client_of(user), agreement)
        assert "It is a repaired copy of the file below, with 1 page." in words
        assert "It is damaged: something stands after its end." in words
        assert "uploaded a file that was damaged, and said that" in words
        assert client_of(user).get(f"{url}/registered.pdf").content == WHOLE.rstrip()
        assert client_of(user).get(f"{url}/registered-as-uploaded.pdf").content == DAMAGED
    page = client_of(cast.other_manager).get(f"{url}/registered/").content.decode()
    assert "The file as it was uploaded" in page
    happening = Happening.objects.get(verb="copy_compared")
    assert happening.data["original"] == Repair.objects.get().original.sha256
    both = (DAMAGED, WHOLE.rstrip())
    verified = [Client().post("/verify/", {"file": brought(each)}) for each in both]
    assert "beside it the portal keeps a copy" in verified[0].content.decode()
    assert "a copy that the portal made of a damaged" in verified[1].content.decode()


@pytest.mark.parametrize("data", [DAMAGED, WHOLE.rstrip()])
def test_neither_is_registered_twice(data: bytes, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    agreement = register(client, cast)
    more = {"mended": at_hand(cast).key, "is_whole": "on"} if data == DAMAGED else {}
    more |= {} if data == DAMAGED else {"file": brought(data)}
    page = client.post(URL, said(cast, title="Another", **more)).content.decode()
    assert f"This very file is registered already as {agreement.reference}" in page
    assert Agreement.objects.count() == 1


def test_another_file_in_its_place_is_looked_at_anew(cast: Cast, client_of: ClientOf) -> None:
    client, waiting = client_of(cast.manager), at_hand(cast)
    client.post(URL, said(cast, mended=waiting.key, is_whole="on", file=brought(WHOLE)))
    copy = RegisteredCopy.objects.get()
    assert read(copy.file) == WHOLE
    assert not Repair.objects.exists()
    url = f"/agreements/{copy.agreement.reference}/registered-as-uploaded.pdf"
    assert client.get(url).status_code == 404


def test_what_waits_is_for_whoever_brought_it_for_two_days(cast: Cast, client_of: ClientOf) -> None:
    client, waiting = client_of(cast.manager), at_hand(cast)
    theirs = said(cast, mended=waiting.key, is_whole="on")
    assert client_of(cast.colleague).get(f"/uploads/{waiting.key}.pdf").status_code == 404
    page = client_of(cast.colleague).post(URL, theirs).content.decode()
    assert "The copy is not kept any more. Choose the file again." in page
    for wrong in ("x", ""):
        page = client.post(URL, theirs | {"mended": wrong}).content.decode()
        assert "There is a problem" in page
    with clock.at(clock.now() + WAITS_FOR + timedelta(minutes=1)):
        assert not MendedUpload.objects.visible_to(acting(cast.manager)).exists()
        MendedUpload.objects.drop_old()
    assert not MendedUpload.objects.exists()


def test_of_one_reader_few_wait(cast: Cast) -> None:
    for _ in range(MOST_WAITING + 1):
        newest = at_hand(cast)
    assert MendedUpload.objects.count() == MOST_WAITING
    assert newest in MendedUpload.objects.all()


def test_a_scan_of_a_signature_is_asked_about_too(cast: Cast, client_of: ClientOf) -> None:
    _, theirs = asked(cast)
    reference = theirs.version.agreement.reference
    url = f"/agreements/{reference}/sign/{theirs.pk}/paper/"
    facts = {"signed_by": "Orla Officer", **date_boxes("signed_on", clock.today())}
    client = client_of(cast.other_colleague)
    page = client.post(url, facts | {"scan": brought()}).content.decode()
    assert ASKS in page
    assert "Orla Officer" in page
    client.post(url, facts | {"mended": MendedUpload.objects.get().key, "is_whole": "on"})
    paper = PaperSignature.objects.get()
    answer = client_of(cast.manager).get(f"/agreements/{reference}/paper/{paper.pk}/")
    assert "It is damaged: something stands after its end." in answer.content.decode()
    answer = client_of(cast.viewer).get(f"/agreements/{reference}/paper/{paper.pk}/as-uploaded.pdf")
    assert answer.content == DAMAGED


@pytest.mark.usefixtures("can_seal")
def test_a_copy_that_was_sealed_here_is_known(cast: Cast, client_of: ClientOf) -> None:
    agreement = in_force(cast).agreement
    assert seal_due() == 1
    file = Seal.objects.get().file
    assert file
    sealed = read(file)
    version = TemplateVersion.objects.get(template__name__istartswith="area team and")
    url, sent = f"{URL}?template={version.pk}", said(cast, file=brought(sealed))
    page = client_of(cast.manager).post(url, sent).content.decode()
    assert f"This is the final signed copy of {agreement.reference}, " in page
    assert f'href="/agreements/{agreement.reference}/"' in page
    for data, told in (
        (sealed, SEALED), (sealed + b"\n", CHANGED), (sealed.replace(b"\n", b"\r\n"), CHANGED),
    ):  # fmt: skip
        with pytest.raises(OwnCopy) as refusal:
            check_is_foreign(acting(cast.stranger), data)
        assert (refusal.value.sentence, refusal.value.agreement) == (told, None)
    check_is_foreign(acting(cast.stranger), WHOLE)
