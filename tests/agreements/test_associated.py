"""The documents that an agreement is read with (B03): the list of today, and as a text has it."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agreements.associated.room import AssociatedRoom
from agreements.associated.said import Brought, Said
from agreements.associated.services import change_document, take_off
from agreements.core.texts import content_of, hash_of, texts_of
from agreements.drafting.services.editing import edit_clause
from agreements.models import Agreement, AssociatedDocument, DocumentVersion, Version
from agreements.signing.by_link import link_of
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.signed_copy import file_of
from agreements.versions.services.versions import recall
from deadlines.models import Deadline
from documents.uploads import BroughtPdf
from house import clock
from house.canonical import fingerprint
from house.refusals import NotYours, Refused
from mail.links.sending import url_of
from parties.models import User
from tests import federations
from tests.agreements import listed
from tests.agreements.listed import LINK, add, newest, typed
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.pdf import a_pdf, printed
from tests.reading import words_at
from tests.stages import approve, ask, clause, draft_of, drafted, frozen, give, in_force, make, sent
from tests.typed import fields_of
from tests.without_account import asked_by_link, practice_template

pytestmark = pytest.mark.django_db


def at(agreement: Agreement, page: str = "") -> str:
    return f"/agreements/{agreement.reference}/{page}"


def replace(by: User, document: AssociatedDocument, title: str, **said: object) -> None:
    change_document(
        by=acting(by), document=document, edit_no=newest(document).seq, because="A new one.",
        said=Said(title, **said),  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.duty("B03")
def test_file_or_link_with_kind_version_and_review_stands_in_the_list_and_in_the_pdf(
    client_of: ClientOf, cast: Cast
) -> None:
    agreement = drafted(cast)
    client, page = client_of(cast.manager), at(agreement, "documents/add/")
    assert client.post(page, typed()).status_code == 302
    year = clock.today().year + 1
    scheme = typed(
        what="scheme_of_delegation", title="Scheme of delegation", link=LINK, label="1.4",
        **{"review_on-day": "1", "review_on-month": "3", "review_on-year": str(year)},
    )  # fmt: skip
    del scheme["file"]
    assert client.post(page, scheme).status_code == 302
    assert (
        client.post(page, typed(what="roles", title="Roles", file=listed.workbook())).status_code
        == 302
    )
    said = words_at(client_of(cast.other_viewer), at(agreement, "versions/"))
    for each in ("Scheme of delegation", "Version 1.4.", LINK, "Policy or procedure", "PDF, ",
                 "Excel, ", f"Review on 1 March {clock.today().year + 1}."):  # fmt: skip
        assert each in said
    frozen(cast, agreement)
    in_print = printed(client.get(at(agreement, "versions/1/print.pdf")).content)
    for each in ("Associated documents", "Escalation procedure", "procedure.pdf", "1 March 2015",
                 "1.4", "documents.example", "Northern Moors Area Team"):  # fmt: skip
        assert each in in_print
    file = newest(AssociatedDocument.objects.get(kind="policy")).file
    assert file
    path = at(agreement, f"documents/{AssociatedDocument.objects.get(kind='policy').pk}/files/1/")
    assert client_of(cast.other_viewer).get(path).content.startswith(b"%PDF-")
    assert client_of(cast.stranger).get(path).status_code == 404
    wait_for_review(cast, agreement)


def wait_for_review(cast: Cast, agreement: Agreement) -> None:
    """Once it is in force, the party that keeps the document is reminded of its review."""
    assert not Deadline.objects.filter(kind="document_review").exists()
    version = agreement.versions.get()
    for manager, signatory in (
        (cast.manager, cast.signatory), (cast.other_manager, cast.other_signatory)
    ):  # fmt: skip
        give(signatory, ask(manager, version, signatory, because="Agreed."))
    review = Deadline.objects.get(kind="document_review")
    assert review.due_on == date(clock.today().year + 1, 3, 1)
    assert [each.organisation for each in review.holders.all()] == [cast.area_team]


def test_what_a_numbered_text_is_read_with_is_hashed_and_stays(cast: Cast) -> None:
    agreement = drafted(cast)
    document = add(cast.manager, agreement)
    version = frozen(cast, agreement)
    [said] = content_of(version, texts_of(version))["documents"]
    assert (said["title"], said["version"], said["dated_on"], said["link"]) == (
        "Scheme of delegation", "1.4", "2015-03-01", LINK,
    )  # fmt: skip
    replace(cast.manager, document, "Scheme of delegation", label="1.5")
    kept = Version.objects.get(pk=version.pk)
    assert hash_of(kept) == kept.sha256
    assert kept.associated_documents
    assert kept.associated_documents[0]["version"] == "1.4"
    kept.associated_documents = []
    with pytest.raises(Exception, match="read with does not change"):
        kept.save()


def test_a_text_without_documents_is_hashed_as_before_there_were_any(cast: Cast) -> None:
    version = frozen(cast)
    assert version.associated_documents == []
    assert set(content_of(version, texts_of(version))) == {"clauses", "terms", "parties"}


def test_the_list_of_today_says_what_has_changed_since_the_text(
    client_of: ClientOf, cast: Cast
) -> None:
    agreement = drafted(cast)
    kept, gone = add(cast.manager, agreement), add(cast.manager, agreement, "Old strategy")
    version = frozen(cast, agreement)
    client = client_of(cast.other_manager)
    page = at(agreement, "versions/")
    assert "The list is as version 0.1 prints it." in words_at(client, page)
    replace(cast.manager, kept, "Scheme of delegation", label="1.5", dated_on=date(2015, 4, 1))
    take_off(by=acting(cast.manager), document=gone, because="It has run out.")
    add(cast.other_manager, agreement, "Terms of reference")
    said = words_at(client, page)
    assert "What has changed since version 0.1" in said
    assert "“Scheme of delegation” has changed: its version and its date." in said
    assert "“Old strategy” was taken off the list." in said
    assert "“Terms of reference” was added." in said
    recall(by=acting(cast.manager), version=version, because="Once more.")
    compared = words_at(client, at(agreement, "compare/1..2/"))
    assert "The documents that it is read with changed." in compared
    assert "“Terms of reference” was added." in compared


def test_a_party_s_own_document_is_changed_by_it_alone_and_one_for_all_by_each(
    client_of: ClientOf, cast: Cast
) -> None:
    agreement = drafted(cast)
    own = add(cast.manager, agreement, "Terms of reference")
    shared = add(cast.manager, agreement, "Next steps", is_own=False)
    theirs = client_of(cast.other_manager)
    assert theirs.get(at(agreement, f"documents/{own.pk}/change/")).status_code == 403
    with pytest.raises(NotYours, match="a document of Northern Moors Area Team"):
        replace(cast.other_manager, own, "Terms")
    with pytest.raises(NotYours):
        take_off(by=acting(cast.other_manager), document=own, because="No.")
    page = at(agreement, f"documents/{shared.pk}/change/")
    sent_back = fields_of(theirs.get(page).content.decode()) | {"label": "2", "because": "New."}
    assert theirs.post(page, sent_back).status_code == 302
    shared.refresh_from_db()
    assert (shared.edit_no, shared.kept_by.slot, newest(shared).label) == (2, "ccg", "2")
    with pytest.raises(NotYours):
        add(cast.viewer, agreement, "Something")
    with pytest.raises(NotYours):
        add(cast.stranger, agreement, "Something")


def test_what_it_was_stays_readable_with_its_file_and_the_reason(
    client_of: ClientOf, cast: Cast
) -> None:
    agreement = drafted(cast)
    client = client_of(cast.manager)
    client.post(at(agreement, "documents/add/"), typed())
    document = AssociatedDocument.objects.get()
    page = at(agreement, f"documents/{document.pk}/")
    sent_back = fields_of(client.get(f"{page}change/").content.decode())
    sent_back |= {"file": listed.workbook(), "because": "It is a workbook now.", "label": "3"}
    assert client.post(f"{page}change/", sent_back).status_code == 302
    said = words_at(client_of(cast.other_viewer), page)
    assert "It is a workbook now." in said
    assert "What it was before" in said
    assert client.get(f"{page}files/1/")["Content-Type"] == "application/pdf"
    assert client.get(f"{page}files/2/").content[:2] == b"PK"
    assert client.get(f"{page}files/3/").status_code == 404
    take_off(by=acting(cast.manager), document=document, because="Nobody needs it.")
    assert "off the list" in words_at(client, page)
    with pytest.raises(Refused, match="off the list already"):
        take_off(by=acting(cast.manager), document=document, because="Again.")
    with pytest.raises(Exception, match="never changes"):
        DocumentVersion.objects.filter(seq=1).update(title="Another")


@pytest.mark.parametrize(
    "link",
    ["http://documents.example/x", "https://name:word@documents.example/", "https://documents",
     "javascript:alert(1)", "https://documents.example/a b", "https://d\u043ecuments.example/",
     "https://documents.example:port/"],
)  # fmt: skip
def test_an_address_is_one_that_everybody_sees_for_what_it_is(
    client_of: ClientOf, cast: Cast, link: str
) -> None:
    agreement, said = drafted(cast), typed(link=link)
    del said["file"]
    answer = client_of(cast.manager).post(at(agreement, "documents/add/"), said)
    assert "begins with https://" in answer.content.decode()
    assert not AssociatedDocument.objects.exists()


def test_a_file_that_may_do_something_is_refused_and_neither_or_both_too(
    client_of: ClientOf, cast: Cast
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    page = at(agreement, "documents/add/")
    for more, sentence in (
        ({"file": SimpleUploadedFile("x.pdf", b"no pdf")}, "This file is not a PDF."),
        ({"file": SimpleUploadedFile("x.docx", b"no word")}, "is not what its name says"),
        ({"link": LINK}, "Choose a file or enter an address, not both"),
    ):
        answer = client.post(page, typed(**more))
        assert sentence in answer.content.decode()
    said = typed()
    del said["file"]
    assert "Choose a file, or enter the address" in client.post(page, said).content.decode()
    assert not AssociatedDocument.objects.exists()


def test_two_who_change_it_at_one_time_do_not_write_over_each_other(cast: Cast) -> None:
    agreement = drafted(cast)
    document = add(cast.manager, agreement)
    replace(cast.manager, document, "Scheme of delegation", label="1.5")
    with pytest.raises(Refused, match="Somebody changed this document"):
        change_document(
            by=acting(cast.colleague), document=document, edit_no=1, because="Mine.",
            said=Said("Another title"),
        )  # fmt: skip
    with pytest.raises(Refused, match="Nothing is different"):
        replace(cast.manager, document, "Scheme of delegation", label="1.5")
    with pytest.raises(Refused, match="on the list already"):
        add(cast.manager, agreement, "Scheme of Delegation")


def test_in_force_the_other_of_two_is_told_and_of_ten_nobody_of_one_s_own_document(
    cast: Cast, mailbox: Mailbox
) -> None:
    agreement = in_force(cast).agreement
    add(cast.manager, agreement, "Secret title")
    told = [each for each in mailbox.all if "ssociated documents changed" in each.subject]
    assert [each.to for each in told] == [[cast.other_manager.email]]
    assert "Secret title" not in told[0].subject + str(told[0].body)


def test_of_ten_parties_nobody_is_told_of_one_s_own_document(cast: Cast, mailbox: Mailbox) -> None:
    agreement = federations.signed(cast).agreement
    before = len(mailbox.all)
    add(cast.other_manager, agreement, "Ours")
    assert len(mailbox.all) == before
    add(cast.other_manager, agreement, "For all", is_own=False)
    assert len(mailbox.all) == before + 9


def test_the_review_follows_the_document_and_ends_with_it(cast: Cast) -> None:
    agreement = in_force(cast).agreement
    soon = clock.today() + timedelta(days=40)
    document = add(cast.manager, agreement, review_on=soon)
    review = Deadline.objects.get(kind="document_review")
    assert (review.due_on, review.reminders.filter(state="pending").count()) == (soon, 3)
    replace(cast.manager, document, "Scheme of delegation", review_on=soon + timedelta(days=365))
    review.refresh_from_db()
    assert review.due_on == soon + timedelta(days=365)
    take_off(by=acting(cast.manager), document=document, because="It has run out.")
    review.refresh_from_db()
    assert review.state == "cancelled"


def test_the_sealed_data_has_the_documents_and_their_hash_is_the_text_s(cast: Cast) -> None:
    agreement = drafted(cast)
    add(cast.manager, agreement)
    version = sent(cast, agreement)
    for manager in (cast.manager, cast.other_manager):
        approve(manager, version)
    for manager, who in (
        (cast.manager, cast.signatory), (cast.other_manager, cast.other_signatory)
    ):  # fmt: skip
        give(who, ask(manager, version, who))
    version = Version.objects.get(pk=version.pk)
    said = file_of(AgreementDocument(version, at=clock.now()))
    [document] = said.content.documents
    assert (document.title, document.party, document.link) == (
        "Scheme of delegation", "area_team", LINK,
    )  # fmt: skip
    assert fingerprint(said.model_dump(mode="json")["content"]) == version.sha256


def test_a_list_of_many_is_shown_in_pages_and_asks_no_more(
    client_of: ClientOf, cast: Cast, django_assert_max_num_queries: object
) -> None:
    agreement = drafted(cast)
    for number in range(60):
        add(cast.manager, agreement, f"Document {number}")
    client = client_of(cast.other_viewer)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        said = words_at(client, at(agreement, "versions/"))
    assert "Document 0" in said
    assert "Document 59" not in said
    assert "Document 59" in words_at(client, at(agreement, "versions/?documents=2"))
    assert draft_of(agreement)


def test_who_signs_by_a_link_gets_the_files_that_the_text_names_and_no_others(cast: Cast) -> None:
    sides = {"area_team": cast.area_team, "practice": cast.practice}
    source = practice_template(cast.area_team)
    agreement = make(acting(cast.manager), source, sides, {"area": "the moors"})
    file = Brought(BroughtPdf(a_pdf()), "scheme.pdf")
    document = add(cast.manager, agreement, link="", brought=file)
    link = link_of(asked_by_link(cast, frozen(cast, agreement)))
    assert link
    path, client = urlsplit(url_of(link)).path, Client()
    assert f"document/?key={document.pk}" in client.get(path).content.decode()
    replace(cast.manager, document, "Scheme of delegation", link=LINK)
    assert client.get(f"{path}document/?key={document.pk}").content.startswith(b"%PDF-")
    for other in (str(document.pk + 1), "x", ""):
        assert client.get(f"{path}document/?key={other}").status_code == 404


def test_the_list_keeps_a_clause_as_long_as_nothing_on_it_is_late(cast: Cast) -> None:
    agreement = drafted(cast)
    text = clause(agreement, "meet")
    bound = ["meetings", "associated_documents"]
    edit_clause(by=acting(cast.manager), clause=text, edit_no=text.edit_no, bindings=bound)
    version = frozen(cast, agreement)
    for by, who in ((cast.manager, cast.signatory), (cast.other_manager, cast.other_signatory)):
        give(who, ask(by, version, who, because="Agreed."))
    agreement = Agreement.objects.get(pk=agreement.pk)

    def kept() -> tuple[str, int]:
        answers = AssociatedRoom().keepings([agreement], acting(cast.manager))
        answer = answers[agreement.pk]["associated_documents"]
        return answer.state, len(answer.evidence)

    assert kept() == ("nothing_yet", 0)
    document = add(cast.manager, agreement)
    assert kept() == ("kept", 1)
    today = clock.today()
    for on, state in ((today + timedelta(days=9), "due"), (today - timedelta(days=1), "missed")):
        replace(cast.manager, document, "Scheme of delegation", review_on=on)
        assert kept() == (state, 1)
    take_off(by=acting(cast.manager), document=document, because="It has run out.")
    assert kept() == ("nothing_yet", 0)
