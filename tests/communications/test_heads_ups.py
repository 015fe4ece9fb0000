"""A heads-up before a message to practices: told, read, gone out, or sent first (A11, A12, C11)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.models import Happening
from communications.heads_ups.services.answering import acknowledge
from communications.heads_ups.services.outcomes import mark_sent, say_told, tell_the_rest
from communications.models import HeadsUp, HeadsUpAgreement, LocalCommittee, OwedTo, Told
from deadlines.sweep import sweep_reminders
from house import clock
from house.refusals import NotYours, Refused
from mail.models import Delivery
from tests.cast import Cast, acting
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
from tests.reading import words_at, words_of

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


def test_moved_and_withdrawn_whoever_was_told_hears_of_it(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        heads_up, client = given(cast), client_of(cast.colleague)
        mailbox.all.clear()
        page = send(client, at(heads_up, "move/"), because="Proofs are late.", time="10am")
        assert "It is moved to 10:00 am BST on 4 June" in page
        moved = [mail.subject.partition(":")[0] for mail in mailbox.all]
        assert moved == ["Message to practices moved to 10"] * 2
        mailbox.all.clear()
        page = send(client, at(heads_up, "withdraw/"), because="Not needed.")
        assert "The heads-up is withdrawn." in page
        assert len(mailbox.all) == 2
        assert TITLE in words_at(client_of(cast.other_colleague), at(heads_up))
        with pytest.raises(Refused, match="was withdrawn"):
            went_out(cast, heads_up)


def test_before_it_has_gone_out_only_those_told_see_it(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        heads_up = given(cast)
        pages = ["/", "/heads-ups/", at(heads_up)]
        below = f"/agreements/{heads_up.concerned.get().agreement.reference}/"
        parts = ("", "announcements/", "kept/", "history/", f"on/{NOW.date().isoformat()}/")
        pages += [f"{below}{each}" for each in parts]

        def met(user: object) -> bool:
            answers = [client_of(user).get(page) for page in pages]  # type: ignore[arg-type]
            assert all(answer.status_code in {200, 302, 403, 404} for answer in answers)
            return any("canary" in answer.content.decode() for answer in answers)

        for user in (cast.viewer, cast.other_colleague, cast.other_manager):
            assert met(user), user
        for user in (cast.other_viewer, cast.third_manager, cast.stranger, cast.nobody):
            assert not met(user), user
        went_out(cast, heads_up, because="Early.")
        assert met(cast.other_viewer)
        for user in (cast.third_manager, cast.stranger, cast.nobody):
            assert not met(user), user


def test_only_who_was_told_acknowledges_and_only_the_owner_acts(cast: Cast) -> None:
    with clock.at(NOW):
        heads_up = given(cast)
        for user in (cast.colleague, cast.other_manager, cast.stranger):
            with pytest.raises(NotYours):
                acknowledge(by=acting(user), heads_up=heads_up)
        for user in (cast.viewer, cast.other_manager):
            with pytest.raises(NotYours):
                mark_sent(by=acting(user), heads_up=heads_up, sent_at=NOW)
        with pytest.raises(NotYours):
            say_told(by=acting(cast.other_manager), owed=OwedTo.objects.first(), at=NOW, how="x")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"title": ""}, "Enter a title"),
        ({"title": "x" * 10_000}, "Title must be 200 characters or fewer"),
        ({"text": ""}, "Enter what it says"),
        ({"agreements": []}, "Choose at least one agreement"),
        ({"day-day": "1"}, "If it went out already, record that it was sent first."),
        (
            {"day-day": "29", "day-month": "3", "time": "1:30"},
            "The clocks go forward over this time. Enter an earlier or a later one",
        ),
        ({"committee_name": "LMC"}, "Enter the e-mail address of the committee"),
    ],
)
def test_what_cannot_be_given_says_why(
    cast: Cast, client_of: ClientOf, said: dict[str, str], problem: str
) -> None:
    good = {"title": TITLE, "text": TEXT, "audience": "All", "as_it_is": "on", **WHEN}
    with clock.at(NOW):
        desk.bilateral(cast)
        page = send(client_of(cast.colleague), "/heads-ups/give/", **good | said)
    assert problem in page
    assert not HeadsUp.objects.exists()


def test_pressed_twice_it_is_given_once(cast: Cast) -> None:
    with clock.at(NOW):
        first, second = given(cast), given(cast)
        assert first == second
        assert Happening.objects.filter(verb="heads_up_given").count() == 1


def test_who_came_later_is_told_too(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(NOW):
        desk.bilateral(cast)
        mailbox.all.clear()
        heads_up = given(cast, committee=None)
        assert len(mailbox.all) == 1
        with pytest.raises(Refused, match="Nobody was told again"):
            tell_the_rest(by=acting(cast.colleague), heads_up=heads_up)
        given(cast, title="Another")
        (told,) = tell_the_rest(by=acting(cast.colleague), heads_up=heads_up)
        assert told.address == LMC_ADDRESS


def test_a_decision_tells_whom_it_affects_and_no_committee(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(NOW):
        agreement, kind = desk.bilateral(cast), "wider_impact"
        mailbox.all.clear()
        given(cast, by=cast.other_manager, kind=kind, title="Closing a clinic")
        (mail,) = mailbox.all
        assert mail.subject.startswith("Heads-up on a decision that may affect you, planned for")
        assert answers(cast.other_viewer, agreement)["wider_impact"].state == "due"
        assert answers(cast.other_viewer, agreement)["heads_up"].state == "nothing_yet"


def test_nobody_says_what_came_of_it_so_the_owner_is_asked(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        heads_up = given(cast)
        assert "Read the heads-up" in words_at(client_of(cast.other_colleague), "/")
        mailbox.all.clear()
    with clock.at(NOW + timedelta(hours=49, minutes=1)):
        sweep_reminders()
        subjects = {str(each.subject) for each in mailbox.to(cast.colleague.email)}
        assert len(subjects) == 1
        assert "Say what came of your message to practices, planned for" in subjects.pop()
        home = words_of(client_of(cast.colleague).get("/"))
        assert "move it or withdraw it" in home
        went_out(cast, heads_up)
        assert "move it or withdraw it" not in words_at(client_of(cast.colleague), "/")
