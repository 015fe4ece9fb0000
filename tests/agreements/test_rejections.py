"""A rejection holds its party's own signature until that party approves; the others can sign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from agreements.models import Agreement, Approval, SignatureRequest, Version
from agreements.signing.services.asking import ask_instead, is_approved
from agreements.signing.services.paper import confirm_paper, record_paper
from agreements.signing.services.signing import say_not_ready
from agreements.versions.services.approving import record_approval
from deadlines.models import Deadline
from house import clock
from house.refusals import Refused
from nhsuk.forms import date_boxes
from parties.models import User
from tests.agreements.decided import as_it_is, as_printed, page_of
from tests.agreements.rejected import HELD, both_asked_and_theirs_rejected
from tests.agreements.reviewed import on, swept_on
from tests.cast import Cast, acting, person_of, user
from tests.conftest import Mailbox
from tests.pdf import a_pdf
from tests.stages import approve, ask, asked, draft_of, give, make, sent, template
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)


# --- The latest decision counts


@pytest.mark.parametrize(
    ("entered", "counts"),
    [
        ([("approved", 0), ("rejected", 3)], True),
        ([("rejected", 0), ("approved", 3)], False),
        ([("approved", 0), ("rejected", 0)], False),
        ([("rejected", 0), ("deferred", 0), ("delegated", 0)], True),
    ],
)
def test_the_day_of_the_decision_orders_them_then_the_entry(
    cast: Cast, entered: list[tuple[str, int]], counts: bool
) -> None:
    with on(date(2026, 3, 2)):
        version = sent(cast)
    for decision, ago in entered:
        record_approval(
            by=acting(cast.other_manager), version=version, decision=decision,
            decided_on=clock.today() - ago * DAY,
            delegated_to=person_of(cast.other_colleague) if decision == "delegated" else None,
        )  # fmt: skip
    assert is_approved(version, version.agreement.parties.get(slot="ccg")) is counts


def test_approved_rejected_and_approved_again_on_one_day_are_three(
    cast: Cast, client_of: ClientOf
) -> None:
    version = sent(cast)
    for decision in ("approved", "rejected", "approved"):
        approve(cast.other_manager, version, decision)
    assert version.approvals.count() == 3
    with pytest.raises(Refused, match="recorded already"):
        approve(cast.other_manager, version)
    page = client_of(cast.manager).get(page_of(version)).content.decode()
    today = f"{clock.today().day} {clock.today():%B %Y}"
    assert f"Before: Approved, {today}; Rejected, {today}" in page
    printed = as_printed(version)
    assert printed.count("<td>Governing Body</td><td>Approved</td>") == 2
    assert printed.count("<td>Governing Body</td><td>Rejected</td>") == 1


def test_an_earlier_approval_entered_later_says_which_counts(
    cast: Cast, client_of: ClientOf
) -> None:
    version = sent(cast)
    approve(cast.other_manager, version, "rejected")
    client, url = client_of(cast.other_manager), page_of(version, "decision/")
    typed = fields_of(client.get(url).content.decode()) | {"decision": "approved"}
    typed |= date_boxes("decided_on", clock.today() - 3 * DAY) | {"before_text": "on"}
    done = client.post(url, typed, follow=True).content.decode()
    assert "A later one counts: Rejected" in done
    assert "Next: ask for the signature" not in done


# --- The own signature waits


def test_a_party_that_rejected_cannot_ask_for_its_signature(
    cast: Cast, client_of: ClientOf
) -> None:
    version = sent(cast)
    approve(cast.other_manager, version, "rejected")
    for because in ("", "The Chair insists."):
        with pytest.raises(Refused, match=HELD):
            ask(cast.other_manager, version, cast.other_signatory, because=because)
    client = client_of(cast.other_manager)
    page = client.get(page_of(version, "signature/")).content.decode()
    assert "Your party has rejected this version" in page
    assert "sign before the approval" not in client.get(page_of(version)).content.decode()


def test_an_open_request_says_why_it_cannot_be_signed(cast: Cast, client_of: ClientOf) -> None:
    _, theirs = both_asked_and_theirs_rejected(cast)
    client = client_of(cast.other_signatory)
    url = f"/agreements/{theirs.version.agreement.reference}/sign/{theirs.pk}/"
    page = client.get(url).content.decode()
    assert "You cannot sign now" in page
    assert "The Governing Body of Eastmoor CCG rejected this version on" in page
    assert "to be ratified" not in page
    with pytest.raises(Refused, match=HELD):
        give(cast.other_signatory, theirs)
    assert SignatureRequest.objects.get(pk=theirs.pk).state == "asked"


def test_nobody_else_is_asked_instead_and_nothing_comes_in_on_paper(cast: Cast) -> None:
    _, theirs = both_asked_and_theirs_rejected(cast)
    deputy = user("Dora Deputy", cast.ccg, "signatory")
    by, today = acting(cast.other_manager), clock.today()
    with pytest.raises(Refused, match=HELD):
        ask_instead(by=by, request=theirs, person=person_of(deputy))
    with pytest.raises(Refused, match=HELD):
        record_paper(by=by, request=theirs, scan=a_pdf(), signed_by="Orla", signed_on=today)


def test_a_scan_recorded_before_the_rejection_counts_after_the_approval(cast: Cast) -> None:
    ours, theirs = asked(cast)
    by = acting(cast.other_manager)
    paper = record_paper(
        by=by, request=theirs, scan=a_pdf(), signed_by="Orla Officer", signed_on=clock.today()
    )
    approve(cast.other_manager, ours.version, "rejected")
    scans = Deadline.objects.filter(kind="scan_to_confirm")
    assert [each.state for each in scans] == ["cancelled"]
    with pytest.raises(Refused, match=HELD):
        confirm_paper(by=acting(cast.manager), paper=paper)
    approve(cast.other_manager, ours.version)
    assert scans.filter(state="open").count() == 1
    confirm_paper(by=acting(cast.manager), paper=paper)


@pytest.mark.usefixtures("nothing_but_agreements")
def test_the_signatory_is_not_reminded_until_the_party_approves(
    cast: Cast, mailbox: Mailbox
) -> None:
    start = date(2026, 3, 2)
    with on(start):
        _, theirs = asked(cast)
    with on(start + DAY):
        approve(cast.other_manager, theirs.version, "rejected")
        say_not_ready(by=acting(cast.other_signatory), request=theirs, because="They rejected it.")
    for number in range(2, 10):
        swept_on(start + number * DAY)
    told = [mail.subject for mail in mailbox.to(cast.other_signatory.email)]
    assert not [subject for subject in told if "awaited since" in subject]
    assert [m for m in mailbox.to(cast.signatory.email) if "awaited since" in m.subject]
    with on(start + 10 * DAY):
        approve(cast.other_manager, theirs.version)
    swept_on(start + 21 * DAY)
    told = [mail.subject for mail in mailbox.to(cast.other_signatory.email)]
    assert "awaited since 12 March 2026" in told[-1]


@pytest.mark.usefixtures("nothing_but_agreements")
def test_a_rejection_from_before_the_upgrade_stops_the_reminders(cast: Cast) -> None:
    _, theirs = asked(cast)
    row = _rejected_unheard(cast, theirs.version)
    chased = Deadline.objects.still_open().filter(kind="signature_awaited")
    assert (row.decision, chased.count()) == ("rejected", 2)
    for _ in "12":
        call_command("set_deadlines")
        assert chased.count() == 1


def _rejected_unheard(cast: Cast, version: Version) -> Approval:
    """A rejection as a former release kept it: of no consequence."""
    earlier = version.approvals.get(party__slot="ccg")
    earlier.pk, earlier.decision, earlier._state.adding = None, "rejected", True
    earlier.save()
    return earlier


@pytest.mark.parametrize("after", ["deferred", "noted", "for_engagement", "subject_to_changes"])
def test_what_does_not_approve_ends_no_rejection(cast: Cast, after: str) -> None:
    _, theirs = both_asked_and_theirs_rejected(cast)
    approve(cast.other_manager, theirs.version, after)
    with pytest.raises(Refused, match=HELD):
        give(cast.other_signatory, theirs)


# --- The other side


def test_the_other_side_is_told_and_can_still_sign(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    ours, _ = both_asked_and_theirs_rejected(cast)
    mail = mailbox.to(cast.manager.email)[-1]
    assert "Eastmoor CCG recorded a decision on version 0.1" in mail.body
    assert "rejected." in mail.body
    assert "Signatures of the others stay, and they can still sign." in mail.body
    give(cast.signatory, ours)
    page = client_of(cast.manager).get(page_of(ours.version)).content.decode()
    assert "Eastmoor CCG rejected this version" in page
    assert SignatureRequest.objects.get(pk=ours.pk).state == "signed"
    assert as_it_is(ours.version).state == "out_for_signature"


def test_of_three_parties_one_rejects_and_two_sign(cast: Cast, mailbox: Mailbox) -> None:
    version, signatories = _of_three(cast)
    managers = (cast.manager, cast.other_manager, cast.third_manager)
    for manager in managers:
        approve(manager, version)
    requests = [ask(m, version, s) for m, s in zip(managers, signatories, strict=True)]
    approve(cast.third_manager, version, "rejected")
    for manager in managers[:2]:
        assert "Westmoor CCG recorded a decision" in mailbox.to(manager.email)[-1].body
    for person, request in list(zip(signatories, requests, strict=True))[:2]:
        give(person, request)
    with pytest.raises(Refused, match="Nobody can sign it for Westmoor CCG"):
        give(cast.third_signatory, requests[2])
    approve(cast.third_manager, version)
    give(cast.third_signatory, requests[2])
    assert as_it_is(version).state == "signed"


def _of_three(cast: Cast) -> tuple[Version, tuple[User, User, User]]:
    sides = {"area_team": cast.area_team, "ccg": cast.ccg, "second_ccg": cast.third_ccg}
    source = template(cast.area_team, tuple(sides))
    agreement: Agreement = make(acting(cast.manager), source, sides, {"area": "the moors"})
    assert draft_of(agreement)
    return sent(cast, agreement), (cast.signatory, cast.other_signatory, cast.third_signatory)
