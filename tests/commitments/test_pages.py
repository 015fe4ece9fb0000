"""The list of actions, the agreement's section, holdings and what is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement
from commitments.models import Action
from commitments.services.changing import close_action, enter_in_error
from commitments.services.recording import write_action
from house import clock
from house.answers import Keeping
from house.lifecycle import lock
from parties.holdings import holdings_of
from parties.models import Person
from tests.cast import Cast, acting, person_of
from tests.commitments.stage import WHAT, agreement_of, recorded, side
from tests.conftest import ClientOf
from tests.one_room import keepings


def test_the_list_tells_mine_ours_and_theirs_apart(cast: Cast, client_of: ClientOf) -> None:
    agreement = agreement_of(cast)
    recorded(cast.manager, side(agreement), what="Mine to do", person=person_of(cast.manager))
    recorded(cast.manager, side(agreement), what="Ours to do")
    recorded(cast.manager, side(agreement, "ccg"), what="Theirs to do")
    expected = {"": "Mine Ours Theirs", "mine": "Mine", "ours": "Mine Ours", "theirs": "Theirs"}
    client = client_of(cast.manager)
    for whose, who in expected.items():
        page = client.get("/commitments/", {"whose": whose}).content.decode()
        found = [each for each in ("Mine", "Ours", "Theirs") if f"{each} to do" in page]
        assert " ".join(found) == who, whose


@pytest.mark.sqlite
def test_the_list_finds_by_state_agreement_and_words(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = agreement_of(cast), client_of(cast.viewer)
    late = recorded(cast.manager, side(agreement), due_on=clock.today() - timedelta(days=1))
    for query, found in (
        ({}, 1),
        ({"state": "overdue"}, 1),
        ({"state": "closed"}, 0),
        ({"agreement": agreement.reference}, 1),
        ({"text": "AUDIT"}, 1),
        ({"text": "nothing like it"}, 0),
        ({"whose": "\x00", "state": "9" * 400}, 1),
    ):
        page = client.get("/commitments/", query).content.decode()
        assert (late.what in page) is bool(found), query


def test_an_empty_list_says_how_to_begin(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.viewer).get("/commitments/").content.decode()
    assert "Actions are agreed at meetings, or recorded on the page of an agreement." in page


@pytest.mark.parametrize("path", ["/commitments/", "/agreements/MOU-0001/meetings/"])
def test_a_page_asks_no_more_for_more_actions(
    path: str, cast: Cast, client_of: ClientOf, django_assert_num_queries: Any
) -> None:
    ours, client = side(agreement_of(cast)), client_of(cast.viewer)
    theirs = side(ours.agreement, "ccg")
    recorded(cast.manager, ours, person=person_of(cast.colleague))
    recorded(cast.manager, theirs, person=person_of(cast.other_manager))
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for _ in range(7):
        recorded(cast.manager, ours, person=person_of(cast.manager))
    with django_assert_num_queries(len(few)):
        page = client.get(path).content.decode()
    assert page.count("Maud Manager") >= 4


def test_whoever_leaves_has_actions_to_hand_over(cast: Cast) -> None:
    action = recorded(cast.manager, side(agreement_of(cast)), person=person_of(cast.colleague))
    held = holdings_of(person_of(cast.colleague), cast.area_team).named
    assert [(each.text, each.url) for each in held if "Action" in each.text] == [
        ("Action 1 of MOU-0001", f"/commitments/{action.key}/")
    ]


def test_whom_an_action_names_the_other_party_may_see(cast: Cast) -> None:
    viewer = person_of(cast.viewer)
    action = recorded(cast.manager, side(agreement_of(cast)), person=viewer)
    assert viewer in Person.objects.visible_to(acting(cast.other_viewer))
    enter_in_error(by=acting(cast.manager), action=action, because="Wrong person.")
    assert viewer not in Person.objects.visible_to(acting(cast.stranger))


# --- Is it kept?


def from_a_meeting(cast: Cast, agreement: Agreement, **more: Any) -> Action:
    with transaction.atomic():
        action, _ = write_action(
            by=acting(cast.manager), agreement=lock(agreement), what=WHAT, owner=side(agreement),
            source_key=f"meeting:{uuid4()}", **more,
        )  # fmt: skip
    return action


def kept(cast: Cast, agreement: Agreement) -> Keeping:
    return keepings([agreement], acting(cast.other_viewer))[agreement.pk]["meeting_actions"]


def test_actions_are_kept_while_all_that_was_due_is_closed(cast: Cast) -> None:
    agreement, by = agreement_of(cast), acting(cast.manager)
    action = from_a_meeting(cast, agreement, due_on=clock.today() + timedelta(days=3))
    assert kept(cast, agreement).state == "due"
    close_action(by=by, action=action, as_what="done")
    answer = kept(cast, agreement)
    assert (answer.state, answer.evidence[0].text) == ("kept", "Closed actions")
    late = from_a_meeting(cast, agreement, due_on=clock.today() - timedelta(days=1))
    assert kept(cast, agreement).sentence == "Meetings agreed 2 actions: 1 late, 1 done."
    enter_in_error(by=by, action=late, because="Twice.")
    assert kept(cast, agreement).state == "kept"
    # Without its evidence the answer is another one.
    enter_in_error(by=by, action=action, because="Never agreed.")
    assert kept(cast, agreement).state == "nothing_yet"


def test_what_is_open_and_what_was_dropped_is_said_beside_what_was_done(cast: Cast) -> None:
    agreement, by = agreement_of(cast), acting(cast.manager)
    done, dropped, _undated, disputed = (
        from_a_meeting(cast, agreement, **more)
        for more in ({}, {"due_on": clock.today()}, {}, {"due_on": clock.today() - timedelta(9)})
    )
    close_action(by=by, action=dropped, as_what="dropped", because="It was not needed.")
    disputed.standing = Action.Standing.DISPUTED
    disputed.save()
    said = "Meetings agreed 4 actions: 2 open, 1 said to be not right, 1 dropped. None is late."
    assert kept(cast, agreement) == Keeping("due", said)  # nothing was done: nothing shows it kept
    close_action(by=by, action=done, as_what="done")
    answer = kept(cast, agreement)
    assert (answer.state, len(answer.evidence)) == ("kept", 1)
    said = "1 open, 1 said to be not right, 1 done, 1 dropped. None is late."
    assert answer.sentence == f"Meetings agreed 4 actions: {said}"


def test_what_is_overdue_leads_to_it(cast: Cast, client_of: ClientOf) -> None:
    agreement = agreement_of(cast)
    from_a_meeting(cast, agreement, due_on=clock.today() - timedelta(days=1))
    (evidence,) = kept(cast, agreement).evidence
    assert evidence.text == "Late actions"
    assert "1 late action" in client_of(cast.other_viewer).get(evidence.url).content.decode()
