"""Approved subject to changes: a task, whose approval carries once the changes are confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from agreements.models import Approval, Version
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.services.asking import is_approved
from agreements.signing.signed_copy import as_html, file_of
from agreements.versions.services.approving import record_approval
from agreements.versions.services.confirming import confirm_changes, record_confirmation
from agreements.versions.services.versions import recall, stop_preparing
from deadlines.models import Concerned, Deadline, Holder, Reminder
from house import clock
from house.refusals import NotYours, Refused
from mou_portal.home_page import HomePage
from nhsuk.forms import date_boxes
from parties.models import User
from tests.agreements.changed import asks_changes, change, waiting
from tests.agreements.reviewed import on, swept_on
from tests.cast import Cast, acting, organisation, person, person_of, user
from tests.conftest import Mailbox
from tests.stages import CHANGES, approve, ask, asked, drafted, give, make, sent, template
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)
START = date(2026, 3, 2)


def _page(version: Version, path: str = "") -> str:
    return f"/agreements/{version.agreement.reference}/versions/{version.seq}/{path}"


def _now(version: Version) -> Version:
    return Version.objects.select_related("agreement").get(pk=version.pk)


def _ccg(version: Version) -> Any:
    return version.agreement.parties.get(slot="ccg")


def _open(kind: str) -> list[Deadline]:
    return list(Deadline.objects.still_open().filter(kind=kind).order_by("pk"))


def _mine(who: User) -> list[str]:
    return [todo.sentence for todo in HomePage(acting(who)).mine]


def _typed(**more: Any) -> dict[str, Any]:
    """What a manager enters who records that the chair confirmed the changes."""
    on = date_boxes("confirmed_on", more.pop("on", clock.today()))
    word = {"answer": "yes", "confirmed_by": "Chris Chair", "evidence": "E-mail of today."}
    return word | on | more


def _record(cast: Cast, version: Version, rests_on: Approval, **more: Any) -> Approval:
    said: dict[str, Any] = {"agrees": True, "confirmed_by": "Chris Chair", "note": "By phone."}
    return record_confirmation(
        by=acting(cast.other_manager), version=version, rests_on=rests_on,
        **said | {"confirmed_on": clock.today()} | more,
    )  # fmt: skip


# --- The decision


def test_which_changes_are_asked_for_has_to_be_written_down(
    cast: Cast, client_of: ClientOf
) -> None:
    version, client = sent(cast), client_of(cast.other_manager)
    typed = {"decision": "subject_to_changes", "edit_no": "0", "minute_reference": "GB 9"}
    typed |= date_boxes("decided_on", clock.today())
    page = client.post(_page(version, "decision/"), typed).content.decode()
    assert "Write down which changes are asked for" in page
    assert 'value="GB 9"' in page
    typed |= {"changes_asked": CHANGES}
    said = client.post(_page(version, "decision/"), typed, follow=True).content.decode()
    assert "The text has to change first." in said
    assert (
        "Then the chair of the Governing Body confirms them. No second meeting is needed." in said
    )
    assert "Changes asked for: “Say four times a year" in said
    assert Approval.objects.get().changes_asked == CHANGES


def test_changes_typed_beside_another_decision_are_not_dropped(
    cast: Cast, client_of: ClientOf
) -> None:
    version, client = sent(cast), client_of(cast.other_manager)
    typed = {"decision": "approved", "edit_no": "0", "changes_asked": CHANGES}
    typed |= date_boxes("decided_on", clock.today())
    page = client.post(_page(version, "decision/"), typed).content.decode()
    assert "Empty this box, or change the decision" in page
    assert "Say four times a year in" in page
    assert not Approval.objects.exists()


# --- The others are not asked


def test_nobody_is_asked_to_approve_or_sign_what_must_change(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    version = sent(cast)
    assert len(_open("approval_awaited")) == 2
    asks_changes(cast.other_manager, version)
    assert not _open("approval_awaited")
    assert not _open("signature_to_ask")
    [task] = _open("changes_asked")
    holders = task.holders.filter(watches=False)
    assert {each.organisation_id for each in holders} == {cast.area_team.pk}
    [line] = _mine(cast.manager)
    assert line == "Make the changes asked for in version 0.1 of the MoU with Eastmoor CCG"
    assert not _mine(cast.other_manager)
    others = [todo.sentence for todo in HomePage(acting(cast.other_manager)).others]
    assert others == [
        "Make the changes asked for in version 0.1 of the MoU with Northern Moors Area Team"
    ]
    page = client_of(cast.manager).get(_page(version)).content.decode()
    assert "Record what the Director decided" not in page
    assert "Recall version 0.1 and make only the changes that Eastmoor CCG asked for" in page
    mail = mailbox.to(cast.manager.email)[-1]
    assert "You are not asked to approve version 0.1: its text has to change first." in mail.body
    assert CHANGES not in mail.body


def test_who_was_asked_to_sign_is_not_reminded_until_it_may_be_signed(cast: Cast) -> None:
    with on(START):
        ours, _ = asked(cast)
        asks_changes(cast.other_manager, ours.version)
        assert not _open("signature_awaited")
    with on(START + DAY):
        approve(cast.other_manager, ours.version)
        assert len(_open("signature_awaited")) == 2
        assert not _open("changes_asked")


@pytest.mark.usefixtures("nothing_but_agreements")
def test_who_wrote_the_text_is_reminded_of_the_changes(cast: Cast, mailbox: Mailbox) -> None:
    with on(START):
        version = sent(cast)
        asks_changes(cast.other_manager, version)
    for number in range(1, 8):
        swept_on(START + number * DAY)
    mail = mailbox.to(cast.manager.email)[-1]
    assert "make the changes asked for in version 0.1" in mail.subject.lower()
    assert "Eastmoor CCG approved version 0.1" in mail.body
    assert CHANGES not in mail.body
    assert not [m for m in mailbox.to(cast.other_manager.email) if "Make" in m.subject]


def test_the_task_goes_on_in_the_draft_and_ends_with_the_next_number(
    cast: Cast, client_of: ClientOf
) -> None:
    version = sent(cast)
    asks_changes(cast.other_manager, version)
    recall(by=acting(cast.manager), version=version, because="As they asked.")
    assert _mine(cast.manager) == [
        "Make the changes asked for in version 0.1 of the MoU with Eastmoor CCG"
    ]
    client, home = client_of(cast.manager), f"/agreements/{version.agreement.reference}/"
    for path in (home, f"{home}text/", f"{home}text/freeze/"):
        assert CHANGES.split("“")[0] in client.get(path).content.decode()
    second = sent(cast, version.agreement)
    assert not _open("changes_asked")
    recall(by=acting(cast.manager), version=second, because="A word more.")
    assert len(_open("changes_asked")) == 1
    by, agreement = acting(cast.manager), _now(second).agreement
    stop_preparing(by=by, agreement=agreement, because="No need.")
    assert not _open("changes_asked")


# --- The confirmation


def test_the_chairs_word_is_recorded_and_the_approval_carries(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    version = sent(cast)
    asks_changes(cast.other_manager, version)
    second, client = change(cast, version), client_of(cast.other_manager)
    assert not is_approved(second, _ccg(second))
    assert "No second meeting is needed." in mailbox.to(cast.other_manager.email)[-1].body
    [line] = _mine(cast.other_manager)
    assert line.startswith("Confirm the changes from version 0.1 to version 0.2 of")
    page = client.get(_page(second, "changes/")).content.decode()
    assert "Changes asked for: “Say four times a year" in page
    assert "four times." in page
    assert "[inserted:" in page
    done = client.post(_page(second, "changes/"), _typed(), follow=True).content.decode()
    assert "Chris Chair confirmed the changes. The approval now holds for version 0.2." in done
    assert "Recorded by Olga Other. E-mail of today." in done
    assert is_approved(second, _ccg(second))
    assert "only the changes asked for were made" in mailbox.to(cast.manager.email)[-1].body


def test_whom_the_decision_names_confirms_here_and_nobody_records_it(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    version = sent(cast)
    rests_on = asks_changes(cast.other_manager, version, person_of(cast.other_viewer))
    second = change(cast, version)
    mail = mailbox.to(cast.other_viewer.email)[-1]
    assert "Compare the two versions." in mail.body
    assert client_of(cast.other_manager).get(_page(second, "changes/")).status_code == 403
    with pytest.raises(NotYours, match="Only Otto Otherwise"):
        _record(cast, second, rests_on)
    client = client_of(cast.other_viewer)
    page = client.post(_page(second, "changes/"), {"answer": ""}).content.decode()
    assert "Say whether only the changes asked for were made" in page
    client.post(_page(second, "changes/"), {"answer": "yes"})
    approval = second.approvals.get()
    assert (approval.decision, approval.confirmed_by) == ("changes_made", "Otto Otherwise")
    assert is_approved(second, _ccg(second))


def test_who_has_no_account_is_named_and_their_word_recorded(
    cast: Cast, client_of: ClientOf
) -> None:
    version, chair = sent(cast), person("Chandra Chairwoman")
    chair.posts.create(organisation=cast.ccg, title="Chair", starts_on=date(2013, 4, 1))
    asks_changes(cast.other_manager, version, chair)
    second, client = change(cast, version), client_of(cast.other_manager)
    page = client.get(_page(second, "changes/")).content.decode()
    assert "What did Chandra Chairwoman say" in page
    assert "Who compared the versions" not in page
    client.post(_page(second, "changes/"), _typed(confirmed_by="Somebody Else"))
    assert second.approvals.get().confirmed_by == "Chandra Chairwoman"


def test_a_delegate_without_an_account_is_not_a_dead_end(cast: Cast, client_of: ClientOf) -> None:
    version, delegate = sent(cast), person("Dilip Delegate")
    delegate.posts.create(organisation=cast.ccg, title="Director", starts_on=date(2013, 4, 1))
    record_approval(
        by=acting(cast.other_manager), version=version, decision="delegated",
        decided_on=clock.today(), delegated_to=delegate,
    )  # fmt: skip
    second = change(cast, version)
    client_of(cast.other_manager).post(_page(second, "changes/"), _typed())
    approval = second.approvals.get()
    assert (approval.decision, approval.confirmed_by) == ("by_delegate", "Dilip Delegate")


def test_more_than_was_asked_is_refused_and_needs_a_decision(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    version, client = sent(cast), client_of(cast.other_manager)
    asks_changes(cast.other_manager, version)
    second = change(cast, version, "The parties meet four times, in Leeds.")
    page = client.post(_page(second, "changes/"), _typed(answer="no")).content.decode()
    assert "Say what is different from the changes asked for" in page
    assert "E-mail of today." in page
    typed = _typed(answer="no", because="Leeds was not asked for.")
    done = client.post(_page(second, "changes/"), typed, follow=True).content.decode()
    assert "Version 0.2 now needs a decision of its own." in done
    assert "Leeds was not asked for. E-mail of today." in done
    assert not is_approved(second, _ccg(second))
    assert [each.occurrence for each in _open("approval_awaited")] == ["area_team", "ccg"]
    assert "not approved, as the changes are not" in mailbox.to(cast.manager.email)[-1].body
    third = change(cast, second)
    assert waiting(third)
    client.post(_page(third, "changes/"), _typed())
    assert is_approved(third, _ccg(third))


def test_where_nothing_was_changed_the_page_says_so(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    asks_changes(cast.other_manager, version)
    recall(by=acting(cast.manager), version=version, because="Slip.")
    second = sent(cast, version.agreement)
    page = client_of(cast.other_manager).get(_page(second, "changes/")).content.decode()
    assert "none of the changes asked for was made" in page


def test_the_other_party_never_confirms_them(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    rests_on = asks_changes(cast.other_manager, version)
    second = change(cast, version)
    for who in (cast.manager, cast.colleague):
        answer = client_of(who).post(_page(second, "changes/"), _typed())
        assert answer.status_code == 302
    assert client_of(cast.other_colleague).get(_page(second, "changes/")).status_code == 403
    assert client_of(cast.stranger).get(_page(second, "changes/")).status_code == 404
    with pytest.raises(NotYours, match="Each party confirms"):
        record_confirmation(
            by=acting(cast.manager), version=second, rests_on=rests_on, agrees=True,
            confirmed_by="Chris Chair", confirmed_on=clock.today(), note="He told us.",
        )  # fmt: skip
    assert not second.approvals.exists()


def test_the_day_of_the_confirmation_has_its_limits(cast: Cast, client_of: ClientOf) -> None:
    with on(START):
        version = sent(cast)
    with on(START + DAY):
        rests_on = asks_changes(cast.other_manager, version)
    with on(START + 3 * DAY):
        second = change(cast, version)
        with pytest.raises(Refused, match="cannot be in the future"):
            _record(cast, second, rests_on, confirmed_on=START + 9 * DAY)
        with pytest.raises(Refused, match="they cannot be confirmed before that day"):
            _record(cast, second, rests_on, confirmed_on=START)
        client, url = client_of(cast.other_manager), _page(second, "changes/")
        page = client.post(url, _typed(on=START + 2 * DAY)).content.decode()
        assert "The text was numbered on 5 March 2026; the decision is dated 4 March 2026." in page
        typed = fields_of(page) | {"before_text": "on"}
        client.post(url, typed)
        assert second.approvals.get().is_before_text


# --- Decided meanwhile


def test_a_new_decision_in_between_ends_it(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    asks_changes(cast.other_manager, version)
    approve(cast.other_manager, version, "rejected")
    assert not _open("changes_asked")
    second = change(cast, version)
    assert waiting(second) is None
    page = client_of(cast.other_manager).get(_page(second)).content.decode()
    assert "Record what the Governing Body decided about version 0.2" in page


def test_a_decision_on_the_next_version_comes_first(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    rests_on = asks_changes(cast.other_manager, version)
    second = change(cast, version)
    approve(cast.other_manager, second, "deferred")
    with pytest.raises(Refused, match="a decision of its own by now: Deferred"):
        _record(cast, second, rests_on)
    client = client_of(cast.other_manager)
    page = client.post(_page(second, "changes/"), _typed()).content.decode()
    assert "recorded by Olga Other. Nothing was recorded." in page
    assert 'value="Chris Chair"' in page


def test_what_was_decided_before_the_recall_and_recorded_after_carries(cast: Cast) -> None:
    version = sent(cast)
    second = change(cast, version)
    rests_on = asks_changes(cast.other_manager, version)
    assert waiting(second) == rests_on
    assert not _open("changes_asked")
    assert [each.occurrence for each in _open("approval_awaited")] == ["area_team", "ccg"]
    assert _mine(cast.other_manager)[0].startswith("Confirm the changes from version 0.1")
    _record(cast, second, rests_on)
    assert is_approved(second, _ccg(second))


def test_a_recalled_version_is_not_confirmed(cast: Cast) -> None:
    version = sent(cast)
    rests_on = asks_changes(cast.other_manager, version)
    second = change(cast, version)
    recall(by=acting(cast.manager), version=second, because="Again.")
    with pytest.raises(Refused, match="holds for this version no longer"):
        _record(cast, _now(second), rests_on)


# --- Signing, and what is printed


def test_subject_to_changes_is_no_approval_and_nothing_to_ratify(
    cast: Cast, client_of: ClientOf
) -> None:
    version = sent(cast)
    approve(cast.manager, version)
    asks_changes(cast.other_manager, version)
    with pytest.raises(Refused, match="has not approved this version yet"):
        ask(cast.other_manager, version, cast.other_signatory)
    page = client_of(cast.other_manager).get(_page(version, "signature/")).content.decode()
    assert "It approved it subject to changes, which this text does not have." in page
    give(cast.signatory, ask(cast.manager, version, cast.signatory))
    theirs = ask(cast.other_manager, version, cast.other_signatory, because="They insist.")
    give(cast.other_signatory, theirs)
    assert not _open("changes_asked")
    signed = _now(version)
    document = AgreementDocument(signed, at=clock.now())
    printed = as_html(document)
    assert "Approved subject to changes, to be confirmed by the chair of the Governing Body" in (
        printed
    )
    assert f"Changes asked for: “{CHANGES}”" in printed
    page = client_of(cast.viewer).get(_page(signed)).content.decode()
    for text in (printed, page):
        assert "to be ratified" not in text.lower()
    said = file_of(document).signatures
    assert [each.approval for each in said] == ["given", "subject_to_changes"]


def test_decision_and_confirmation_are_both_printed(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    rests_on = asks_changes(cast.other_manager, version)
    second = change(cast, version)
    _record(cast, second, rests_on, note="Their letter.")
    approve(cast.manager, second)
    give(cast.signatory, ask(cast.manager, second, cast.signatory))
    give(cast.other_signatory, ask(cast.other_manager, second, cast.other_signatory))
    document = AgreementDocument(_now(second), at=clock.now())
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
    page = client_of(cast.viewer).get(_page(second)).content.decode()
    assert "on the approval of version 0.1" in page


# --- Many parties, and from before


def test_of_ten_parties_each_confirms_its_own(cast: Cast, client_of: ClientOf) -> None:
    version, managers = _of_ten(cast)
    for manager in managers[1:4]:
        asks_changes(manager, version)
    approve(managers[5], version)
    assert len(_open("changes_asked")) == 3
    assert not _open("approval_awaited")
    second = change(cast, version)
    assert len(_open("approval_awaited")) == 10
    page = client_of(managers[1]).get(_page(second)).content.decode()
    assert page.count("Confirm the changes from version 0.1 to version 0.2") >= 3
    client_of(managers[2]).post(_page(second, "changes/"), _typed())
    decided = second.approvals.values_list("party__slot", "decision")
    assert [*decided] == [("side2", "changes_made")]


def _of_ten(cast: Cast) -> tuple[Version, list[User]]:
    sides = {"area_team": cast.area_team}
    sides |= {f"side{n}": organisation(f"Moor {n} CCG", ods_code=f"M{n:02}") for n in range(1, 10)}
    agreement = make(
        acting(cast.manager), template(cast.area_team, tuple(sides)), sides, {"area": "the moors"}
    )
    others = [user(f"Manager {slot.title()}", of, "manager") for slot, of in sides.items()][1:]
    return sent(cast, agreement), [cast.manager, *others]


@pytest.mark.usefixtures("nothing_but_agreements")
def test_what_was_asked_before_the_upgrade_is_a_task_from_now_on(cast: Cast) -> None:
    version = sent(cast)
    asks_changes(cast.other_manager, version)
    source = version.agreement.template_version
    second = sent(cast, drafted(cast, source=source))
    approve(cast.other_manager, second, "rejected")
    for rows in (Reminder, Holder, Concerned, Deadline):
        rows.objects.filter(**_of_new_kinds(rows)).delete()
    Approval.objects.filter(decision="subject_to_changes").update(changes_asked="", note=CHANGES)
    for _ in "12":
        call_command("set_deadlines")
        assert (len(_open("changes_asked")), len(_open("rejection_stands"))) == (1, 1)
    assert Approval.objects.get(decision="subject_to_changes").changes == CHANGES


def _of_new_kinds(rows: Any) -> dict[str, Any]:
    kinds = ["changes_asked", "rejection_stands"]
    return {"kind__in": kinds} if rows is Deadline else {"deadline__kind__in": kinds}


def test_a_manager_confirms_nothing_in_the_chairs_place(cast: Cast) -> None:
    version = sent(cast)
    rests_on = asks_changes(cast.other_manager, version)
    second = change(cast, version)
    with pytest.raises(NotYours, match="Only the chair of the Governing Body"):
        confirm_changes(by=acting(cast.other_manager), version=second, rests_on=rests_on)
