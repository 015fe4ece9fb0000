"""Documents that are promised by a day (C09): shown as incomplete, reminded, brought."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command

from agreements.associated.room import _keeping
from agreements.associated.said import Said
from agreements.associated.services import change_document, take_off
from agreements.core.associated import listed
from agreements.core.texts import content_of, texts_of
from agreements.models import Agreement, AssociatedDocument
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.signed_copy import as_html
from deadlines.models import Deadline
from house import clock
from house.refusals import Refused
from nhsuk.forms import date_boxes
from tests.agreements.listed import LINK, add, typed
from tests.agreements.reviewed import on
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.once import made_once
from tests.reading import words_at
from tests.stages import drafted, frozen

pytestmark = pytest.mark.django_db
NOW, BY = date(2014, 5, 1), date(2014, 6, 30)
TITLE = "Links to the strategy"


def draft(cast: Cast) -> Agreement:
    with on(NOW):
        return drafted(cast)


made, cast = made_once(draft)


def promised(cast: Cast) -> AssociatedDocument:
    with on(NOW):
        return add(cast.manager, Agreement.objects.get(), TITLE, link="", follows_by=BY)


def sweep(day: date) -> None:
    with on(day):
        call_command("send_reminders", verbosity=0)


@pytest.mark.duty("C09")
def test_it_is_shown_as_incomplete_on_text_version_and_pdf(cast: Cast, client_of: ClientOf) -> None:
    document = promised(cast)
    agreement, client = document.agreement, client_of(cast.other_viewer)
    with on(NOW):
        page = words_at(client, f"/agreements/{agreement.reference}/versions/")
        version = frozen(cast, agreement)
        text = words_at(client, f"/agreements/{agreement.reference}/versions/{version.seq}/")
        printed = as_html(AgreementDocument(version, at=clock.now()))
    assert f"“{TITLE}” is to follow by 30 June 2014." in page
    assert "To follow" in page
    for shown in (text, printed):
        assert f"{TITLE} (to follow by 30 June 2014)" in shown
    [kept] = content_of(version, texts_of(version))["documents"]
    assert (kept["title"], kept["file"], kept["link"]) == (
        f"{TITLE} (to follow by 30 June 2014)", "", "",
    )  # fmt: skip


@pytest.mark.duty("C09")
def test_its_keeper_is_reminded_until_it_is_there(cast: Cast, mailbox: Mailbox) -> None:
    document = promised(cast)
    for day in (date(2014, 6, 16), BY, date(2014, 7, 7)):
        sweep(day)
    mails = [m for m in mailbox.to(cast.manager.email) if m.subject.startswith("Bring a document")]
    assert [mail.subject.partition(":")[0] for mail in mails] == [
        "Bring a document that is to follow, due 30 June 2014",
        "Bring a document that is to follow, due today",
        "Bring a document that is to follow, late since 30 June 2014",
    ]
    with on(date(2014, 7, 8)):
        said = Said(TITLE, link=LINK)
        change_document(
            by=acting(cast.manager), document=document, edit_no=1, said=said, because="Here it is."
        )
    due = Deadline.objects.get(kind="document_promised")
    assert due.state == "met"


@pytest.mark.duty("C09")
def test_how_it_is_kept_says_that_it_is_not_there(cast: Cast) -> None:
    document = promised(cast)
    version = document.agreement.versions.get()
    version.agreement = document.agreement
    with on(NOW):
        assert _keeping(version, listed(document.agreement), NOW).state == "due"
    with on(date(2014, 7, 1)):
        late = _keeping(version, listed(document.agreement), date(2014, 7, 1))
    assert late.state == "missed"
    assert late.sentence == f"“{TITLE}” was to follow by 30 June 2014, and is not there."


def test_it_is_promised_and_brought_by_the_forms(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = Agreement.objects.get(), client_of(cast.manager)
    form = f"/agreements/{agreement.reference}/documents/add/"
    empty = {name: value for name, value in typed().items() if name != "file"}
    with on(NOW):
        assert "Choose a file" in client.post(form, empty).content.decode()
        past = client.post(form, empty | date_boxes("follows_by", date(2014, 4, 1)))
        assert "1 April 2014 has passed" in past.content.decode()
        assert client.post(form, empty | date_boxes("follows_by", BY)).status_code == 302
        document = AssociatedDocument.objects.get()
        page = f"/agreements/{agreement.reference}/documents/{document.pk}/"
        assert "Not there yet: it is to follow by 30 June 2014." in words_at(client, page)
        again = {"edit_no": "1", "title": "Escalation procedure", "because": "Later."}
        later = date_boxes("follows_by", date(2014, 8, 1))
        assert client.post(f"{page}change/", again | later).status_code == 302
        brought = again | {"edit_no": "2", "link": LINK}
        assert client.post(f"{page}change/", brought).status_code == 302
        assert LINK in words_at(client, page)
    assert [v.follows_by for v in document.versions.order_by("seq")] == [BY, date(2014, 8, 1), None]


def test_what_is_taken_off_is_due_no_more_and_what_is_there_is_not_promised_again(
    cast: Cast,
) -> None:
    document = promised(cast)
    with on(NOW):
        there = add(cast.manager, document.agreement)
        with pytest.raises(Refused):
            change_document(
                by=acting(cast.manager), document=there, edit_no=1, because="Oh.",
                said=Said("Scheme of delegation", label="1.4", dated_on=date(2015, 3, 1)),
            )  # fmt: skip
        take_off(by=acting(cast.manager), document=document, because="Not needed.")
    assert Deadline.objects.get(kind="document_promised").state == "cancelled"
