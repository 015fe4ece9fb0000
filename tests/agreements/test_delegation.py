from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from agreements.drafting.services.editing import edit_clause
from agreements.models import Approval, Version
from agreements.signing.services.asking import is_approved
from agreements.versions.services.versions import recall, send_for_approval
from house import clock
from nhsuk.forms import date_boxes
from parties.models import User
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.stages import approve, clause, frozen, sent

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def _url(version: Version, path: str = "decision/") -> str:
    return f"/agreements/{version.agreement.reference}/versions/{version.seq}/{path}"


def _typed(decision: str = "approved", **more: Any) -> dict[str, Any]:
    on = date_boxes("decided_on", more.pop("on", clock.today()))
    return {"decision": decision, "edit_no": "0", "minute_reference": "GB 7.2"} | on | more


def _delegate(cast: Cast, client_of: ClientOf, version: Version) -> None:
    """Our Director approves, and leaves the last words to our colleague."""
    person = cast.colleague.person
    assert person
    typed = _typed("delegated", delegated_to=str(person.pk))
    assert client_of(cast.manager).post(_url(version), typed).status_code == 302


def _changed(cast: Cast, version: Version) -> Version:
    """The next version, with other words in one clause, out for approval."""
    agreement = version.agreement
    recall(by=acting(cast.other_manager), version=version, because="One word.")
    text = clause(agreement, "meet")
    edit_clause(by=acting(cast.manager), clause=text, edit_no=text.edit_no, body="In person.")
    newer = frozen(cast, agreement)
    send_for_approval(by=acting(cast.manager), version=newer)
    return newer


def test_the_delegate_confirms_the_changes_shown(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    version = sent(cast)
    _delegate(cast, client_of, version)
    newer, client = _changed(cast, version), client_of(cast.colleague)
    party = newer.agreement.parties.get(slot="area_team")
    assert not is_approved(newer, party)
    [mail] = mailbox.to("colin.colleague@moors.example")
    assert "Confirm the changes in version 0.2" in mail.subject
    page = client.get(_url(newer, "changes/")).content.decode()
    assert "[inserted: </span>In person." in page
    assert "I confirm these changes" in page
    done = client.post(_url(newer, "changes/"), follow=True).content.decode()
    assert "The approval now holds for version 0.2." in done
    assert "By Colin Colleague, on the approval of version 0.1." in done
    assert is_approved(newer, party)


def test_who_confirmed_once_may_confirm_the_next_changes(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    _delegate(cast, client_of, version)
    second, client = _changed(cast, version), client_of(cast.colleague)
    client.post(_url(second, "changes/"))
    third = _changed(cast, second)
    assert "version 0.1" in client.get(_url(third, "changes/")).content.decode()
    client.post(_url(third, "changes/"))
    assert is_approved(third, third.agreement.parties.get(slot="area_team"))


def test_nobody_else_confirms_and_a_new_decision_ends_it(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    _delegate(cast, client_of, version)
    newer = _changed(cast, version)
    assert client_of(cast.manager).post(_url(newer, "changes/")).status_code == 403
    assert client_of(cast.other_manager).get(_url(newer, "changes/")).status_code == 302
    approve(cast.manager, newer, "rejected")
    client = client_of(cast.colleague)
    page = client.get(_url(newer, "changes/"), follow=True).content.decode()
    assert "There are no changes to confirm for this version now." in page
    page = client.post(_url(newer, "changes/")).content.decode()
    assert "This version has a decision of its own by now: Rejected" in page
    assert not is_approved(newer, newer.agreement.parties.get(slot="area_team"))


def test_a_delegation_needs_somebody_of_ones_own(cast: Cast, client_of: ClientOf) -> None:
    version, client = sent(cast), client_of(cast.manager)
    assert cast.other_colleague.person
    nobody = client.post(_url(version), _typed("delegated")).content.decode()
    assert "Choose the person who may finalise the text." in nobody
    theirs = client.post(
        _url(version), _typed("delegated", delegated_to=str(cast.other_colleague.person.pk))
    )
    assert "There is a problem" in theirs.content.decode()
    by_mistake = client.post(
        _url(version),
        _typed("approved", delegated_to=str(cast.manager.person.pk)),  # type: ignore[union-attr]
    )
    assert "Choose “Nobody”, or change the decision" in by_mistake.content.decode()
    assert not Approval.objects.exists()
