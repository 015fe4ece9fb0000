"""An MoU whose time is over is disposed of: proposed, accepted by all, carried out, and a stub."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from agreements.changes.services.answering import answer_change, withdraw_change
from agreements.disposal.services.proposing import propose_disposal
from agreements.models import Agreement, Change, ClauseText, Disposal, Happening, KeyContact
from agreements.retention.services.keeping import keep_longer, lift_hold, place_hold
from commitments.services.changing import close_action, reopen_action
from house.refusals import NotYours, Refused
from mou_portal.home_page import HomePage
from tests.agreements.disposed import (
    DAY,
    DECIDE,
    HAPPENED,
    SIGNED,
    UNTIL,
    WHY,
    agreed,
    disposed,
    ended,
    ends,
    proposed,
    works,
)
from tests.agreements.reviewed import on
from tests.cast import Cast, acting
from tests.commitments.stage import recorded
from tests.conftest import ClientOf, Mailbox
from tests.on_terms import in_force_on
from tests.reading import words, words_at

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def state(change: Change) -> tuple[str, str]:
    change.refresh_from_db()
    return change.state, change.closed_because


def test_from_a_proposal_by_page_to_a_stub(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = ended(cast)
    at = f"/agreements/{agreement.reference}/"
    with on(DECIDE):
        us, others = client_of(cast.manager), client_of(cast.other_manager)
        seen = words_at(us, f"{at}disposal/")
        assert "Clauses and terms, in all versions and drafts" in seen
        said = us.post(f"{at}disposal/propose/", {"because": WHY}, follow=True).content.decode()
        assert "The disposal is proposed." in said
        change = Change.objects.get(kind="disposal")
        (todo,) = [each for each in HomePage(acting(cast.other_manager)).mine if each.mine]
        assert "Answer the proposed disposal of" in todo.sentence
        others.post(f"{at}changes/{change.pk}/answer/", {"answer": "yes"})
        assert "It is carried out on 8 April 2022" in words_at(us, f"{at}disposal/")
    assert works(DAY - timedelta(days=1)) == 0
    assert works() == 1
    agreement.refresh_from_db()
    assert agreement.state == "disposed_of"
    with on(DAY):
        shown = words(client_of(cast.other_viewer), agreement)
        told = [m for m in mailbox.to(cast.other_manager.email) if "isposed of on" in m.subject]
    assert "Disposed of on 8 April 2022 by Northern Moors Area Team and Eastmoor CCG." in shown
    assert WHY in shown
    assert "signed version 1.0 on 1 April 2015" in shown
    assert agreement.in_force_version
    assert agreement.in_force_version.sha256 in shown
    assert len(told) == 1


def test_no_word_of_it_is_left(cast: Cast) -> None:
    agreement = disposed(cast)
    texts = ClauseText.objects.filter(version__agreement=agreement)
    assert {each.body for each in texts} <= {"", "Disposed of"}
    history: Any = ClauseText.history
    assert set(history.values_list("heading", flat=True)) == {"Disposed of"}
    assert HAPPENED not in str(list(Happening.objects.values_list("data", flat=True)))
    assert HAPPENED not in str(list(Agreement.history.values_list("ended_how", flat=True)))
    assert WHY in str(list(Change.objects.values_list("because", flat=True)))
    assert not KeyContact.objects.filter(party__agreement=agreement).exists()


def test_each_page_of_it_leads_to_what_is_left(cast: Cast, client_of: ClientOf) -> None:
    agreement = disposed(cast)
    at = f"/agreements/{agreement.reference}/"
    with on(DAY):
        client = client_of(cast.viewer)
        for page in ("history/", "changes/", "text/", "on/2015-06-01/", "versions/1/", "people/",
                     "on-a-page/", "on-a-page/print.pdf", "reminders/", "disposal/",
                     "on/2015-06-01/print.pdf", "handover/"):  # fmt: skip
            assert client.get(f"{at}{page}").headers.get("Location") == at, page
        assert client_of(cast.stranger).get(at).status_code == 404
        assert "Disposed of" in words_at(client, "/agreements/")


@pytest.mark.parametrize("how", ["no", "hold", "longer", "withdrawn"])
def test_what_stops_it(cast: Cast, how: str) -> None:
    agreement = ended(cast)
    change = proposed(cast, agreement)
    with on(DECIDE):
        them = acting(cast.other_manager)
        if how == "no":
            answer_change(by=them, change=change, agrees=False, because="We still use it.")
        elif how == "hold":
            place_hold(by=them, agreement=agreement, kind="inquiry", because="Inquiry 7.")
        elif how == "longer":
            keep_longer(by=them, agreement=agreement, until=DAY, because="For a study.")
        else:
            withdraw_change(by=acting(cast.manager), change=change, because="A mistake.")
    expected = {
        "no": ("refused", "We still use it."),
        "hold": ("withdrawn", "Eastmoor CCG placed a hold."),
        "longer": ("withdrawn", "Eastmoor CCG keeps it until 8 April 2022."),
        "withdrawn": ("withdrawn", "A mistake."),
    }
    assert state(change) == expected[how]
    assert works() == 0
    assert not Disposal.objects.exists()


def test_a_hold_in_the_week_between_stops_it_and_all_are_told(cast: Cast, mailbox: Mailbox) -> None:
    agreement = ended(cast)
    change = agreed(cast, agreement)
    with on(DAY - timedelta(days=1)):
        hold = place_hold(
            by=acting(cast.manager), agreement=agreement, kind="dispute", because="Claim 4."
        )
        (told,) = [
            m for m in mailbox.to(cast.other_manager.email) if "isposal stopped" in m.subject
        ]
    assert "stopped it. The reason is on its page" in told.body
    with on(DAY - timedelta(days=1)):
        lift_hold(by=acting(cast.manager), hold=hold, because="Settled.")
    works()
    assert state(change)[0] == "withdrawn"
    assert not Disposal.objects.exists()
    assert agreed(cast, agreement).state == "agreed"


def test_what_is_open_by_then_stops_it(cast: Cast, mailbox: Mailbox) -> None:
    with on(SIGNED):
        agreement = in_force_on(cast, minimum_months=0)
        action = recorded(cast.manager, agreement.parties.get(slot="area_team"))
    ends(cast, agreement)
    with on(DECIDE), pytest.raises(Refused, match="1 thing is still open under it"):
        propose_disposal(by=acting(cast.manager), agreement=agreement, because=WHY)
    with on(DECIDE):
        close_action(by=acting(cast.manager), action=action, as_what="done")
    change = agreed(cast, agreement)
    with on(DECIDE):
        reopen_action(by=acting(cast.manager), action=action, because="Not so.")
    assert works() == 1
    assert state(change)[0] == "withdrawn"
    assert "1 thing is still open under it" in change.closed_because
    with on(DAY):
        assert [m for m in mailbox.to(cast.manager.email) if "isposal stopped" in m.subject]


def test_who_may_propose_and_when(cast: Cast) -> None:
    agreement = ended(cast)
    for user in (cast.viewer, cast.colleague, cast.stranger):
        with on(DECIDE), pytest.raises(NotYours):
            propose_disposal(by=acting(user), agreement=agreement, because=WHY)
    with on(UNTIL), pytest.raises(Refused, match="It is kept until 31 March 2022"):
        propose_disposal(by=acting(cast.manager), agreement=agreement, because=WHY)
    with on(DECIDE):
        place_hold(by=acting(cast.manager), agreement=agreement, kind="other", because="X.")
        with pytest.raises(Refused, match="A hold stands"):
            propose_disposal(by=acting(cast.other_manager), agreement=agreement, because=WHY)
