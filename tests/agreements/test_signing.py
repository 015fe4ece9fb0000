from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agreements.drafting.services.editing import edit_clause
from agreements.models import Signature, SignatureRequest, Version
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.services.signing import sign
from agreements.signing.signed_copy import as_html
from agreements.versions.services.versions import recall
from house import clock
from house.refusals import Refused
from house.triggers import lifted
from parties.models import Post, User
from parties.services.roles import set_roles
from tests.cast import PASSWORD, Cast, acting
from tests.conftest import Mailbox
from tests.stages import ask, asked, clause, drafted, frozen
from tests.stages import give as give_signature
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def _url(request: SignatureRequest, path: str = "") -> str:
    return f"/agreements/{request.version.agreement.reference}/sign/{request.pk}/{path}"


def _ask_url(version: Version) -> str:
    return f"/agreements/{version.agreement.reference}/versions/{version.seq}/signature/"


def _typed(client: Client, request: SignatureRequest, **more: str) -> dict[str, Any]:
    """What the browser sends once the page was read: name, statement, password."""
    sent_by_page = fields_of(client.get(_url(request)).content.decode())
    return sent_by_page | {"typed_name": "Orla Officer", "agree": "on", "password": PASSWORD} | more


def test_the_page_shows_the_whole_text_and_who_approved_it(cast: Cast, client_of: ClientOf) -> None:
    _, theirs = asked(cast)
    page = client_of(cast.other_signatory).get(_url(theirs)).content.decode()
    for said in (
        "The parties meet <strong>twice</strong> in each year.",
        "Eastmoor CCG: approved, by its Governing Body",
        theirs.version.sha256[:12],
        "I am authorised to sign for Eastmoor CCG and I agree to this text.",
        "Not ready to sign: say why",
        "Sign on paper instead",
    ):
        assert said in page
    assert fields_of(page)["sha256"] == theirs.version.sha256


def test_the_page_names_what_is_left_for_a_later_version(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast)
    text = clause(agreement, "meet")
    edit_clause(by=acting(cast.manager), clause=text, edit_no=0, status="to_be_defined")
    request = ask(cast.manager, frozen(cast, agreement), cast.signatory, because="They meet later.")
    client = client_of(cast.signatory)
    said = "2.1 Meetings is left for a later version. You sign the text without it."
    assert said in client.get(_url(request)).content.decode()
    client.post(_url(request), _typed(client, request, typed_name="Sid Signatory"))
    assert Signature.objects.get().request == request


