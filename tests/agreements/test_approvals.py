from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from agreements.models import Approval, Version
from agreements.signing.services.asking import is_approved
from agreements.versions.services.versions import recall
from house import clock
from nhsuk.forms import date_boxes
from parties.models import User
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.stages import approve, ask, drafted, frozen, give, sent

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def _url(version: Version, path: str = "decision/") -> str:
    return f"/agreements/{version.agreement.reference}/versions/{version.seq}/{path}"


def _typed(decision: str = "approved", **more: Any) -> dict[str, Any]:
    on = date_boxes("decided_on", more.pop("on", clock.today()))
    return {"decision": decision, "edit_no": "0", "minute_reference": "GB 7.2"} | on | more


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
    assert "Decision on version 0.1" in mailbox.to("maud.manager@moors.example")[-1].subject


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
    asked = "Quarterly." if decision == "subject_to_changes" else ""
    typed = _typed(decision, changes_asked=asked)
    page = client_of(cast.manager).post(_url(version), typed, follow=True)
    party = version.agreement.parties.get(slot="area_team")
    assert is_approved(version, party) is approves
    said = page.content.decode()
    not_yet = "It does not approve the text for signing.", "The text has to change first."
    assert any(sentence in said for sentence in not_yet) is not approves


def test_the_newest_decision_counts_and_the_older_stays(cast: Cast) -> None:
    version = sent(cast)
    party = version.agreement.parties.get(slot="ccg")
    approve(cast.other_manager, version, on=clock.today() - timedelta(days=5))
    approve(cast.other_manager, version, "rejected")
    assert not is_approved(version, party)
    assert version.approvals.count() == 2


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
    assert "All have signed" in after
    assert "They meet next week. The approval came later." in after


def test_pressing_twice_records_one_decision(cast: Cast, client_of: ClientOf) -> None:
    version, client = sent(cast), client_of(cast.manager)
    client.post(_url(version), _typed())
    again = client.post(_url(version), _typed()).content.decode()
    assert "This very decision is recorded already." in again
    assert Approval.objects.count() == 1


def test_what_was_decided_before_a_version_was_recalled_is_recorded(
    cast: Cast, client_of: ClientOf
) -> None:
    version = frozen(cast, drafted(cast))
    recall(by=acting(cast.manager), version=version, because="A word.")
    page = client_of(cast.manager).get(_url(version, "")).content.decode()
    assert "Record a decision made on this version" in page
    done = client_of(cast.manager).post(_url(version), _typed(), follow=True).content.decode()
    assert "Version 0.1 itself was recalled." in done
    assert "ask for the signature" not in done
    draft = version.agreement.versions.get(state="draft")
    assert client_of(cast.manager).post(_url(draft), _typed()).status_code in {200, 404}
    assert Approval.objects.get().version == version
