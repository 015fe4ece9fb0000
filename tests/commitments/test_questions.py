"""What an owner is asked about an action that another party recorded stands on Home."""

from __future__ import annotations

from django.core.management import call_command

from agreements.models import Access
from commitments.models import Action
from commitments.services.changing import (
    answer_action,
    change_action,
    close_action,
    enter_in_error,
    reopen_action,
)
from deadlines.models import Concerned, Deadline, Holder
from house.answers import Todo
from mou_portal.home_page import HomePage
from parties.models import User
from tests.cast import Cast, acting
from tests.commitments.stage import WHAT, agreement_of, recorded, side
from tests.costs import signed_by

KIND = "action_to_confirm"


def for_them(cast: Cast) -> Action:
    return recorded(cast.manager, side(agreement_of(cast), "ccg"))


def mine(user: User) -> list[Todo]:
    return [todo for todo in HomePage(acting(user)).mine if todo.kind == KIND]


def of_others(user: User) -> list[Todo]:
    return [todo for todo in HomePage(acting(user)).others if todo.kind == KIND]


def asked(*users: User) -> set[str]:
    """Those of these people whom Home asks about an action."""
    return {str(user) for user in users if mine(user)}


def changed(by: User, action: Action, **more: object) -> None:
    action.refresh_from_db()
    said = {"what": WHAT, "owner": action.owner, "edit_no": action.edit_no} | more
    change_action(by=acting(by), action=action, **said)  # type: ignore[arg-type]


def test_who_may_answer_for_its_owner_is_asked(cast: Cast) -> None:
    action = for_them(cast)
    for user in (cast.other_manager, cast.other_colleague, cast.other_secretary):
        [todo] = mine(user)
        assert todo.sentence == "Say whether action 1 is right: Send the audit template"
        assert todo.about == "Working together, recorded by Northern Moors Area Team"
        assert (todo.url, todo.button) == (f"/commitments/{action.key}/", "Open the action")
    assert asked(cast.manager, cast.colleague, cast.stranger) == set()
    assert of_others(cast.manager) == of_others(cast.viewer) == []
    [waiting] = of_others(cast.other_viewer)
    assert waiting.waits_for == "Oscar Othersby or Olga Other or Odile Otherwell, Eastmoor CCG"


def test_nobody_is_asked_about_what_a_party_recorded_for_itself(cast: Cast) -> None:
    recorded(cast.manager, side(agreement_of(cast)))
    assert asked(cast.manager, cast.other_manager) == set()


def test_nobody_is_asked_after_the_answer_and_the_owner_again_after_a_change(cast: Cast) -> None:
    action = for_them(cast)
    answer_action(by=acting(cast.other_colleague), action=action, agrees=False, because="No.")
    assert asked(cast.other_manager) == set()
    changed(cast.manager, action, what="Read the audit template")
    assert [todo.sentence for todo in mine(cast.other_manager)] == [
        "Say whether action 1 is right: Read the audit template"
    ]
    answer_action(by=acting(cast.other_manager), action=action, agrees=True)
    changed(cast.other_manager, action, what="Send the audit template soon")
    assert asked(cast.manager, cast.other_manager) == set()


def test_of_three_parties_the_owner_alone_is_asked(cast: Cast) -> None:
    everybody = (cast.manager, cast.other_manager, cast.third_manager)
    sides = {"area_team": cast.area_team, "ccg": cast.ccg, "third": cast.third_ccg}
    agreement = signed_by(acting(cast.manager), sides)
    action = recorded(cast.manager, side(agreement, "ccg"))
    assert asked(*everybody) == {"Olga Other"}
    changed(cast.manager, action, owner=side(agreement, "third"))
    assert asked(*everybody) == {"Thea Third"}
    changed(cast.third_manager, action, owner=side(agreement))
    assert asked(*everybody) == {"Maud Manager"}


def test_what_is_closed_waits_for_no_word_until_it_is_open_again(cast: Cast) -> None:
    action = for_them(cast)
    close_action(by=acting(cast.manager), action=action, as_what="done")
    assert asked(cast.other_manager) == set()
    reopen_action(by=acting(cast.manager), action=action, because="It is not.")
    assert asked(cast.other_manager) == {"Olga Other"}
    enter_in_error(by=acting(cast.manager), action=action, because="Not here.")
    assert asked(cast.other_manager) == set()


def test_who_does_not_see_the_agreement_reads_nothing_of_its_actions(cast: Cast) -> None:
    for_them(cast)
    Access.objects.filter(organisation=cast.ccg).delete()
    assert mine(cast.other_manager) == of_others(cast.other_viewer) == []


def test_actions_from_before_an_upgrade_are_asked_about_once(cast: Cast) -> None:
    action, theirs = for_them(cast), side(agreement_of(cast), "ccg")
    answer_action(by=acting(cast.other_manager), action=recorded(cast.manager, theirs), agrees=True)
    of_kind = Deadline.objects.filter(kind=KIND)
    for rows in (Holder, Concerned):
        rows.objects.filter(deadline__in=of_kind).delete()
    of_kind.delete()
    for _ in "12":
        call_command("set_deadlines")
        [todo] = mine(cast.other_manager)
        assert todo.since == action.recorded_at
        assert of_kind.get().generation == 1
