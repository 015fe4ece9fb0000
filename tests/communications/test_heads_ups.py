"""A heads-up before a message to practices: told, read, gone out, or sent first (A11, A12, C11)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from communications.models import HeadsUp, HeadsUpAgreement, LocalCommittee, OwedTo, Told
from house import clock
from mail.models import Delivery
from tests.cast import Cast
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.doing import send
from tests.communications.telling import (
    LMC,
    LMC_ADDRESS,
    TEXT,
    TITLE,
    answers,
    at,
    given,
    link_in,
    sent_first,
    went_out,
)
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_at

pytestmark = pytest.mark.django_db
WHEN = {"day-day": "4", "day-month": "6", "day-year": "2026", "time": "9am"}


@pytest.mark.duty("A11")
def test_one_form_tells_the_named_contacts_under_many_agreements_first(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        client = client_of(cast.colleague)
        page = send(
            client, "/heads-ups/give/", title=TITLE, text=TEXT, audience="All practices", **WHEN,
            agreements=[first.pk, second.pk], committee_name=LMC, committee_address=LMC_ADDRESS,
        )  # fmt: skip
        assert "We are telling Oscar Othersby and 2 others by e-mail." in page
        heads_up = HeadsUp.objects.get()
        # The primary liaison of the one, the MoU manager of the other, which has no liaison.
        people = Told.objects.exclude(organisation=None).values_list("address", flat=True)
        assert {*people} == {cast.other_colleague.email, cast.third_manager.email}
        assert "Not told yet: Eastmoor CCG, Moors LMC and Westmoor CCG." in page
        (mail,) = mailbox.to(cast.other_colleague.email)
        assert "Heads-up on a message to practices, planned for 9:00 am BST on 4" in mail.subject
        assert "canary" not in f"{mail.subject}{mail.body}"
    with clock.at(NOW + timedelta(hours=1)):
        assert "All 4 told" in words_at(client, at(heads_up))
        assert TITLE in words_at(client_of(cast.other_colleague), at(heads_up))
        acknowledged = client_of(cast.other_colleague).post(at(heads_up, "acknowledge/"))
        assert acknowledged.status_code == 302
        assert "Oscar Othersby 1:00 pm BST on 2 June 2026" in words_at(client, at(heads_up))
    with clock.at(NOW + timedelta(hours=45)):
        client = client_of(cast.colleague)
        page = send(client, at(heads_up, "sent/"), **WHEN)
        assert "Went out 45 hours after the last of them was told" in page
        for user, agreement in ((cast.viewer, first), (cast.other_viewer, first)):
            kept = answers(user, agreement)["heads_up"]
            assert (kept.state, len(kept.evidence)) == ("kept", 1)
            assert "at least 45 hours before" in kept.sentence
        # An urgent alert that went first is recorded with its reason, and counts as missed.
        page = send(
            client, "/heads-ups/sent-first/", title="Recall", text="Stop.", audience="Practices",
            because="A safety alert.", agreements=[first.pk],
            **{"day-day": "4", "day-month": "6", "day-year": "2026", "time": "8:30"},
        )  # fmt: skip
        assert "It is recorded as sent first." in page
        assert "Why A safety alert." in page
        missed = answers(cast.other_viewer, first)["heads_up"]
        assert missed.state == "missed"
        assert missed.sentence == "1 of 2 messages in the last year came before all were told."
        assert answers(cast.viewer, second)["heads_up"].state == "kept"
        story = words_at(client, f"/agreements/{first.reference}/history/")
        assert "came before Eastmoor CCG and Moors LMC had a heads-up" in story


@pytest.mark.duty("A12")
def test_the_local_medical_committee_reads_the_same_by_a_link(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        agreement, client = desk.bilateral(cast), client_of(cast.colleague)
        said = {"title": TITLE, "text": TEXT, "audience": "All practices", **WHEN}
        page = send(client, "/heads-ups/give/", **said)
        lacking = f"No local medical committee is on your list for {agreement.reference}."
        assert f"{lacking} Tick this to go on" in page
        page = send(client, "/heads-ups/give/", **said, committee_name=LMC,
                    committee_address=LMC_ADDRESS)  # fmt: skip
        assert LMC in page
        assert LocalCommittee.objects.get().serves.get().agreement == agreement
        heads_up = HeadsUp.objects.get()
        path = link_in(mailbox, LMC_ADDRESS)
        (mail,) = mailbox.to(LMC_ADDRESS)
        assert "from Northern Moors Area Team" in mail.subject
        assert "canary" not in f"{mail.subject}{mail.body}"
    with clock.at(NOW + timedelta(hours=3)):
        # A program that opens the link reads nothing on record; the button does.
        link = client_of(cast.nobody)
        assert "canary-knot-2716" in words_at(link, path)
        assert Told.objects.get(address=LMC_ADDRESS).read_at is None
        assert "it is noted that you have read it" in send(link, path)
        assert f"{LMC}, by the link sent to o…@moors-lmc.example" in words_at(client, at(heads_up))
        went_out(cast, heads_up)
        for user in (cast.viewer, cast.other_viewer):
            kept = answers(user, agreement)["heads_up_committee"]
            assert (kept.state, len(kept.evidence)) == ("kept", 1)
        # The next one goes to it too, from the list, without a word.
        page = send(client, "/heads-ups/give/", **said | {"title": "Next"})
        assert LMC in page
        sent_first(cast)
        assert answers(cast.other_viewer, agreement)["heads_up_committee"].state == "missed"


def test_without_its_evidence_it_is_kept_no_more(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(NOW):
        agreement = desk.bilateral(cast)
        mailbox.all.clear()
        heads_up = given(cast)
        assert answers(cast.viewer, agreement)["heads_up"].state == "due"
        assert answers(cast.other_viewer, agreement)["heads_up"].state == "nothing_yet"
        assert len(mailbox.all) == 2
        went_out(cast, heads_up)
        assert answers(cast.viewer, agreement)["heads_up"].state == "kept"
        row = HeadsUpAgreement.objects.get()
        times = {each.committee_id is None: each.told_at for each in OwedTo.objects.all()}
        assert (row.reached_at, row.committee_at) == (times[True], times[False])
        HeadsUpAgreement.objects.update(reached_at=None)
        assert answers(cast.viewer, agreement)["heads_up"].state == "missed"
        assert answers(cast.viewer, agreement)["heads_up_committee"].state == "kept"


def test_what_goes_out_while_somebody_is_not_told_needs_its_reason(
    cast: Cast, client_of: ClientOf
) -> None:
    """Nobody looks into the outbox here: no e-mail goes."""
    with clock.at(NOW):
        heads_up, client = given(cast), client_of(cast.colleague)
        Delivery.objects.filter(address=LMC_ADDRESS).update(state="failed", next_try=None)
        page = words_at(client, at(heads_up))
        assert "Not told yet: Eastmoor CCG and Moors LMC." in page
        assert "Not yet: the e-mail did not arrive" in page
        refused = send(client, at(heads_up, "sent/"))
        assert "Say why it came before all were told." in refused
        row = OwedTo.objects.get(committee=None)
        page = send(client, at(heads_up, f"told/{row.pk}/"), how="By telephone")
        assert "It is recorded that Eastmoor CCG was told." in page
        page = send(client, at(heads_up, "sent/"), because="The committee's server was down.")
        assert "Went out before 1 of 2 were told" in page
        found = answers(cast.other_viewer, heads_up.concerned.get().agreement)
        assert (found["heads_up"].state, found["heads_up_committee"].state) == ("kept", "missed")
