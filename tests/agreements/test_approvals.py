from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from agreements.models import Approval, Version
from agreements.services.asking import is_approved
from agreements.services.editing import edit_clause
from agreements.services.versions import recall, send_for_approval
from house import clock
from nhsuk.forms import date_boxes
from parties.models import User
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.stages import approve, ask, clause, drafted, frozen, give, sent

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def _url(version: Version, path: str = "decision/") -> str:
    return f"/agreements/{version.agreement.reference}/versions/{version.seq}/{path}"


def _typed(decision: str = "approved", **more: Any) -> dict[str, Any]:
    on = date_boxes("decided_on", more.pop("on", clock.today()))
    return {"decision": decision, "minute_reference": "GB 7.2"} | on | more


def test_a_decision_is_recorded_and_the_other_party_told(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    version = sent(cast)
    client = client_of(cast.other_manager)
    assert "What the Governing Body decided" in client.get(_url(version)).content.decode()
    done = client.post(_url(version), _typed(note="Unanimous."), follow=True).content.decode()
    assert "The approval by the Governing Body is recorded." in done
    assert "Unanimous." in done
    approval = Approval.objects.get()
    assert (approval.route, approval.decider, approval.minute_reference) == (
        "body", "Governing Body", "GB 7.2",
    )  # fmt: skip
    assert "a decision on version 0.1" in mailbox.to("maud.manager@moors.example")[-1].subject


@pytest.mark.parametrize(
    ("decision", "approves"),
    [
        ("approved", True), ("subject_to_changes", False), ("for_engagement", False),
        ("noted", False), ("deferred", False), ("rejected", False),
    ],
)  # fmt: skip
def test_each_kind_of_decision_counts_for_what_it_is(
    cast: Cast, client_of: ClientOf, decision: str, approves: bool
) -> None:
    version = sent(cast)
    page = client_of(cast.manager).post(_url(version), _typed(decision), follow=True)
    party = version.agreement.parties.get(slot="area_team")
    assert is_approved(version, party) is approves
    assert ("It does not approve the text for signing." in page.content.decode()) is not approves


def test_the_newest_decision_counts_and_the_older_stays(cast: Cast) -> None:
    version = sent(cast)
    party = version.agreement.parties.get(slot="ccg")
    approve(cast.other_manager, version, on=clock.today() - timedelta(days=5))
    approve(cast.other_manager, version, "rejected")
    assert not is_approved(version, party)
    assert version.approvals.count() == 2


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
    edit_clause(by=acting(cast.manager), text=text, edit_no=text.edit_no, body="Monthly.")
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
    assert "changes in version 0.2 to confirm" in mail.subject
    page = client.get(_url(newer, "changes/")).content.decode()
    assert "[inserted: </span>Monthly." in page
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
    page = client_of(cast.colleague).post(_url(newer, "changes/"), follow=True)
    assert "There are no changes to confirm for this version now." in page.content.decode()
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


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"decision": ""}, "Choose what was decided"),
        ({"decision": "by_delegate"}, "There is a problem"),
        ({"minute_reference": "x" * 121}, "must be 120 characters or fewer"),
        ({"note": "x" * 501}, "Note must be 500 characters or fewer"),
        ({"decided_on-year": "99999"}, "Enter the year"),
        ({"decided_on-day": "\x00"}, "Enter the day as a number"),
        ({"delegated_to": "'; DROP TABLE"}, "There is a problem"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(
    cast: Cast, client_of: ClientOf, changed: dict[str, str], sentence: str
) -> None:
    version = sent(cast)
    answer = client_of(cast.manager).post(_url(version), _typed() | changed)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Approval.objects.exists()


def test_a_decision_cannot_come_from_the_future(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    typed = _typed(on=clock.today() + timedelta(days=1))
    answer = client_of(cast.manager).post(_url(version), typed).content.decode()
    assert "it cannot be in the future" in answer


def test_an_approval_that_came_late_ratifies_the_signed_version(
    cast: Cast, client_of: ClientOf
) -> None:
    version = sent(cast)
    approve(cast.manager, version)
    give(cast.signatory, ask(cast.manager, version, cast.signatory))
    early = ask(cast.other_manager, version, cast.other_signatory, because="They meet next week.")
    give(cast.other_signatory, early)
    client, page = client_of(cast.other_manager), _url(version, "")
    assert "The approval is to be ratified." in client.get(page).content.decode()
    client.post(_url(version), _typed())
    after = client.get(page).content.decode()
    assert "Nothing. All have signed" in after
    assert "They meet next week. The approval came later." in after


def test_pressing_twice_records_one_decision(cast: Cast, client_of: ClientOf) -> None:
    version, client = sent(cast), client_of(cast.manager)
    client.post(_url(version), _typed())
    again = client.post(_url(version), _typed()).content.decode()
    assert "This very decision is recorded already." in again
    assert Approval.objects.count() == 1


def test_a_recalled_version_takes_no_decisions(cast: Cast, client_of: ClientOf) -> None:
    version = frozen(cast, drafted(cast))
    recall(by=acting(cast.manager), version=version, because="A word.")
    answer = client_of(cast.manager).post(_url(version), _typed()).content.decode()
    assert "This is version 0.1, recalled: it takes no decisions." in answer
