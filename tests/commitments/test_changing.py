"""Changing an action, and the owner's word on what another party recorded for it."""

from __future__ import annotations

from datetime import date

import pytest

from commitments.models import Action
from commitments.services.changing import answer_action, change_action
from house.refusals import ChangedMeanwhile, NotYours, Refused
from parties.models import User
from tests.cast import Cast, acting, person_of
from tests.commitments.stage import WHAT, agreement_of, recorded, side
from tests.commitments.test_working import step
from tests.conftest import ClientOf, Mailbox
from tests.typed import fields_of


@pytest.fixture
def for_them(cast: Cast) -> Action:
    """Recorded by the Area Team, for Eastmoor CCG to do."""
    theirs = side(agreement_of(cast), "ccg")
    return recorded(cast.manager, theirs, due_on=date(2099, 3, 3))


def changed(by: User, action: Action, edit_no: int = 0, **more: object) -> bool:
    said = {"what": WHAT, "owner": action.owner, "person": None, "due_on": action.due_on} | more
    return change_action(by=acting(by), action=action, edit_no=edit_no, **said)  # type: ignore[arg-type]


def test_what_one_party_records_for_another_is_not_yet_confirmed(
    cast: Cast, client_of: ClientOf, for_them: Action, mailbox: Mailbox
) -> None:
    page = client_of(cast.viewer).get(f"/commitments/{for_them.key}/").content.decode()
    assert "Recorded by Northern Moors Area Team, not yet confirmed by Eastmoor CCG." in page
    told = mailbox.to(cast.other_manager.email)[-1]
    assert "Confirm it, or say what is not right." in told.body
    assert (
        "Say whether action 1 is right" in client_of(cast.other_manager).get("/").content.decode()
    )


def test_its_owner_confirms_it(
    cast: Cast, client_of: ClientOf, for_them: Action, mailbox: Mailbox
) -> None:
    page = step(client_of(cast.other_colleague), for_them, "answer", answer="yes")
    assert "You confirmed this action." in page
    assert "confirmed by Eastmoor CCG" in page
    told = mailbox.to(cast.manager.email)[-1]
    assert told.subject.startswith("Action 1 confirmed on")
    assert "Say whether action 1" not in client_of(cast.other_manager).get("/").content.decode()


def test_its_owner_says_what_is_not_right(
    cast: Cast, client_of: ClientOf, for_them: Action
) -> None:
    client = client_of(cast.other_manager)
    assert "Say what is not right" in step(client, for_them, "answer", answer="no", because="")
    page = step(client, for_them, "answer", answer="no", because="We did not agree to this.")
    assert "Eastmoor CCG says that it is not right." in page
    for_them.refresh_from_db()
    assert not for_them.is_overdue(date(2100, 1, 1))


def test_only_its_owner_answers(cast: Cast, client_of: ClientOf, for_them: Action) -> None:
    with pytest.raises(NotYours):
        answer_action(by=acting(cast.manager), action=for_them, agrees=True)
    answer = client_of(cast.colleague).get(f"/commitments/{for_them.key}/answer/")
    assert answer.status_code == 403


def test_an_own_action_needs_no_answer(cast: Cast) -> None:
    own = recorded(cast.manager, side(agreement_of(cast)))
    with pytest.raises(Refused, match="recorded this action itself"):
        answer_action(by=acting(cast.colleague), action=own, agrees=True)


def test_a_change_by_the_other_party_waits_for_the_owner_again(
    cast: Cast, for_them: Action
) -> None:
    answer_action(by=acting(cast.other_manager), action=for_them, agrees=True)
    assert changed(cast.manager, for_them, due_on=date(2099, 2, 2))
    for_them.refresh_from_db()
    assert for_them.standing == Action.Standing.AWAITED
    assert changed(cast.other_manager, for_them, edit_no=1, due_on=date(2099, 2, 9))
    for_them.refresh_from_db()
    assert for_them.standing == Action.Standing.OWN


def test_somebody_newly_named_is_told(cast: Cast, for_them: Action, mailbox: Mailbox) -> None:
    before = len(mailbox.all)
    changed(cast.manager, for_them, person=person_of(cast.other_colleague))
    (told,) = mailbox.all[before:]
    assert told.to == [cast.other_colleague.email]
    assert "Do action 1 by" in told.subject


def test_a_change_that_is_none_tells_nobody(cast: Cast, for_them: Action, mailbox: Mailbox) -> None:
    before = len(mailbox.all)
    assert not changed(cast.manager, for_them)
    assert len(mailbox.all) == before


def test_nobody_overwrites_what_they_have_not_seen(
    cast: Cast, client_of: ClientOf, for_them: Action
) -> None:
    client, path = client_of(cast.colleague), f"/commitments/{for_them.key}/change/"
    form = fields_of(client.get(path).content.decode())
    changed(cast.other_manager, for_them, what="Send it all")
    with pytest.raises(ChangedMeanwhile):
        changed(cast.manager, for_them, what="Send nothing")
    page = client.post(path, form | {"what": "Send half"}).content.decode()
    assert "Somebody changed this action since you opened this page." in page
    again = fields_of(page)
    assert again["what"] == "Send half"
    client.post(path, again)
    assert Action.objects.get().what == "Send half"


def test_the_history_keeps_who_changed_it(cast: Cast, for_them: Action) -> None:
    changed(cast.manager, for_them, what="Send it all")
    assert [row.what for row in for_them.history.all()] == ["Send it all", WHAT]
