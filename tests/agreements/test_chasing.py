"""Signatures and approvals that are awaited are chased, with an end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from agreements.models import SignatureRequest
from agreements.signing.services.asking import ask_instead
from agreements.signing.services.paper import confirm_paper, record_paper, reject_paper
from agreements.signing.services.signing import say_not_ready
from agreements.versions.services.approving import record_approval
from agreements.versions.services.confirming import confirm_changes
from agreements.versions.services.versions import recall
from deadlines.models import Concerned, Deadline, Holder, Reminder
from house import clock
from mou_portal.home_page import HomePage
from parties.models import Absence, Membership
from tests.agreements.reviewed import days_told, on, swept_on
from tests.cast import Cast, acting, person_of, user
from tests.conftest import Mailbox
from tests.pdf import a_pdf, a_pdf_that_says
from tests.stages import approve, ask, asked, drafted, frozen, give, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]
ASKED = date(2026, 3, 2)
DAY = timedelta(days=1)


def chased(kind: str) -> dict[str, str]:
    """What is awaited of whom: the key and occurrence of each with its state."""
    return {
        f"{each.subject_key} {each.occurrence}".strip(): each.state
        for each in Deadline.objects.filter(kind=kind)
    }


def mails(mailbox: Mailbox, address: str, words: str) -> list[Any]:
    return [mail for mail in mailbox.to(address) if words in mail.subject]


@pytest.fixture
def requests(cast: Cast) -> tuple[SignatureRequest, SignatureRequest]:
    with on(ASKED):
        return asked(cast)


def test_a_signatory_is_reminded_and_at_the_end_the_manager_is_told(
    cast: Cast, requests: Any, mailbox: Mailbox
) -> None:
    ours, theirs = requests
    with on(ASKED + DAY):
        give(cast.signatory, ours)
    assert days_told(ASKED, ASKED + 90 * DAY) == [ASKED + DAY * n for n in (3, 7, 14, 21, 28)]
    told = mails(mailbox, cast.other_signatory.email, "Sign version 0.1, awaited")
    assert len(told) == 4
    assert told[0].subject == (
        "Sign version 0.1, awaited since 2 March 2026: with Northern Moors Area Team, "
        "Working together (MOU-0001)"
    )
    assert "has awaited your signature since 2 March 2026." in told[0].body.replace("\n", " ")
    assert f"/agreements/MOU-0001/sign/{theirs.pk}/" in told[0].body
    assert "Eastmoor CCG as Director" in told[0].body
    [last] = mails(mailbox, cast.other_manager.email, "Version 0.1 not signed")
    assert "We do not remind them again." in last.body
    assert not mails(mailbox, cast.manager.email, "not signed")
    # On the home page it stands once, as a step.
    with on(ASKED + 20 * DAY):
        mine = HomePage(acting(cast.other_signatory)).mine
    assert [todo.sentence for todo in mine] == [
        "Sign version 0.1 of the MoU with Northern Moors Area Team"
    ]


def test_it_ends_with_the_signature_here_or_on_paper(cast: Cast, requests: Any) -> None:
    ours, theirs = requests
    with on(ASKED + DAY):
        give(cast.signatory, ours)
        paper = record_paper(
            by=acting(cast.other_manager), request=theirs, scan=a_pdf(), signed_by="Orla Officer",
            signed_on=ASKED,
        )  # fmt: skip
        keys = [f"signaturerequest:{each.pk}" for each in requests]
        assert chased("signature_awaited") == {keys[0]: "met", keys[1]: "cancelled"}
        # A scan that is not right does not count: the signature is awaited anew.
        reject_paper(by=acting(cast.manager), paper=paper, because="Blank.")
        assert chased("signature_awaited")[keys[1]] == "open"
        paper = record_paper(
            by=acting(cast.other_manager), request=SignatureRequest.objects.get(pk=theirs.pk),
            scan=a_pdf_that_says("Signed"), signed_by="Orla Officer", signed_on=ASKED,
        )  # fmt: skip
        confirm_paper(by=acting(cast.manager), paper=paper)
    assert "open" not in chased("signature_awaited").values()
    assert days_told(ASKED, ASKED + 60 * DAY) == []


def test_who_is_not_ready_is_left_alone_for_a_week(
    cast: Cast, requests: Any, mailbox: Mailbox
) -> None:
    _, theirs = requests
    with on(ASKED + DAY):
        say_not_ready(by=acting(cast.other_signatory), request=theirs, because="Minutes.")
    assert swept_on(ASKED + 4 * DAY) == 1  # ours
    assert swept_on(ASKED + 8 * DAY) == 2
    [mail] = mails(mailbox, cast.other_signatory.email, "awaited")
    assert "You said why you were not ready to sign." in mail.body
    assert "Minutes" not in mail.body


def test_another_signatory_is_chased_instead(cast: Cast, requests: Any, mailbox: Mailbox) -> None:
    _, theirs = requests
    deputy = user("Dora Deputy", cast.ccg, "signatory")
    with on(ASKED + 5 * DAY):
        ask_instead(by=acting(cast.other_manager), request=theirs, person=person_of(deputy))
    swept_on(ASKED + 8 * DAY)
    assert len(mails(mailbox, deputy.email, "Sign version 0.1, awaited")) == 1
    assert not mails(mailbox, cast.other_signatory.email, "Sign version 0.1, awaited")


def test_who_is_away_or_may_no_longer_sign_is_passed_over(
    cast: Cast, requests: Any, mailbox: Mailbox
) -> None:
    Absence.objects.create(person=person_of(cast.other_signatory), starts_on=ASKED, ends_on=None)
    role = Membership.objects.get(user=cast.signatory)
    role.ends_on = ASKED - DAY
    role.save()
    swept_on(ASKED + 3 * DAY)
    for manager in (cast.manager, cast.other_manager):
        [mail] = mails(mailbox, manager.email, "Version 0.1 not signed")
        assert "They are away, or may no longer sign." in mail.body
        assert "/agreements/MOU-0001/versions/1/signature/" in mail.body


def test_a_recall_ends_all_of_it(cast: Cast, requests: Any) -> None:
    ours, _ = requests
    with on(ASKED + DAY):
        recall(by=acting(cast.manager), version=ours.version, because="A word.")
    states = chased("signature_awaited") | chased("approval_awaited")
    assert "open" not in states.values()
    assert days_told(ASKED, ASKED + 60 * DAY) == []


def test_each_party_is_reminded_of_its_own_approval(cast: Cast, mailbox: Mailbox) -> None:
    theirs = cast.other_manager.email
    with on(ASKED):
        version = sent(cast)
        approve(cast.manager, version)
    assert chased("approval_awaited") == {
        f"version:{version.pk} area_team": "met", f"version:{version.pk} ccg": "open",
    }  # fmt: skip
    assert days_told(ASKED, ASKED + 90 * DAY) == [ASKED + DAY * n for n in (7, 14, 28, 42)]
    told = mails(mailbox, theirs, "Approve version 0.1")
    mail = told[-1]
    assert "has awaited the approval of your Governing Body since 2 March 2026." in mail.body
    assert "/agreements/MOU-0001/versions/1/decision/" in mail.body
    with on(ASKED + 91 * DAY):
        approve(cast.other_manager, version)
    assert "open" not in chased("approval_awaited").values()


@pytest.mark.parametrize(
    ("decision", "told"),
    [("deferred", [10 + 7, 10 + 14]), ("noted", [17, 24]), ("rejected", []),
     # Whoever wrote the text is reminded of the changes.
     ("subject_to_changes", [17, 24])],
)  # fmt: skip
def test_a_decision_that_settles_nothing_begins_the_waiting_anew(
    cast: Cast, decision: str, told: list[int]
) -> None:
    manager = cast.other_manager
    with on(ASKED):
        version = sent(cast)
        approve(cast.manager, version)
    with on(ASKED + 10 * DAY):
        approve(manager, version, decision=decision)
    days = days_told(ASKED + 11 * DAY, ASKED + 30 * DAY)
    assert days == [ASKED + DAY * number for number in told]


def test_a_signature_before_the_approval_leaves_it_to_be_ratified(
    cast: Cast, mailbox: Mailbox
) -> None:
    with on(ASKED):
        version = frozen(cast)
        for by, signatory in (
            (cast.manager, cast.signatory), (cast.other_manager, cast.other_signatory),
        ):  # fmt: skip
            give(signatory, ask(by, version, signatory, because="The Chair agreed."))
    swept_on(ASKED + 7 * DAY)
    [mail] = mails(mailbox, cast.other_manager.email, "Approve version 1.0")
    assert "It was signed before." in mail.body
    with on(ASKED + 8 * DAY):
        approve(cast.other_manager, version)
    assert chased("approval_awaited")[f"version:{version.pk} ccg"] == "met"


def test_changes_are_confirmed_by_whom_they_were_left_to(cast: Cast, mailbox: Mailbox) -> None:
    with on(ASKED):
        version = sent(cast)
        first = record_approval(
            by=acting(cast.manager), version=version, decision="delegated",
            decided_on=clock.today(), delegated_to=person_of(cast.viewer),
        )  # fmt: skip
        recall(by=acting(cast.manager), version=version, because="A word.")
        second = sent(cast, version.agreement)
    swept_on(ASKED + 7 * DAY)
    [at_once, mail] = mails(mailbox, cast.viewer.email, "Confirm the changes in version 0.2")
    assert "awaited since 2 March 2026" in mail.subject
    assert "awaited" not in at_once.subject
    assert "/agreements/MOU-0001/versions/2/changes/" in mail.body
    assert "Northern Moors Area Team asked you to finalise this MoU." in mail.body
    with on(ASKED + 8 * DAY):
        confirm_changes(by=acting(cast.viewer), version=second, rests_on=first)
    assert chased("approval_awaited")[f"version:{second.pk} area_team"] == "met"


def test_what_waits_from_before_is_chased_from_now_on(cast: Cast, requests: Any) -> None:
    before = chased("signature_awaited")
    for rows in (Reminder, Holder, Concerned, Deadline):
        rows.objects.all().delete()
    for _ in "12":
        call_command("set_deadlines")
        assert chased("signature_awaited") == before
    assert not Deadline.objects.filter(kind="approval_awaited").exists()


def test_a_draft_awaits_nothing(cast: Cast) -> None:
    drafted(cast)
    assert not Deadline.objects.exists()
