from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agreements.models import Access, Agreement
from documents.models import StoredFile
from house import clock
from nhsuk.forms import date_boxes
from parties.models import User
from tests.bad_input import BAD_TEXTS
from tests.cast import Cast
from tests.conftest import Mailbox
from tests.once import made_once
from tests.pdf import a_pdf, a_pdf_that_says
from tests.reading import all_words
from tests.setting_up import library_template

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
URL = "/agreements/new/signed/"
SIGNED = date(2013, 9, 3)


made, cast = made_once(library_template)


@pytest.fixture
def said(cast: Cast) -> dict[str, Any]:
    """What somebody enters who knows no more than they must."""
    return {
        "title": "MoU on quality",
        "area_team": cast.area_team.pk,
        "ccg": cast.ccg.pk,
        **date_boxes("signed_on", SIGNED),
    }


def a_file(data: bytes | None = None, name: str = "mou.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, a_pdf() if data is None else data)


def register(client: Client, said: dict[str, Any], **more: Any) -> str:
    """Sends the form; returns the page that follows."""
    answer = client.post(URL, {"file": a_file()} | said | more, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_page_puts_a_signed_mou_in_force(
    cast: Cast, client_of: ClientOf, said: dict[str, Any], mailbox: Mailbox
) -> None:
    told = cast.other_manager.email
    said |= {"ccg-lead_clinician-name": "Lena Lead", "ccg-lead_clinician-email": "l@ccg.example"}
    page = register(client_of(cast.colleague), said)
    agreement = Agreement.objects.get()
    assert f"{agreement.reference} is registered and in force." in page
    assert "We told the MoU manager of Eastmoor CCG." in page
    assert "Recorded by Northern Moors Area Team, not yet confirmed by Eastmoor CCG." in page
    assert (agreement.start_on, agreement.review_on) == (SIGNED, date(2014, 9, 3))
    # Its date had passed: it waits, and nobody is late; the other party has confirmed nothing yet.
    due = {row.organisation_id: row.next_due_on for row in Access.objects.all()}
    assert due[cast.ccg.pk] is None
    assert "had passed when it was registered" in all_words(client_of(cast.viewer), agreement)
    # Nobody of the other party is named before it says so.
    assert "Northern Moors Area Team proposes Lena Lead" in all_words(
        client_of(cast.other_viewer), agreement
    )
    [mail] = mailbox.to(told)
    assert "Confirm the copy registered on" in mail.subject


def test_what_looks_odd_is_found_not_refused(
    cast: Cast, client_of: ClientOf, said: dict[str, Any]
) -> None:
    said |= date_boxes("review_on", date(2013, 8, 1))
    said |= date_boxes("approval_sought_on", date(2013, 10, 1))
    page = register(client_of(cast.manager), said)
    assert "is before the date of sign-off, 3 September 2013. Put it right, or tick" in page
    assert not Agreement.objects.exists()
    page = register(client_of(cast.manager), said | {"dates_are_right": "on"})
    assert "before approval was sought on 1 October 2013" in page
    assert "The date of review, 1 August 2013, is before the date of sign-off" in page
    assert "Area Team has no MoU manager, responsible officer, quality lead or primary" in page
    assert "Look at what we found" in page


def test_the_other_party_confirms_it(
    cast: Cast, client_of: ClientOf, said: dict[str, Any], mailbox: Mailbox
) -> None:
    register(client_of(cast.manager), said)
    reference, theirs = Agreement.objects.get().reference, client_of(cast.other_colleague)
    at = f"/agreements/{reference}/registered/"
    assert f'href="{at}"' in theirs.get(f"/agreements/{reference}/").content.decode()
    assert (
        "Say whether the registered copy is right"
        in theirs.post(at, {"because": " "}).content.decode()
    )
    assert "Say what is not right" in theirs.post(at, {"answer": "no"}).content.decode()
    wrong = {"answer": "no", "because": "Page 3 is missing."}
    page = theirs.post(at, wrong, follow=True).content.decode()
    assert "that it is not right: Page 3 is missing." in page
    assert "Not right: “Page 3 is missing.”" in page
    theirs.post(at, wrong)
    page = theirs.post(at, {"answer": "yes"}, follow=True).content.decode()
    assert "Oscar Othersby confirmed it for Eastmoor CCG" in page
    assert "Check the registered copy" not in page
    assert len(mailbox.to(cast.manager.email)) == 2


def test_nobody_confirms_their_own_copy(
    cast: Cast, client_of: ClientOf, said: dict[str, Any]
) -> None:
    register(client_of(cast.manager), said)
    at = f"/agreements/{Agreement.objects.get().reference}/registered/"
    answer = client_of(cast.colleague).post(at, {"answer": "yes"})
    assert answer.status_code == 403
    assert "Another party confirms it." in answer.content.decode()
    assert client_of(cast.stranger).get(at).status_code == 404


def test_both_parties_can_download_it(
    cast: Cast, client_of: ClientOf, said: dict[str, Any]
) -> None:
    register(client_of(cast.manager), said)
    reference = Agreement.objects.get().reference
    at = f"/agreements/{reference}/registered.pdf"
    for user in (cast.viewer, cast.other_viewer):
        answer = client_of(user).get(at)
        assert answer.content == a_pdf()
        assert f'filename="{reference} registered copy.pdf"' in answer["Content-Disposition"]
    assert client_of(cast.stranger).get(at).status_code == 404
    # It was signed elsewhere: there is no copy that the portal sealed.
    assert client_of(cast.viewer).get(f"/agreements/{reference}/signed.pdf").status_code == 404


def test_a_second_press_leads_to_the_same(
    cast: Cast, client_of: ClientOf, said: dict[str, Any]
) -> None:
    client = client_of(cast.manager)
    first, second = (client.post(URL, said | {"file": a_file()})["location"] for _ in "12")
    assert first == second
    assert Agreement.objects.count() == StoredFile.objects.count() == 1


def test_nothing_typed_is_lost(cast: Cast, client_of: ClientOf, said: dict[str, Any]) -> None:
    client = client_of(cast.manager)
    tomorrow = clock.today() + timedelta(days=1)
    for more, sentence in (
        ({"file": a_file(b"not a PDF")}, "This file is not a PDF."),
        (date_boxes("signed_on", tomorrow), "The date of sign-off cannot be in the future."),
        ({"ccg": cast.area_team.pk}, "Choose who is the CCG from the list"),
        ({"ccg-mou_manager-email": "x@ccg.example"}, "Enter the name of the MoU manager"),
    ):
        page = register(client, said | {"ccg-lead_clinician-name": "Lena Lead"}, **more)
        assert sentence in page
        assert 'value="MoU on quality"' in page
        assert 'value="Lena Lead"' in page
        assert "choose it again" in page
    assert not Agreement.objects.exists()
    assert "Choose the signed MoU" in register(client, said, file="")


def test_a_file_that_names_another_party_is_asked_about(
    cast: Cast, client_of: ClientOf, said: dict[str, Any]
) -> None:
    assert cast.third_ccg.pk
    client = client_of(cast.manager)
    file = a_pdf_that_says("NHS Westmoor Clinical Commissioning Group agrees")
    page = register(client, said, file=a_file(file))
    assert "The file names Westmoor CCG, not Eastmoor CCG." in page
    assert not Agreement.objects.exists()
    assert not StoredFile.objects.exists()
    register(client, said, file=a_file(file), parties_are_right="on")
    assert Agreement.objects.count() == 1


def test_who_is_right_is_asked_nothing(
    cast: Cast, client_of: ClientOf, said: dict[str, Any]
) -> None:
    assert cast.third_ccg.pk
    client = client_of(cast.manager)
    page = client.get(URL).content.decode()
    assert "The parties are right" not in page
    file = a_file(a_pdf_that_says("Eastmoor CCG and Westmoor CCG"))
    assert "is registered and in force" in register(client, said, file=file)


def test_a_program_in_the_file_is_refused(
    cast: Cast, client_of: ClientOf, said: dict[str, Any]
) -> None:
    document, output = pikepdf.open(BytesIO(a_pdf())), BytesIO()
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.save(output)
    page = register(client_of(cast.manager), said, file=a_file(output.getvalue()))
    assert "contains a program (JavaScript or PostScript)" in page
    assert not StoredFile.objects.exists()


def test_without_a_template_it_says_where_to_get_one(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.other_manager).get(URL).content.decode()
    assert "no published template yet" in page
    assert "See the templates" in page
    assert "See the templates" not in client_of(cast.other_colleague).get(URL).content.decode()


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_the_form_does_not_break(
    cast: Cast, client_of: ClientOf, said: dict[str, Any], text: str
) -> None:
    client = client_of(cast.manager)
    names = [
        "title",
        "area_team",
        "ccg",
        "signed_on-day",
        "review_on-month",
        "end_on-year",
        "ccg-mou_manager-name",
        "ccg-mou_manager-email",
        "ccg-mou_manager-job_title",
    ]
    assert "There is a problem" in register(client, said, **dict.fromkeys(names, text))
    for name in ("title", "ccg-mou_manager-name"):
        page = register(client, said, **{name: text, "file": a_file(name=f"{text[:60]}.pdf")})
        assert "<script>alert" not in page
    assert client.get(URL, {"template": text}).status_code == 200
    assert Agreement.objects.count() <= 1
