"""Somebody leaves who holds something in every room: each thing has a successor, or is vacant."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from agreements.models import KeyContact
from communications.services.telling import tell_planner
from deadlines.models import Holder
from escalations.models import Step
from escalations.services.naming import name_person
from house import clock
from house.refusals import Refused
from house.room import Room
from house.rooms import registered
from nhsuk.forms import date_boxes
from parties.holdings import all_held
from parties.models import (
    Absence,
    Body,
    BodyOrganisation,
    Departure,
    Invitation,
    Membership,
    Organisation,
    Person,
    Post,
    Role,
    Seat,
    Team,
    TeamMember,
    User,
)
from parties.services.absences import say_away
from parties.services.leaving import Left, Successors, leave
from parties.services.people import Leaving
from tests import disagreements, stages
from tests.agreements.changed import asks_changes
from tests.at_once import ON_POSTGRES, at_once, refusals
from tests.cast import Cast, acting, give, person_of, user
from tests.commitments.stage import recorded
from tests.communications import desk
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_of as words
from tests.stages import asked

pytestmark = pytest.mark.django_db


def leaves(cast: Cast, who: User, rest: User | None = None, **more: Any) -> Left:
    return leave(
        by=acting(cast.administrator), organisation=cast.area_team, person=person_of(who),
        last_day=clock.today(),
        successors=Successors(rest=person_of(rest) if rest else None, **more),
    )  # fmt: skip


def key_of(who: User, of: Organisation, text: str) -> str:
    return next(each.key for each in all_held(person_of(who), of) if each.text.startswith(text))


def page(cast: Cast, who: User, rest: str = "leaves/") -> str:
    return f"/organisations/{cast.area_team.pk}/people/{person_of(who).pk}/{rest}"


# --- Signatures


def test_another_signatory_who_follows_is_asked_anew(cast: Cast, mailbox: Mailbox) -> None:
    ours, theirs = asked(cast)
    second = user("Sibyl Second", cast.area_team, Role.SIGNATORY)
    leaves(cast, cast.signatory, second)
    ours.refresh_from_db()
    assert (ours.person, ours.state) == (person_of(second), "asked")
    (told,) = [m for m in mailbox.to(second.email) if m.subject.startswith("Sign")]
    assert "Northern Moors Area Team" in told.body
    theirs.refresh_from_db()
    assert theirs.person == person_of(cast.other_signatory)


def test_nobody_is_asked_to_sign_who_may_not(cast: Cast, mailbox: Mailbox) -> None:
    ours, _ = asked(cast)
    left = leaves(cast, cast.signatory, cast.colleague)
    ours.refresh_from_db()
    assert (ours.state, left.vacant) == ("withdrawn", 1)
    assert "Sid Signatory leaves" in ours.ended_because
    (told,) = [m for m in mailbox.to(cast.manager.email) if m.subject.startswith("Sid Signatory")]
    assert "nobody follows yet in 1 thing" in told.subject
    assert "Asked to sign version 0.1 of" in told.body
    assert "your MoU manager asks another signatory" in told.body


def test_a_manager_who_takes_over_hears_besides_what_is_vacant(
    cast: Cast, mailbox: Mailbox
) -> None:
    asked(cast)
    team = Team.objects.create(organisation=cast.area_team, name="Press", address="p@x.example")
    TeamMember.objects.create(team=team, person=person_of(cast.signatory))
    leaves(cast, cast.signatory, cast.manager)
    told = [m.subject for m in mailbox.to(cast.manager.email) if "Sid Signatory" in m.subject]
    assert len(told) == 2
    assert any("nobody follows yet in 1 thing" in subject for subject in told)


def test_who_lacks_the_role_is_refused_for_the_one_thing(cast: Cast) -> None:
    asked(cast)
    key = key_of(cast.signatory, cast.area_team, "Asked to sign")
    with pytest.raises(Refused, match="has not the role for it: Signatory"):
        leaves(cast, cast.signatory, each={key: person_of(cast.colleague)})
    assert not Departure.objects.exists()


def test_what_a_decision_left_to_them_stays_and_the_managers_hear_of_it(
    cast: Cast, mailbox: Mailbox
) -> None:
    version = stages.sent(cast)
    asks_changes(cast.manager, version, person_of(cast.colleague))
    left = leaves(cast, cast.colleague, cast.viewer)
    [vacant] = left.departure.things.filter(is_vacant=True)
    assert vacant.text == f"Named in a decision on version 0.1 of {version.agreement.reference}"
    told = mailbox.to(cast.manager.email)[-1]
    assert "only who decided can name somebody else" in told.body
    approval = version.approvals.get()
    assert approval.delegated_to == person_of(cast.colleague)


# --- Announcements, disagreements


def test_a_planned_announcement_is_with_who_follows(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(desk.NOW):
        desk.bilateral(cast)
        planned = desk.planned(cast)
        leaves(cast, cast.colleague, cast.manager)
        planned.refresh_from_db()
        assert (planned.keeper, planned.planned_by) == (person_of(cast.manager), cast.colleague)
        held = Holder.objects.filter(deadline__subject_key=f"announcement:{planned.pk}")
        assert person_of(cast.colleague) not in {each.person for each in held}
        tell_planner(planned, kind="announcement_commented", event="x", side=cast.ccg.pk)
        newest = mailbox.to(cast.manager.email)[-1]
    assert "Comment on your draft press release" in newest.subject
    assert "you see to this announcement" in newest.body


def test_without_a_drafter_who_follows_it_is_nobodys_and_can_pass_on_once_more(cast: Cast) -> None:
    with clock.at(desk.NOW):
        desk.bilateral(cast)
        planned = desk.planned(cast)
        leaves(cast, cast.colleague, cast.viewer)
        planned.refresh_from_db()
        assert planned.keeper is None
        assert [
            each for each in all_held(person_of(cast.colleague), cast.area_team) if each.key
        ] == []


def test_who_is_named_for_a_level_is_followed_there(cast: Cast, mailbox: Mailbox) -> None:
    matter = disagreements.opened(cast)
    leaves(cast, cast.colleague, cast.viewer)
    newest = Step.objects.filter(disagreement=matter, kind="named").last()
    assert newest
    assert (newest.named, newest.level) == (person_of(cast.viewer), matter.level)
    assert any("you were named to act" in m.body for m in mailbox.to(cast.viewer.email))


def test_a_level_that_nobody_follows_in_is_vacant_on_its_page(
    cast: Cast, client_of: ClientOf
) -> None:
    matter = disagreements.opened(cast)
    leaves(cast, cast.colleague)
    shown = words(client_of(cast.manager).get(disagreements.url_of(matter)))
    assert "Nobody is named yet" in shown
    assert "any more: who was has left." in shown


# --- Drafts of others under embargo


def test_a_reader_who_leaves_is_told_to_who_shared_and_shown_to_nobody_of_their_own(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(desk.NOW):
        desk.bilateral(cast)
        planned = desk.planned(cast)
        desk.shared(cast, desk.drafted(cast, planned), desk.to(cast.other_colleague))
        by = acting(cast.other_administrator)
        who = person_of(cast.other_colleague)
        at = f"/organisations/{cast.ccg.pk}/people/{who.pk}/leaves/"
        assert "press release" not in words(client_of(cast.other_administrator).get(at))
        leave(by=by, organisation=cast.ccg, person=who, last_day=clock.today())
        told = mailbox.to(cast.colleague.email)[-1]
        own = [m.body for m in mailbox.to(cast.other_manager.email)]
    assert "Somebody who has your draft press release leaves" in told.subject
    assert "Oscar Othersby leaves Eastmoor CCG" in told.body
    assert not any("press release" in body for body in own)


# --- Seats and teams


def test_a_seat_stays_vacant_and_a_place_in_a_team_passes_on(cast: Cast) -> None:
    board = Body.objects.create(name="Board", kind="governing_body")
    BodyOrganisation.objects.create(body=board, organisation=cast.area_team)
    who = person_of(cast.colleague)
    seat = Seat.objects.create(body=board, organisation=cast.area_team, person=who, kind="lay")
    team = Team.objects.create(organisation=cast.area_team, name="Press", address="p@x.example")
    TeamMember.objects.create(team=team, person=who)
    leaves(cast, cast.colleague, cast.viewer)
    following = Seat.objects.get(starts_on=clock.today() + timedelta(days=1))
    assert (following.person, following.kind, seat.body) == (None, "lay", following.body)
    assert TeamMember.objects.filter(team=team, person=person_of(cast.viewer)).exists()


def test_whom_they_stand_in_for_has_who_follows_and_never_themselves(cast: Cast) -> None:
    for who in (cast.colleague, cast.signatory):
        say_away(
            by=acting(who), person=person_of(who), starts_on=clock.today(),
            ends_on=clock.today() + timedelta(days=9), deputy=person_of(cast.viewer),
        )  # fmt: skip
    leaves(cast, cast.viewer, cast.colleague)
    found = Absence.objects.values_list("person", "deputy")
    assert dict(found) == {
        person_of(cast.colleague).pk: None,
        person_of(cast.signatory).pk: person_of(cast.colleague).pk,
    }


# --- The page


def test_each_thing_has_a_successor_of_its_own_on_the_page(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(desk.NOW):
        agreement = desk.bilateral(cast)
        desk.planned(cast, by=cast.manager)
        second = user("Mina Second", cast.area_team, Role.MANAGER)
        key = key_of(cast.manager, cast.area_team, "Planned a press release")
        client = client_of(cast.administrator)
        shown = words(client.get(page(cast, cast.manager)))
        assert "Somebody else takes over single things" in shown
        assert "Without a successor: with your press team and MoU managers." in shown
        said = date_boxes("last_day", clock.today()) | {
            "successor": person_of(second).pk, key: person_of(cast.colleague).pk,
        }  # fmt: skip
        done = words(client.post(page(cast, cast.manager), said, follow=True))
        left = Departure.objects.get()
        at = f"/organisations/{cast.area_team.pk}/left/{left.pk}/"
        handed_over = words(client_of(cast.viewer).get(at))
    assert "Maud Manager leaves." in done
    assert "2 things are handed over." in done
    contact = KeyContact.objects.lasting().get(party__slot="area_team", role="mou_manager")
    assert contact.person == person_of(second)
    assert f"MoU manager of {agreement.reference} Who follows Mina Second" in handed_over
    assert "Who follows Colin Colleague" in handed_over
    (told,) = [m for m in mailbox.to(second.email) if "You take over 1 thing" in m.subject]
    assert f"/agreements/{agreement.reference}/handover/" in told.body
    assert "Begin with the handover sheets" in told.body


def test_somebody_new_takes_over_and_is_invited_in_the_same_step(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(desk.NOW):
        desk.bilateral(cast)
        said = date_boxes("last_day", clock.today()) | {
            "name": "Nell Newcomer", "email": "nell.newcomer@moors.example",
            "title": "Contracts lead", "roles": ["manager"],
        }  # fmt: skip
        client = client_of(cast.administrator)
        done = words(client.post(page(cast, cast.manager), said, follow=True))
        mails = mailbox.to("nell.newcomer@moors.example")
    assert "We sent an invitation to nell.newcomer@moors.example." in done
    contact = KeyContact.objects.lasting().get(party__slot="area_team", role="mou_manager")
    assert str(contact.person) == "Nell Newcomer"
    assert Invitation.objects.get().roles == ["manager"]
    (taken,) = [m for m in mails if "You take over" in m.subject]
    assert "you need an account" in taken.body
    assert "/agreements/" not in taken.body
    assert {m.subject.split(":")[0].split(" by ")[0] for m in mails} == {
        "Make an account", "You take over 1 thing from Maud Manager",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"name": "Nell Newcomer"}, "Enter their post"),
        ({"title": "Lead"}, "Enter their name"),
        ({"name": "N", "title": "L", "roles": ["viewer"]}, "Enter an e-mail address"),
    ],
)
def test_what_is_missing_of_somebody_new_is_said(
    cast: Cast, client_of: ClientOf, said: dict[str, Any], wrong: str
) -> None:
    boxes = date_boxes("last_day", clock.today())
    shown = client_of(cast.administrator).post(page(cast, cast.viewer), boxes | said)
    assert wrong in shown.content.decode()
    assert not Departure.objects.exists()


def test_an_open_invitation_of_who_leaves_is_taken_back(cast: Cast) -> None:
    somebody = Person.objects.create(name="Ina Invited", email="ina@moors.example")
    Post.objects.create(person=somebody, organisation=cast.area_team, title="Clerk")
    invitation = Invitation.objects.create(
        person=somebody, organisation=cast.area_team, email=somebody.email, roles=["viewer"],
        invited_by=cast.administrator, invited_at=clock.now(),
        expires_at=clock.now() + timedelta(days=9),
    )  # fmt: skip
    leave(
        by=acting(cast.administrator), organisation=cast.area_team, person=somebody,
        last_day=clock.today(),
    )  # fmt: skip
    invitation.refresh_from_db()
    assert invitation.withdrawn_at


def test_somebody_of_another_organisation_takes_over_nothing(cast: Cast) -> None:
    with pytest.raises(Refused, match="Choose somebody of Northern Moors Area Team"):
        leaves(cast, cast.viewer, cast.other_manager)


# --- One act


class Breaks(Room):
    name = "breaks"

    def person_leaves(self, leaving: Leaving) -> None:
        raise ConnectionError


def test_killed_on_the_way_nothing_is_lost_and_it_can_be_done_again(cast: Cast) -> None:
    with clock.at(desk.NOW):
        desk.bilateral(cast)
        planned = desk.planned(cast, by=cast.manager)
        before = {each.key for each in all_held(person_of(cast.manager), cast.area_team)}
        with registered(Breaks()), pytest.raises(ConnectionError):
            leaves(cast, cast.manager, cast.colleague)
        assert {each.key for each in all_held(person_of(cast.manager), cast.area_team)} == before
        assert Membership.objects.get(user=cast.manager).ends_on is None
        leaves(cast, cast.manager, cast.colleague)
        planned.refresh_from_db()
    assert planned.keeper == person_of(cast.colleague)


def test_what_somebody_holds_in_all_rooms_is_handed_over_in_one_order_of_locks(
    cast: Cast, mailbox: Mailbox
) -> None:
    """The order itself is watched in every test (tests/locks.py)."""
    with clock.at(desk.NOW):
        agreement = desk.bilateral(cast)
        who, by = person_of(cast.manager), acting(cast.manager)
        give(cast.manager, cast.area_team, Role.SIGNATORY)
        desk.planned(cast, by=cast.manager)
        matter = disagreements.opened(cast, agreement)
        name_person(by=by, disagreement=matter, level=matter.level, person=who)
        recorded(cast.manager, agreement.parties.get(slot="area_team"), person=who)
        version = stages.frozen(cast, stages.drafted(cast))
        stages.ask(cast.manager, version, cast.manager, because="Agreed.")
        left = leaves(cast, cast.manager, cast.colleague)
    kept = set(
        left.departure.things.filter(successor=person_of(cast.colleague)).values_list("text")
    )
    assert len(kept) == 4
    assert left.vacant == 1


def test_a_second_time_nothing_is_left_to_hand_over(cast: Cast, mailbox: Mailbox) -> None:
    leaves(cast, cast.viewer, cast.colleague)
    with pytest.raises(Refused, match="Vera Viewer holds nothing here"):
        leaves(cast, cast.viewer, cast.manager)
    assert Departure.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not ON_POSTGRES, reason="one writer at a time")
def test_two_administrators_at_once_hand_over_once(cast: Cast) -> None:
    second = user("Ada Second", cast.area_team, Role.ADMINISTRATOR)
    agreement = desk.bilateral(cast)
    follow = {cast.administrator: cast.colleague, second: cast.viewer}

    def act(by: User, rest: User) -> Left:
        return leave(
            by=acting(by), organisation=cast.area_team, person=person_of(cast.manager),
            last_day=clock.today(), successors=Successors(rest=person_of(rest)),
        )  # fmt: skip

    answers = at_once([(by, partial(act, by, rest)) for by, rest in follow.items()])
    assert len(refusals(answers)) == 1
    [left] = Departure.objects.all()
    held = KeyContact.objects.lasting().filter(party__agreement=agreement, role="mou_manager")
    contact = held.get(party__slot="area_team")
    assert contact.person == person_of(follow[User.objects.get(pk=left.by_id)])