def test_the_page_asks_twenty_times_at_most(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    _, theirs = asked(cast)
    client = client_of(cast.other_signatory)
    client.get(_url(theirs))
    with django_assert_max_num_queries(20):
        assert "twice" in client.get(_url(theirs)).content.decode()


def test_a_post_that_looks_old_is_a_warning_only(cast: Cast, client_of: ClientOf) -> None:
    _, theirs = asked(cast)
    client = client_of(cast.other_signatory)
    warning = "The portal knows of no current post that you hold at Eastmoor CCG."
    assert warning in client.get(_url(theirs)).content.decode()
    Post.objects.create(person=theirs.person, organisation=cast.ccg, title="Accountable Officer")
    assert warning not in client.get(_url(theirs)).content.decode()


def test_nobody_but_the_person_asked_gets_to_it(cast: Cast, client_of: ClientOf) -> None:
    ours, theirs = asked(cast)
    assert client_of(cast.stranger).get(_url(ours)).status_code == 404
    assert client_of(cast.manager).get(_url(ours)).status_code == 403
    assert client_of(cast.signatory).get(_url(theirs)).status_code == 403
    assert client_of(cast.signatory).get(_url(theirs, "not-ready/")).status_code == 403


def test_signing_takes_name_statement_and_password(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    _, theirs = asked(cast)
    client = client_of(cast.other_signatory)
    done = client.post(_url(theirs), _typed(client, theirs), follow=True).content.decode()
    assert "You signed version 0.1 for Eastmoor CCG." in done
    assert "Next: the signatures that are still missing." in done
    signature = Signature.objects.get()
    assert (signature.typed_name, signature.user, signature.sha256) == (
        "Orla Officer", cast.other_signatory, theirs.version.sha256,
    )  # fmt: skip
    assert "I am authorised to sign for Eastmoor CCG" in signature.statement
    assert "Signed for Eastmoor CCG" in mailbox.to("maud.manager@moors.example")[-1].subject


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"typed_name": ""}, "Type your name"),
        ({"typed_name": "mickey mouse"}, "account of Orla Officer. Type your own name."),
        ({"typed_name": "Olga Other"}, "account of Orla Officer. Type your own name."),
        ({"typed_name": "x" * 121}, "must be 120 characters or fewer"),
        ({"agree": ""}, "Tick the box if you are authorised to sign and agree"),
        ({"password": ""}, "Enter your password"),
        ({"password": "wrong"}, "This is not your password."),
        ({"password": "x" * 5000}, "must be 128 characters or fewer"),
        ({"sha256": "0" * 64}, "This is not the text that you were shown. Nothing was signed."),
        ({"sha256": ""}, "Load it again. Nothing was signed."),
        ({"sha256": "é" * 64}, "This is not the text that you were shown."),
        ({"sha256": "x\x00"}, "There is a problem"),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_signed(
    cast: Cast, client_of: ClientOf, changed: dict[str, str], sentence: str
) -> None:
    _, theirs = asked(cast)
    client = client_of(cast.other_signatory)
    answer = client.post(_url(theirs), _typed(client, theirs) | changed)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Signature.objects.exists()


def test_a_wrong_password_loses_nothing_else_that_was_typed(
    cast: Cast, client_of: ClientOf
) -> None:
    _, theirs = asked(cast)
    client = client_of(cast.other_signatory)
    page = client.post(_url(theirs), _typed(client, theirs, password="wrong")).content.decode()
    assert fields_of(page)["typed_name"] == "Orla Officer"
    assert fields_of(page)["agree"] == "on"
    assert fields_of(page)["password"] == ""


def test_another_name_is_refused_and_nothing_that_was_typed_is_lost(
    cast: Cast, client_of: ClientOf
) -> None:
    _, theirs = asked(cast)
    client = client_of(cast.other_signatory)
    page = client.post(_url(theirs), _typed(client, theirs, typed_name="Mickey")).content.decode()
    assert fields_of(page)["typed_name"] == "Mickey"
    assert fields_of(page)["agree"] == "on"
    with pytest.raises(Refused, match=r"This is the account of Orla Officer\. Type your own name"):
        sign(by=acting(cast.other_signatory), request=theirs, sha256=theirs.version.sha256,
             typed_name="Sid Signatory")  # fmt: skip


def test_what_was_typed_stands_beside_the_person_of_the_account(
    cast: Cast, client_of: ClientOf
) -> None:
    _, theirs = asked(cast)
    client = client_of(cast.other_signatory)
    client.post(_url(theirs), _typed(client, theirs, typed_name="Dr O. OFFICER"))
    both = "Orla Officer (typed as “Dr O. OFFICER”)"
    agreement = theirs.version.agreement
    assert both in client.get(f"/agreements/{agreement.reference}/versions/1/").content.decode()
    assert agreement.happenings.get(verb="signed").data["who"] == both
    document = AgreementDocument(theirs.version, at=clock.now())
    page = as_html(document)
    assert '<p class="name">Orla Officer</p>' in page
    assert "<td>Dr O. OFFICER</td>" in page
    # As they were called then, whatever the account is called later.
    theirs.person.name = "Orla Newly-Wed"
    theirs.person.save()
    assert str(Signature.objects.get()).startswith("Orla Officer on")
    assert Signature.objects.get().signed_as == both


def test_a_signature_from_before_shows_whose_account_it_was(cast: Cast) -> None:
    ours, _ = asked(cast)
    give_signature(cast.signatory, ours)
    Signature.objects.update(account_name="", typed_name="mickey mouse")
    assert Signature.objects.get().signed_as == "Sid Signatory (typed as “mickey mouse”)"


