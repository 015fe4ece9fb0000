"""Somebody who has actions leaves: who follows gets them, else the MoU manager."""

from __future__ import annotations

import pytest

from commitments.models import Action
from house import clock
from parties.models import Person, Post
from parties.services.joining import be_one_person
from parties.services.leaving import Successors, leave
from tests.cast import Cast, acting, person, person_of
from tests.commitments.stage import agreement_of, recorded, side
from tests.conftest import ClientOf, Mailbox
from tests.reading import all_words

pytestmark = pytest.mark.django_db


def left(cast: Cast, successor: Person | None = None) -> Action:
    """The viewer had an action of the Area Team, and leaves today."""
    agreement = agreement_of(cast)
    action = recorded(cast.manager, side(agreement), person=person_of(cast.viewer))
    leave(
        by=acting(cast.administrator), organisation=cast.area_team,
        person=person_of(cast.viewer), last_day=clock.today(),
        successors=Successors(rest=successor),
    )  # fmt: skip
    action.refresh_from_db()
    return action


def test_who_follows_has_the_action_and_is_told(cast: Cast, mailbox: Mailbox) -> None:
    action = left(cast, successor=person_of(cast.colleague))
    assert action.person == person_of(cast.colleague)
    (mail,) = [m for m in mailbox.to(cast.colleague.email) if "Do action 1" in m.subject]
    assert "you are named for this action" in mail.body


def test_without_a_successor_it_is_with_the_mou_manager(cast: Cast, mailbox: Mailbox) -> None:
    action = left(cast)
    assert action.person is None
    newest = [m for m in mailbox.to(cast.manager.email) if "ction 1" in m.subject][-1]
    assert "nobody is named for it yet" in newest.body


def test_the_other_party_reads_who_follows(cast: Cast, client_of: ClientOf) -> None:
    action = left(cast, successor=person_of(cast.colleague))
    page = all_words(client_of(cast.other_viewer), action.agreement)
    told = "Vera Viewer leaves Northern Moors Area Team. They had action 1"
    assert f"{told}: Colin Colleague follows." in page


def test_an_action_of_another_organisation_stays_as_it_is(cast: Cast) -> None:
    agreement = agreement_of(cast)
    theirs = recorded(
        cast.other_manager, side(agreement, "ccg"), person=person_of(cast.other_colleague)
    )
    leave(
        by=acting(cast.administrator), organisation=cast.area_team,
        person=person_of(cast.viewer), last_day=clock.today(),
    )  # fmt: skip
    theirs.refresh_from_db()
    assert theirs.person == person_of(cast.other_colleague)


def test_who_says_that_two_rows_are_them_has_the_actions_of_both(cast: Cast) -> None:
    """Named before they had an account here; an action of another organisation stays."""
    agreement, before = agreement_of(cast), person("Vera V.")
    for of in (cast.area_team, cast.ccg):
        Post.objects.create(person=before, organisation=of, title="Analyst")
    ours = recorded(cast.manager, side(agreement), person=before)
    theirs = recorded(cast.other_manager, side(agreement, "ccg"), person=before)
    be_one_person(cast.area_team, was=before, user=cast.viewer)
    for action in (ours, theirs):
        action.refresh_from_db()
    assert (ours.person, theirs.person) == (person_of(cast.viewer), before)
