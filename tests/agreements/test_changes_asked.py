"""Approved subject to changes: a task for who wrote the text, and nobody is asked meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from agreements.models import Approval, Version
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.signed_copy import as_html, file_of
from agreements.versions.services.versions import recall, stop_preparing
from deadlines.models import Concerned, Deadline, Holder, Reminder
from house import clock
from house.refusals import Refused
from mou_portal.home_page import HomePage
from nhsuk.forms import date_boxes
from parties.models import User
from tests.agreements.changed import asks_changes, chairs_word, change, sentences_for, still_open
from tests.agreements.decided import as_it_is, page_of
from tests.agreements.reviewed import on, swept_on
from tests.cast import Cast, acting, organisation, user
from tests.conftest import Mailbox
from tests.stages import CHANGES, approve, ask, asked, drafted, give, make, sent, template

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)
START = date(2026, 3, 2)


# --- The decision


def test_which_changes_are_asked_for_has_to_be_written_down(
    cast: Cast, client_of: ClientOf
) -> None:
    version, client = sent(cast), client_of(cast.other_manager)
    typed = {"decision": "subject_to_changes", "edit_no": "0", "minute_reference": "GB 9"}
    typed |= date_boxes("decided_on", clock.today())
    page = client.post(page_of(version, "decision/"), typed).content.decode()
    assert "Write down which changes are asked for" in page
    assert 'value="GB 9"' in page
    typed |= {"changes_asked": CHANGES}
    said = client.post(page_of(version, "decision/"), typed, follow=True).content.decode()
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
    page = client.post(page_of(version, "decision/"), typed).content.decode()
    assert "Empty this box, or change the decision" in page
    assert "Say four times a year in" in page
    assert not Approval.objects.exists()


# --- The others are not asked


def test_nobody_is_asked_to_approve_or_sign_what_must_change(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    version = sent(cast)
    assert len(still_open("approval_awaited")) == 2
    asks_changes(cast.other_manager, version)
    assert not still_open("approval_awaited")
    assert not still_open("signature_to_ask")
    [task] = still_open("changes_asked")
    holders = task.holders.filter(watches=False)
    assert {each.organisation_id for each in holders} == {cast.area_team.pk}
    [line] = sentences_for(cast.manager)
    assert line == "Make the changes asked for in version 0.1 of the MoU with Eastmoor CCG"
    assert not sentences_for(cast.other_manager)
    others = [todo.sentence for todo in HomePage(acting(cast.other_manager)).others]
    assert others == [
        "Make the changes asked for in version 0.1 of the MoU with Northern Moors Area Team"
    ]
    page = client_of(cast.manager).get(page_of(version)).content.decode()
    assert "Record what the Director decided" not in page
    assert "Recall version 0.1 and make only the changes that Eastmoor CCG asked for" in page
    mail = mailbox.to(cast.manager.email)[-1]
    assert "You are not asked to approve version 0.1: its text has to change first." in mail.body
    assert CHANGES not in mail.body


def test_who_was_asked_to_sign_is_not_reminded_until_it_may_be_signed(cast: Cast) -> None:
    with on(START):
        ours, _ = asked(cast)
        asks_changes(cast.other_manager, ours.version)
        assert not still_open("signature_awaited")
    with on(START + DAY):
        approve(cast.other_manager, ours.version)
        assert len(still_open("signature_awaited")) == 2
        assert not still_open("changes_asked")


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
    assert sentences_for(cast.manager) == [
        "Make the changes asked for in version 0.1 of the MoU with Eastmoor CCG"
    ]
    client, home = client_of(cast.manager), f"/agreements/{version.agreement.reference}/"
    for path in (home, f"{home}text/", f"{home}text/freeze/"):
        assert CHANGES.split("“")[0] in client.get(path).content.decode()
    second = sent(cast, version.agreement)
    assert not still_open("changes_asked")
    recall(by=acting(cast.manager), version=second, because="A word more.")
    assert len(still_open("changes_asked")) == 1
    by, agreement = acting(cast.manager), as_it_is(second).agreement
    stop_preparing(by=by, agreement=agreement, because="No need.")
    assert not still_open("changes_asked")


# --- Signing, and what is printed


def test_subject_to_changes_is_no_approval_and_nothing_to_ratify(
    cast: Cast, client_of: ClientOf
) -> None:
    version = sent(cast)
    approve(cast.manager, version)
    asks_changes(cast.other_manager, version)
    with pytest.raises(Refused, match="has not approved this version yet"):
        ask(cast.other_manager, version, cast.other_signatory)
    page = client_of(cast.other_manager).get(page_of(version, "signature/")).content.decode()
    assert "It approved it subject to changes, which this text does not have." in page
    give(cast.signatory, ask(cast.manager, version, cast.signatory))
    theirs = ask(cast.other_manager, version, cast.other_signatory, because="They insist.")
    give(cast.other_signatory, theirs)
    assert not still_open("changes_asked")
    signed = as_it_is(version)
    document = AgreementDocument(signed, at=clock.now())
    printed = as_html(document)
    assert "Approved subject to changes, to be confirmed by the chair of the Governing Body" in (
        printed
    )
    assert f"Changes asked for: “{CHANGES}”" in printed
    page = client_of(cast.viewer).get(page_of(signed)).content.decode()
    for text in (printed, page):
        assert "to be ratified" not in text.lower()
    said = file_of(document).signatures
    assert [each.approval for each in said] == ["given", "subject_to_changes"]


# --- Many parties, and from before


def test_of_ten_parties_each_confirms_its_own(cast: Cast, client_of: ClientOf) -> None:
    version, managers = _of_ten(cast)
    for manager in managers[1:4]:
        asks_changes(manager, version)
    approve(managers[5], version)
    assert len(still_open("changes_asked")) == 3
    assert not still_open("approval_awaited")
    second = change(cast, version)
    assert len(still_open("approval_awaited")) == 10
    page = client_of(managers[1]).get(page_of(second)).content.decode()
    assert page.count("Confirm the changes from version 0.1 to version 0.2") >= 3
    client_of(managers[2]).post(page_of(second, "changes/"), chairs_word())
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
        assert (len(still_open("changes_asked")), len(still_open("rejection_stands"))) == (1, 1)
    assert Approval.objects.get(decision="subject_to_changes").changes == CHANGES


def _of_new_kinds(rows: Any) -> dict[str, Any]:
    kinds = ["changes_asked", "rejection_stands"]
    return {"kind__in": kinds} if rows is Deadline else {"deadline__kind__in": kinds}