def test_somebody_with_one_name_signs_with_it(cast: Cast) -> None:
    ours, _ = asked(cast)
    ours.person.name = "Wulandari"
    ours.person.save()
    sign(by=acting(cast.signatory), request=ours, sha256=ours.version.sha256,
         typed_name="Dr Wulandari")  # fmt: skip
    assert Signature.objects.get().signer == "Wulandari"


def test_signing_twice_counts_once(cast: Cast, client_of: ClientOf) -> None:
    _, theirs = asked(cast)
    client = client_of(cast.other_signatory)
    typed = _typed(client, theirs)
    client.post(_url(theirs), typed)
    again = client.post(_url(theirs), typed, follow=True).content.decode()
    assert "It was carried out once." in again
    opened = client.get(_url(theirs), follow=True).content.decode()
    assert "You have signed this version. Nothing more is needed from you." in opened
    with pytest.raises(Refused, match="You have signed this version already"):
        give_signature(cast.other_signatory, theirs)
    assert Signature.objects.count() == 1


def test_a_recalled_version_cannot_be_signed(cast: Cast, client_of: ClientOf) -> None:
    _, theirs = asked(cast)
    client = client_of(cast.other_signatory)
    typed = _typed(client, theirs)
    recall(by=acting(cast.manager), version=theirs.version, because="A word is wrong.")
    answer = client.post(_url(theirs), typed).content.decode()
    assert "This version is recalled now, so it cannot be signed. Nothing was signed." in answer
    assert client.get(_url(theirs)).status_code == 302


def test_a_signatory_who_lost_the_role_cannot_sign(cast: Cast) -> None:
    ours, _ = asked(cast)
    cast.signatory.memberships.get().delete()
    with pytest.raises(Refused, match="Only Sid Signatory may do this"):
        sign(by=acting(cast.signatory), request=ours, sha256=ours.version.sha256, typed_name="Sid")


def test_a_role_that_ended_since_the_page_was_asked_for_signs_nothing(cast: Cast) -> None:
    """As when it ends while the signature waits for its turn."""
    ours, _ = asked(cast)
    by, administrator = acting(cast.signatory), acting(cast.administrator)
    set_roles(by=administrator, organisation=cast.area_team, user=cast.signatory, roles=[])
    with pytest.raises(Refused, match="Only Sid Signatory may do this"):
        sign(by=by, request=ours, sha256=ours.version.sha256, typed_name="Sid Signatory")
    assert not Signature.objects.exists()


def test_saying_why_not_ready_tells_all(cast: Cast, client_of: ClientOf, mailbox: Mailbox) -> None:
    _, theirs = asked(cast)
    client = client_of(cast.other_signatory)
    assert (
        "Enter why you are not ready"
        in client.post(_url(theirs, "not-ready/"), {"because": ""}).content.decode()
    )
    done = client.post(
        _url(theirs, "not-ready/"), {"because": "Clause 2.1 is unclear."}, follow=True
    )
    assert "We recorded why you are not ready to sign." in done.content.decode()
    assert "waiting for you. Not ready to sign: “Clause 2.1 is unclear.”" in done.content.decode()
    for address in ("maud.manager@moors.example", "olga.other@moors.example"):
        assert "Not ready to sign" in mailbox.to(address)[-1].subject
    client.post(_url(theirs, "not-ready/"), {"because": "Now 2.2 too."})
    assert client.post(_url(theirs), _typed(client, theirs)).status_code == 302


def test_a_text_that_somebody_changed_past_the_portal_is_hashed_again_and_not_signed(
    cast: Cast,
) -> None:
    _, theirs = asked(cast)
    with lifted():
        text = theirs.version.texts.get(clause__key="meet")
        text.body = "The parties never meet."
        text.save()
    with pytest.raises(Refused, match="not the text that you were shown"):
        give_signature(cast.other_signatory, theirs)
    assert not Signature.objects.exists()
