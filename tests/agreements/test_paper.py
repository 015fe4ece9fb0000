from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agreements.models import PaperSignature, Signature, SignatureRequest
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.services.paper import confirm_paper, record_paper
from agreements.signing.signed_copy import as_html
from documents.models import StoredFile
from house import clock
from nhsuk.forms import date_boxes
from parties.models import User
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.pdf import a_pdf
from tests.stages import asked, give

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def _url(request: SignatureRequest) -> str:
    return f"/agreements/{request.version.agreement.reference}/sign/{request.pk}/paper/"


def _check_url(paper: PaperSignature, path: str = "") -> str:
    return f"/agreements/{paper.request.version.agreement.reference}/paper/{paper.pk}/{path}"


def _typed(data: bytes | None = None, on: date | None = None, **more: Any) -> dict[str, Any]:
    scan = SimpleUploadedFile("scan.pdf", a_pdf() if data is None else data, "application/pdf")
    return {
        "scan": scan, "signed_by": "Orla Officer", **date_boxes("signed_on", on or clock.today())
    } | more  # fmt: skip


def _recorded(cast: Cast, on: date | None = None) -> PaperSignature:
    """The other party's colleague uploaded the scan."""
    _, theirs = asked(cast)
    return record_paper(
        by=acting(cast.other_colleague), request=theirs, scan=a_pdf(), signed_by="Orla Officer",
        signed_on=on or clock.today(),
    )  # fmt: skip


def test_a_scan_is_recorded_and_waits_for_somebody_else(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    _, theirs = asked(cast)
    client = client_of(cast.other_colleague)
    page = client.get(_url(theirs)).content.decode()
    assert "Print version 0.1 (PDF)" in page
    done = client.post(_url(theirs), _typed(), follow=True).content.decode()
    assert "The signature on paper is recorded." in done
    assert "On paper, to be confirmed" in done
    assert not Signature.objects.exists()
    assert "Confirm the paper signature" in mailbox.to("maud.manager@moors.example")[-1].subject


def test_another_person_confirms_and_it_counts_like_any_other(
    cast: Cast, client_of: ClientOf
) -> None:
    paper = _recorded(cast, on=clock.today() - timedelta(days=2))
    ours = paper.request.version.signature_requests.get(party__slot="area_team")
    client = client_of(cast.colleague)
    page = client.get(_check_url(paper)).content.decode()
    assert "Orla Officer" in page
    assert "By Oscar Othersby" in page
    assert client.get(_check_url(paper, "scan.pdf")).content == a_pdf()
    done = client.post(_check_url(paper), {"answer": "right"}, follow=True).content.decode()
    assert "The signature of Orla Officer counts." in done
    signature = Signature.objects.get()
    assert (signature.method, signature.signed_on, signature.paper) == (
        "paper", clock.today() - timedelta(days=2), paper,
    )  # fmt: skip
    give(cast.signatory, ours)
    paper.request.version.refresh_from_db()
    assert paper.request.version.state == "signed"


def test_no_statement_stands_under_a_paper_that_carried_none(cast: Cast) -> None:
    paper = _recorded(cast)
    confirm_paper(by=acting(cast.colleague), paper=paper)
    version = paper.request.version
    authorised = "I am authorised to sign for Eastmoor CCG"
    assert authorised not in as_html(AgreementDocument(version, at=clock.now()))
    # A row from before says that somebody stated it on paper. Nobody did.
    Signature.objects.update(statement=f"{authorised} and I agree to this text.")
    assert authorised not in as_html(AgreementDocument(version, at=clock.now()))
    give(cast.signatory, version.signature_requests.get(party__slot="area_team"))
    page = as_html(AgreementDocument(version, at=clock.now()))
    assert page.count("I am authorised to sign for") == 1
    assert "I am authorised to sign for Northern Moors Area Team and I agree" in page


def test_who_recorded_it_cannot_confirm_it(cast: Cast, client_of: ClientOf) -> None:
    paper = _recorded(cast)
    client = client_of(cast.other_colleague)
    assert "Somebody other than Oscar Othersby" in client.get(_check_url(paper)).content.decode()
    answer = client.post(_check_url(paper), {"answer": "right"}, follow=True)
    paper.refresh_from_db()
    assert paper.state == "recorded"
    assert answer.status_code == 200
    assert not Signature.objects.exists()


def test_saying_what_is_not_right_asks_for_the_signature_again(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    paper = _recorded(cast)
    client = client_of(cast.manager)
    why = client.post(_check_url(paper), {"answer": "wrong"}).content.decode()
    assert "Say what is not right" in why
    done = client.post(
        _check_url(paper), {"answer": "wrong", "because": "Page 3 is missing."}, follow=True
    )
    assert "You said that the scan is not right." in done.content.decode()
    paper.refresh_from_db()
    assert (paper.state, paper.request.state) == ("rejected", "asked")
    assert "Paper signature not right" in mailbox.to("olga.other@moors.example")[-1].subject
    again = client_of(cast.other_manager).post(_url(paper.request), _typed(), follow=True)
    assert "The signature on paper is recorded." in again.content.decode()


def test_odd_facts_are_shown_and_stop_nobody(cast: Cast, client_of: ClientOf) -> None:
    paper = _recorded(cast, on=date(2014, 9, 3))
    PaperSignature.objects.filter(pk=paper.pk).update(signed_by="O. Officer")
    client = client_of(cast.manager)
    page = client.get(_check_url(paper)).content.decode()
    assert "The date beside the signature is before" in page
    assert "Orla Officer was asked to sign. The name on the paper is O. Officer." in page
    assert client.post(_check_url(paper), {"answer": "right"}).status_code == 302


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"scan": ""}, "Choose the scan of the signed version"),
        ({"scan": SimpleUploadedFile("scan.pdf", b"")}, "This file is empty"),
        ({"scan": SimpleUploadedFile("scan.pdf", b"MZ not a pdf")}, "This file is not a PDF."),
        ({"signed_by": ""}, "There is a problem"),
        ({"signed_by": "x" * 121}, "must be 120 characters or fewer"),
        ({"signed_on-year": "2999"}, "There is a problem"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(
    cast: Cast, client_of: ClientOf, changed: dict[str, Any], sentence: str
) -> None:
    _, theirs = asked(cast)
    answer = client_of(cast.other_manager).post(_url(theirs), _typed() | changed)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not PaperSignature.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_scan_from_the_future_is_refused_and_not_kept(cast: Cast, client_of: ClientOf) -> None:
    _, theirs = asked(cast)
    tomorrow = _typed(on=clock.today() + timedelta(days=1))
    answer = client_of(cast.other_manager).post(_url(theirs), tomorrow).content.decode()
    assert "it cannot be in the future" in answer
    assert not StoredFile.objects.exists()


def test_each_party_records_its_own_and_strangers_see_nothing(
    cast: Cast, client_of: ClientOf
) -> None:
    paper = _recorded(cast)
    ours = paper.request.version.signature_requests.get(party__slot="area_team")
    assert client_of(cast.other_manager).post(_url(ours), _typed()).status_code == 403
    stranger = client_of(cast.stranger)
    for url in (_url(ours), _check_url(paper), _check_url(paper, "scan.pdf")):
        assert stranger.get(url).status_code == 404
    assert client_of(cast.viewer).get(_check_url(paper)).status_code == 403
