"""The changes that were asked for are confirmed, and the approval carries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.services.asking import is_approved
from agreements.signing.signed_copy import as_html, file_of
from agreements.versions.services.approving import record_approval
from agreements.versions.services.confirming import confirm_changes, record_confirmation
from agreements.versions.services.versions import recall
from house import clock
from house.refusals import NotYours, Refused
from parties.models import User
from tests.agreements.changed import (
    asks_changes,
    ccg_of,
    chairs_word,
    change,
    record,
    sentences_for,
    still_open,
    waiting,
)
from tests.agreements.decided import as_it_is, page_of
from tests.agreements.reviewed import on
from tests.cast import Cast, acting, person, person_of
from tests.conftest import Mailbox
from tests.stages import CHANGES, approve, ask, give, sent
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)
START = date(2026, 3, 2)


# --- Whose word is recorded


def test_the_chairs_word_is_recorded_and_the_approval_carries(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    version = sent(cast)
    asks_changes(cast.other_manager, version)
    second, client = change(cast, version), client_of(cast.other_manager)
    assert not is_approved(second, ccg_of(second))
    assert "No second meeting is needed." in mailbox.to(cast.other_manager.email)[-1].body
    [line] = sentences_for(cast.other_manager)
    assert line.startswith("Confirm the changes from version 0.1 to version 0.2 of")
    page = client.get(page_of(second, "changes/")).content.decode()
    assert "Changes asked for: “Say four times a year" in page
    assert "four times." in page
    assert "[inserted:" in page
    done = client.post(page_of(second, "changes/"), chairs_word(), follow=True).content.decode()
    assert "Chris Chair confirmed the changes. The approval now holds for version 0.2." in done
    assert "Recorded by Olga Other. E-mail of today." in done
    assert is_approved(second, ccg_of(second))
    assert "only the changes asked for were made" in mailbox.to(cast.manager.email)[-1].body


def test_whom_the_decision_names_confirms_here_and_nobody_records_it(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    version = sent(cast)
    rests_on = asks_changes(cast.other_manager, version, person_of(cast.other_viewer))
    second = change(cast, version)
    mail = mailbox.to(cast.other_viewer.email)[-1]
    assert "Compare the two versions." in mail.body
    assert client_of(cast.other_manager).get(page_of(second, "changes/")).status_code == 403
    with pytest.raises(NotYours, match="Only Otto Otherwise"):
        record(cast, second, rests_on)
    client = client_of(cast.other_viewer)
    page = client.post(page_of(second, "changes/"), {"answer": ""}).content.decode()
    assert "Say whether only the changes asked for were made" in page
    client.post(page_of(second, "changes/"), {"answer": "yes"})
    approval = second.approvals.get()
    assert (approval.decision, approval.confirmed_by) == ("changes_made", "Otto Otherwise")
    assert is_approved(second, ccg_of(second))


def test_who_has_no_account_is_named_and_their_word_recorded(
    cast: Cast, client_of: ClientOf
) -> None:
    version, chair = sent(cast), person("Chandra Chairwoman")
    chair.posts.create(organisation=cast.ccg, title="Chair", starts_on=date(2013, 4, 1))
    asks_changes(cast.other_manager, version, chair)
    second, client = change(cast, version), client_of(cast.other_manager)
    page = client.get(page_of(second, "changes/")).content.decode()
    assert "What did Chandra Chairwoman say" in page
    assert "Who compared the versions" not in page
    client.post(page_of(second, "changes/"), chairs_word(confirmed_by="Somebody Else"))
    assert second.approvals.get().confirmed_by == "Chandra Chairwoman"


def test_a_delegate_without_an_account_is_not_a_dead_end(cast: Cast, client_of: ClientOf) -> None:
    version, delegate = sent(cast), person("Dilip Delegate")
    delegate.posts.create(organisation=cast.ccg, title="Director", starts_on=date(2013, 4, 1))
    record_approval(
        by=acting(cast.other_manager), version=version, decision="delegated",
        decided_on=clock.today(), delegated_to=delegate,
    )  # fmt: skip
    second = change(cast, version)
    client_of(cast.other_manager).post(page_of(second, "changes/"), chairs_word())
    approval = second.approvals.get()
    assert (approval.decision, approval.confirmed_by) == ("by_delegate", "Dilip Delegate")


# --- What is refused


def test_more_than_was_asked_is_refused_and_needs_a_decision(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    version, client = sent(cast), client_of(cast.other_manager)
    asks_changes(cast.other_manager, version)
    second = change(cast, version, "The parties meet four times, in Leeds.")
    page = client.post(page_of(second, "changes/"), chairs_word(answer="no")).content.decode()
    assert "Say what is different from the changes asked for" in page
    assert "E-mail of today." in page
    typed = chairs_word(answer="no", because="Leeds was not asked for.")
    done = client.post(page_of(second, "changes/"), typed, follow=True).content.decode()
    assert "Version 0.2 now needs a decision of its own." in done
    assert "Leeds was not asked for. E-mail of today." in done
    assert not is_approved(second, ccg_of(second))
    assert [each.occurrence for each in still_open("approval_awaited")] == ["area_team", "ccg"]
    assert "not approved, as the changes are not" in mailbox.to(cast.manager.email)[-1].body
    third = change(cast, second)
    assert waiting(third)
    client.post(page_of(third, "changes/"), chairs_word())
    assert is_approved(third, ccg_of(third))


def test_where_nothing_was_changed_the_page_says_so(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    asks_changes(cast.other_manager, version)
    recall(by=acting(cast.manager), version=version, because="Slip.")
    second = sent(cast, version.agreement)
    page = client_of(cast.other_manager).get(page_of(second, "changes/")).content.decode()
    assert "none of the changes asked for was made" in page


def test_the_other_party_never_confirms_them(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    rests_on = asks_changes(cast.other_manager, version)
    second = change(cast, version)
    for who in (cast.manager, cast.colleague):
        answer = client_of(who).post(page_of(second, "changes/"), chairs_word())
        assert answer.status_code == 302
    assert client_of(cast.other_colleague).get(page_of(second, "changes/")).status_code == 403
    assert client_of(cast.stranger).get(page_of(second, "changes/")).status_code == 404
    with pytest.raises(NotYours, match="Each party confirms"):
        record_confirmation(
            by=acting(cast.manager), version=second, rests_on=rests_on, agrees=True,
            confirmed_by="Chris Chair", confirmed_on=clock.today(), note="He told us.",
        )  # fmt: skip
    assert not second.approvals.exists()


def test_a_manager_confirms_nothing_in_the_chairs_place(cast: Cast) -> None:
    version = sent(cast)
    rests_on = asks_changes(cast.other_manager, version)
    second = change(cast, version)
    with pytest.raises(NotYours, match="Only the chair of the Governing Body"):
        confirm_changes(by=acting(cast.other_manager), version=second, rests_on=rests_on)


def test_the_day_of_the_confirmation_has_its_limits(cast: Cast, client_of: ClientOf) -> None:
    with on(START):
        version = sent(cast)
    with on(START + DAY):
        rests_on = asks_changes(cast.other_manager, version)
    with on(START + 3 * DAY):
        second = change(cast, version)
        with pytest.raises(Refused, match="cannot be in the future"):
            record(cast, second, rests_on, confirmed_on=START + 9 * DAY)
        with pytest.raises(Refused, match="they cannot be confirmed before that day"):
            record(cast, second, rests_on, confirmed_on=START)
        client, url = client_of(cast.other_manager), page_of(second, "changes/")
        page = client.post(url, chairs_word(on=START + 2 * DAY)).content.decode()
        assert "The text was numbered on 5 March 2026; the decision is dated 4 March 2026." in page
        typed = fields_of(page) | {"before_text": "on"}
        client.post(url, typed)
        assert second.approvals.get().is_before_text


# --- Decided meanwhile


def test_a_new_decision_in_between_ends_it(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    asks_changes(cast.other_manager, version)
    approve(cast.other_manager, version, "rejected")
    assert not still_open("changes_asked")
    second = change(cast, version)
    assert waiting(second) is None
    page = client_of(cast.other_manager).get(page_of(second)).content.decode()
    assert "Record what the Governing Body decided about version 0.2" in page


def test_a_decision_on_the_next_version_comes_first(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    rests_on = asks_changes(cast.other_manager, version)
    second = change(cast, version)
    approve(cast.other_manager, second, "deferred")
    with pytest.raises(Refused, match="a decision of its own by now: Deferred"):
        record(cast, second, rests_on)
    client = client_of(cast.other_manager)
    page = client.post(page_of(second, "changes/"), chairs_word()).content.decode()
    assert "recorded by Olga Other. Nothing was recorded." in page
    assert 'value="Chris Chair"' in page


def test_what_was_decided_before_the_recall_and_recorded_after_carries(cast: Cast) -> None:
    version = sent(cast)
    second = change(cast, version)
    rests_on = asks_changes(cast.other_manager, version)
    assert waiting(second) == rests_on
    assert not still_open("changes_asked")
    assert [each.occurrence for each in still_open("approval_awaited")] == ["area_team", "ccg"]
    assert sentences_for(cast.other_manager)[0].startswith("Confirm the changes from version 0.1")
    record(cast, second, rests_on)
    assert is_approved(second, ccg_of(second))


def test_a_recalled_version_is_not_confirmed(cast: Cast) -> None:
    version = sent(cast)
    rests_on = asks_changes(cast.other_manager, version)
    second = change(cast, version)
    recall(by=acting(cast.manager), version=second, because="Again.")
    with pytest.raises(Refused, match="holds for this version no longer"):
        record(cast, as_it_is(second), rests_on)


# --- What is printed


def test_decision_and_confirmation_are_both_printed(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    rests_on = asks_changes(cast.other_manager, version)
    second = change(cast, version)
    record(cast, second, rests_on, note="Their letter.")
    approve(cast.manager, second)
    give(cast.signatory, ask(cast.manager, second, cast.signatory))
    give(cast.other_signatory, ask(cast.other_manager, second, cast.other_signatory))
    document = AgreementDocument(as_it_is(second), at=clock.now())
    printed, data = as_html(document), file_of(document)
    assert "Approved, as only the changes asked for were made: Chris Chair" in printed
    assert "Recorded by Olga Other. Their letter." in printed
    assert "Eastmoor CCG, on version 0.1" in printed
    assert f"Changes asked for: “{CHANGES}”" in printed
    rows = [(each.version, each.decision, each.confirmed_by) for each in data.approvals]
    assert rows == [
        ("0.2", "approved", None), ("0.1", "subject_to_changes", None),
        ("0.2", "changes_made", "Chris Chair"),
    ]  # fmt: skip
    assert data.approvals[1].changes_asked == CHANGES
    page = client_of(cast.viewer).get(page_of(second)).content.decode()
    assert "on the approval of version 0.1" in page
