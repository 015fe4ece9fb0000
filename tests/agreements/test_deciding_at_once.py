"""Two managers of one party decide at once; a decision is dated before its text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from agreements.models import Approval, Version
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.signed_copy import as_html
from agreements.versions.services.approving import record_approval
from agreements.versions.services.confirming import confirm_changes
from agreements.versions.services.versions import recall
from house import clock
from house.refusals import Refused
from nhsuk.forms import date_boxes
from parties.models import Role, User
from tests.agreements.reviewed import on
from tests.cast import Cast, acting, person_of, user
from tests.stages import approve, sent
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
MEANWHILE = "recorded another decision since you opened this page"


def _url(version: Version, path: str = "decision/") -> str:
    return f"/agreements/{version.agreement.reference}/versions/{version.seq}/{path}"


def _opened(client: Client, version: Version) -> dict[str, Any]:
    """The form as it was opened, with a decision of today typed into it."""
    typed = fields_of(client.get(_url(version)).content.decode())
    return typed | date_boxes("decided_on", clock.today()) | {"decision": "approved"}


def _second(cast: Cast) -> User:
    return user("Mina Manager", cast.ccg, Role.MANAGER)


@pytest.mark.parametrize("second", ["rejected", "deferred", "approved"])
def test_the_second_of_two_is_told_what_the_first_decided(
    cast: Cast, client_of: ClientOf, second: str
) -> None:
    version = sent(cast)
    one, two = client_of(cast.other_manager), client_of(_second(cast))
    first, opposite = _opened(one, version), _opened(two, version)
    one.post(_url(version), first | {"minute_reference": "GB 7.2"})
    opposite |= {"decision": second, "note": "By four votes to three.", "minute_reference": "GB 8"}
    page = two.post(_url(version), opposite).content.decode()
    assert f"Olga Other {MEANWHILE}: Approved, {clock.today().day} " in page
    assert "By four votes to three." in page
    assert Approval.objects.count() == 1
    again = fields_of(page)
    assert (again["minute_reference"], again["decision"]) == ("GB 8", second)
    assert two.post(_url(version), again).status_code == 302
    assert [each.decision for each in Approval.objects.order_by("pk")] == ["approved", second]


def test_an_account_that_was_closed_since_the_page_was_asked_for_decides_nothing(
    cast: Cast,
) -> None:
    version, by = sent(cast), acting(cast.other_manager)
    User.objects.filter(pk=cast.other_manager.pk).update(is_active=False)
    with pytest.raises(Refused, match="Only an MoU manager of your organisation may do this"):
        record_approval(by=by, version=version, decision="approved", decided_on=clock.today())
    assert not Approval.objects.exists()


def test_what_the_other_party_decides_holds_up_nobody(cast: Cast, client_of: ClientOf) -> None:
    version, client = sent(cast), client_of(cast.other_manager)
    typed = _opened(client, version)
    approve(cast.manager, version, "rejected")
    assert client.post(_url(version), typed).status_code == 302


def test_what_the_delegate_confirmed_meanwhile_is_said(cast: Cast, client_of: ClientOf) -> None:
    first = sent(cast)
    delegated = record_approval(
        by=acting(cast.other_manager), version=first, decision="delegated",
        decided_on=clock.today(), delegated_to=person_of(cast.other_colleague),
    )  # fmt: skip
    recall(by=acting(cast.manager), version=first, because="A word.")
    version, client = sent(cast, first.agreement), client_of(cast.other_manager)
    typed = _opened(client, version) | {"decision": "rejected"}
    confirm_changes(by=acting(cast.other_colleague), version=version, rests_on=delegated)
    page = client.post(_url(version), typed).content.decode()
    assert f"Oscar Othersby {MEANWHILE}: Changes confirmed by the named person" in page


def test_a_form_that_does_not_say_what_it_was_made_over_is_refused(
    cast: Cast, client_of: ClientOf
) -> None:
    version, client = sent(cast), client_of(cast.other_manager)
    typed = _opened(client, version)
    for edit_no in ("", "x", "-1", "9" * 40):
        client.post(_url(version), typed | {"edit_no": edit_no})
    assert not Approval.objects.exists()


def test_a_decision_dated_before_the_text_is_asked_about_kept_and_printed(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(date(2026, 3, 3)):
        version, client = sent(cast), client_of(cast.other_manager)
        typed = _opened(client, version) | date_boxes("decided_on", date(2026, 3, 1))
        assert "before_text" not in typed
        page = client.post(_url(version), typed | {"minute_reference": "GB 8"}).content.decode()
        asked = "The text was numbered on 3 March 2026; the decision is dated 1 March 2026."
        assert asked in page
        assert not Approval.objects.exists()
        again = fields_of(page) | {"before_text": "on"}
        assert again["minute_reference"] == "GB 8"
        client.post(_url(version), again)
        marked = "1 March 2026, before the text was numbered"
        assert marked in client.get(_url(version, "")).content.decode()
        assert marked in as_html(AgreementDocument(version, at=clock.now()))


@pytest.mark.parametrize(("decided", "asks"), [(1, True), (2, True), (3, False), (4, False)])
def test_only_a_day_before_the_number_is_asked_about(cast: Cast, decided: int, asks: bool) -> None:
    with on(date(2026, 3, 3)):
        version = sent(cast)

    def record() -> Approval:
        day = date(2026, 3, decided)
        by = acting(cast.other_manager)
        return record_approval(by=by, version=version, decision="rejected", decided_on=day)

    with on(date(2026, 3, 5)):
        if asks:
            with pytest.raises(Refused, match="Is that right"):
                record()
        else:
            assert not record().is_before_text
