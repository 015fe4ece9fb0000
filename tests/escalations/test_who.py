"""Who acts at a level, who records for whom, and who says it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.contacts.services.naming import end_contact, name_contact
from agreements.contacts.services.newcomers import Newcomer
from agreements.templates.services.keeping import new_template_draft, publish
from agreements.terms import as_stored
from escalations.presenters.words import page_of
from escalations.queries.people import People
from escalations.rules.levels import level_of
from escalations.services.naming import name_person
from house import clock
from house.refusals import NotYours, Refused
from parties.models import Absence, Person, Post, Team, TeamMember
from parties.services.absences import say_away
from tests.cast import Cast, acting, person_of
from tests.conftest import Mailbox
from tests.disagreements import (
    CHIEFS,
    MANAGERS,
    RESPONSIBLE,
    WORKING,
    at_managers,
    in_force,
    opened,
    proposed,
    up,
)
from tests.escalations.desk import Desk

pytestmark = pytest.mark.django_db
WILMA = Newcomer("Wilma Without", "wilma@moors.example", "Director of Finance")


def away(person: Person) -> None:
    Absence.objects.create(person=person, starts_on=clock.today() - timedelta(days=1))


def test_the_manager_records_for_somebody_without_an_account(cast: Cast, mailbox: Mailbox) -> None:
    disagreement = up(cast.manager, at_managers(cast), RESPONSIBLE)
    name_person(by=acting(cast.manager), disagreement=disagreement, level=RESPONSIBLE, person=WILMA)
    (told,) = mailbox.to(WILMA.email)
    assert "Ask Maud Manager to show you what was said" in str(told.body)
    # A page that asks for a log-in is no way for who has none.
    assert page_of(disagreement) not in str(told.body)
    assert page_of(disagreement) in bodies(mailbox, cast.other_manager.email)
    desk = Desk(cast.manager)
    assert "You record this for Wilma Without" in desk.reads(disagreement, "propose/")
    said = desk.sends(disagreement, "propose/", text="Monthly.")
    assert "Wilma Without, recorded by Maud Manager" in said
    assert "Maud Manager made a proposal for Wilma Without." in said
    assert Desk(cast.colleague).code(disagreement, "propose/") == 403


def bodies(mailbox: Mailbox, address: str) -> str:
    return "\n".join(str(mail.body) for mail in mailbox.to(address))


def test_an_mou_manager_is_never_told_to_ask_the_mou_manager(cast: Cast, mailbox: Mailbox) -> None:
    away(person_of(cast.manager))
    at_managers(cast)
    told = bodies(mailbox, cast.manager.email)
    assert "Answer when you are back, or ask an administrator of Northern Moors Area T" in told
    assert "Ask Maud Manager" not in told
    assert "MoU manager records" not in told
    assert "Your MoU manager" not in told


def test_whoever_records_for_somebody_is_told_to_ask_them(cast: Cast, mailbox: Mailbox) -> None:
    disagreement = up(cast.manager, at_managers(cast), RESPONSIBLE)
    name_person(by=acting(cast.manager), disagreement=disagreement, level=RESPONSIBLE, person=WILMA)
    mailbox.all.clear()
    name_person(
        by=acting(cast.other_manager), disagreement=disagreement, level=RESPONSIBLE,
        person=Newcomer("Wanda Without", "wanda@ccg.example", "Director"),
    )  # fmt: skip
    proposed(cast.manager, disagreement)
    told = bodies(mailbox, cast.other_manager.email)
    assert "Wanda Without acts for Eastmoor CCG, and cannot answer here. Ask them, and r" in told


def test_a_contact_without_the_role_is_told_who_can(cast: Cast, mailbox: Mailbox) -> None:
    agreement = in_force(cast)
    party = agreement.parties.get(slot="ccg")
    by, named = acting(cast.other_manager), person_of(cast.other_viewer)
    name_contact(by=by, party=party, role="mou_manager", person=named)
    up(cast.manager, at_managers(cast, agreement), RESPONSIBLE)
    told = bodies(mailbox, cast.other_viewer.email)
    assert (
        "Whoever holds the role MoU manager of Eastmoor CCG in the portal says who it is." in told
    )
    assert "Your MoU manager says" not in told


def test_whoever_has_an_account_acts_themselves_unless_away(cast: Cast) -> None:
    disagreement = opened(cast)
    assert Desk(cast.manager).code(disagreement, "propose/") == 403
    away(person_of(cast.colleague))
    assert "You record this for Colin Colleague" in Desk(cast.manager).reads(
        disagreement, "propose/"
    )
    assert Desk(cast.viewer).code(disagreement, "propose/") == 403


def test_the_deputy_acts_for_a_contact_who_is_away(cast: Cast) -> None:
    disagreement = at_managers(cast)
    party = disagreement.agreement.parties.get(slot="area_team")
    name_contact(
        by=acting(cast.manager), party=party, role="mou_manager",
        person=person_of(cast.manager), deputy=person_of(cast.viewer),
    )  # fmt: skip
    assert Desk(cast.viewer).code(disagreement, "propose/") == 403
    away(person_of(cast.manager))
    assert Desk(cast.viewer).code(disagreement, "propose/") == 200
    assert Desk(cast.manager).code(disagreement, "propose/") == 403
    assert "Vera Viewer , MoU manager, deputy of Maud Manager, who is away" in (
        Desk(cast.viewer).reads(disagreement).replace("Viewer,", "Viewer ,")
    )


def test_a_team_is_a_contact_by_its_members(cast: Cast, mailbox: Mailbox) -> None:
    disagreement = opened(cast)
    team = Team.objects.create(
        organisation=cast.area_team, purpose="primary_care", name="Primary care",
        address="primary@moors.example",
    )  # fmt: skip
    TeamMember.objects.create(team=team, person=person_of(cast.viewer))
    party = disagreement.agreement.parties.get(slot="area_team")
    name_contact(by=acting(cast.manager), party=party, role="mou_manager", team=team)
    up(cast.colleague, disagreement, MANAGERS)
    assert Desk(cast.viewer).code(disagreement, "propose/") == 200
    assert "Northern Moors Area Team: Primary care, MoU manager" in Desk(cast.viewer).reads(
        disagreement
    )
    assert mailbox.to("primary@moors.example")


def test_without_a_contact_whoever_holds_the_role_is_the_manager(cast: Cast) -> None:
    disagreement = at_managers(cast)
    party = disagreement.agreement.parties.get(slot="area_team")
    end_contact(by=acting(cast.manager), party=party, role="mou_manager")
    assert Desk(cast.manager).code(disagreement, "propose/") == 200


def test_a_contact_role_acts_at_its_level_whatever_it_is_called(cast: Cast) -> None:
    source = in_force(cast).template_version
    first, *more = source.typed_terms.levels
    acts = first.model_copy(update={"roles": {"area_team": "primary_liaison"}})
    draft = new_template_draft(by=acting(cast.manager), template=source.template)
    draft.terms = as_stored(source.typed_terms.model_copy(update={"levels": (acts, *more)}))
    draft.save()
    publish(by=acting(cast.manager), version=draft)
    disagreement = opened(cast, in_force(cast, draft))
    assert Desk(cast.viewer).code(disagreement, "propose/") == 403
    party = disagreement.agreement.parties.get(slot="area_team")
    viewer = person_of(cast.viewer)
    name_contact(by=acting(cast.manager), party=party, role="primary_liaison", person=viewer)
    assert Desk(cast.viewer).code(disagreement, "propose/") == 200


def test_a_post_that_changes_hands_changes_who_acts(cast: Cast) -> None:
    disagreement = up(cast.manager, at_managers(cast), CHIEFS, skipped="No time.")
    assert Desk(cast.signatory).code(disagreement, "propose/") == 200
    for post in person_of(cast.signatory).posts.all():
        post.ends_on = clock.today() - timedelta(days=1)
        post.save()
    assert Desk(cast.signatory).code(disagreement, "propose/") == 403
    Post.objects.create(
        person=person_of(cast.viewer), organisation=cast.area_team, title="AREA TEAM DIRECTOR"
    )
    assert Desk(cast.viewer).code(disagreement, "propose/") == 200


def test_nobody_is_named_where_a_post_is_held(cast: Cast) -> None:
    disagreement = opened(cast)
    for level, words in ((MANAGERS, "Maud Manager holds it"), (CHIEFS, "Sid Signatory holds it")):
        with pytest.raises(Refused, match=words):
            name_person(
                by=acting(cast.manager), disagreement=disagreement, level=level,
                person=person_of(cast.viewer),
            )  # fmt: skip


def test_each_side_names_its_own_and_only_for_what_is_to_come(cast: Cast) -> None:
    disagreement = at_managers(cast)
    for level, person, words in (
        (WORKING, cast.viewer, "has left this level"),
        (RESPONSIBLE, cast.other_viewer, "Choose somebody of Northern Moors Area Team"),
    ):
        with pytest.raises(Refused, match=words):
            name_person(
                by=acting(cast.manager), disagreement=disagreement, level=level,
                person=person_of(person),
            )  # fmt: skip
    with pytest.raises(NotYours):
        name_person(
            by=acting(cast.colleague), disagreement=disagreement, level=RESPONSIBLE,
            person=person_of(cast.viewer),
        )  # fmt: skip
    assert Desk(cast.manager).code(disagreement, "levels/no-such/people/") == 404


def test_whoever_is_on_the_next_level_takes_it_up(cast: Cast) -> None:
    """As the clause has it: the next level may take up what one cannot settle."""
    disagreement = opened(cast)
    read = Desk(cast.manager).reads(disagreement, "next-level/")
    assert "MoU managers" in read
    assert Desk(cast.viewer).code(disagreement, "next-level/") == 403
    assert up(cast.manager, disagreement, MANAGERS).level == MANAGERS


def test_a_level_without_anybody_waits_for_the_manager(cast: Cast, mailbox: Mailbox) -> None:
    disagreement = up(cast.manager, at_managers(cast), RESPONSIBLE)
    (told,) = [m for m in mailbox.to(cast.other_manager.email) if "higher level" in m.subject]
    assert "Nobody acts for Eastmoor CCG at this level yet." in str(told.body)
    assert f"levels/{RESPONSIBLE}/people/" in str(told.body)
    with pytest.raises(NotYours, match="Your MoU manager says who does"):
        proposed(cast.manager, disagreement)


def test_a_name_is_taken_from_the_list_or_typed(cast: Cast) -> None:
    disagreement = opened(cast)
    page = f"levels/{RESPONSIBLE}/people/"
    desk = Desk(cast.manager)
    assert "Choose who acts for you, or enter their name" in desk.sends(disagreement, page)
    both = {"person": cast.viewer.person_id, "name": "Wilma"}
    assert "not both" in desk.sends(disagreement, page, **both)
    said = desk.sends(disagreement, page, name="Wilma Without")
    assert "Enter their e-mail address, so that they can be told" in said
    said = desk.sends(disagreement, page, name="Wilma Without", email=WILMA.email)
    assert "Wilma Without acts for Northern Moors Area Team" in said


def test_who_acted_at_a_level_stays_as_it_was(cast: Cast) -> None:
    """Posts change hands, and the record does not change with them."""
    disagreement = up(cast.manager, at_managers(cast), RESPONSIBLE)
    party = disagreement.agreement.parties.get(slot="area_team")
    name_contact(
        by=acting(cast.manager), party=party, role="mou_manager", person=person_of(cast.viewer)
    )
    read = Desk(cast.viewer).reads(disagreement)
    left = read.split("MoU managers From ")[1].split("Those responsible above")[0]
    assert "Northern Moors Area Team: Maud Manager, MoU manager" in left
    assert "Vera Viewer" not in left


def test_who_stands_in_for_a_key_contact_who_is_away_acts_before_the_deputy(cast: Cast) -> None:
    agreement = in_force(cast)
    name_contact(
        by=acting(cast.manager), party=agreement.parties.get(slot="area_team"), role="mou_manager",
        person=person_of(cast.manager), deputy=person_of(cast.viewer),
    )  # fmt: skip
    matter = at_managers(cast, agreement)
    say_away(
        by=acting(cast.manager), person=person_of(cast.manager), starts_on=clock.today(),
        ends_on=clock.today(), deputy=person_of(cast.colleague),
    )  # fmt: skip
    level = level_of(matter.terms, matter.level)
    on = People([matter]).on(matter, level, agreement.parties.get(slot="area_team"))
    assert (on.people, on.deputy_of) == ((person_of(cast.colleague),), "Maud Manager")
