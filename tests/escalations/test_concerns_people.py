"""Readers come and go: key contacts without an account, leavers, lost roles, new key contacts."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.test import Client

from agreements.contacts.services.naming import end_contact, name_contact
from agreements.models import Agreement, KeyContact
from deadlines.sweep import sweep_reminders
from escalations.concerns.services.actions import add_action, close_action
from escalations.concerns.services.deciding import take_back_concern
from escalations.concerns.services.receiving import see_to_unread
from escalations.models import ConcernAction, ConcernReader, ConcernStep, PracticeConcern
from house import clock
from house.refusals import Refused
from parties.models import Membership, User
from parties.services.leaving import Successors, leave
from tests.agreements.contacted import lena
from tests.cast import Cast, acting, person_of
from tests.concerns import (
    KNOWN,
    ConcernDesk,
    agreement_of,
    confidential,
    let_read,
    recorded,
    shared,
)
from tests.conftest import Mailbox
from tests.reading import words_at
from tests.weeks import working_day
from tests.without_account import link_in

pytestmark = pytest.mark.django_db
LENA = "lena@ccg.example"


def readers(concern: PracticeConcern) -> set[User]:
    rows = ConcernReader.objects.still_open().filter(concern=concern)
    return {row.user for row in rows.select_related("user")}


def with_lena(cast: Cast) -> Agreement:
    """Who looks after it for Eastmoor CCG has no account."""
    agreement = agreement_of(cast)
    party = agreement.parties.get(slot="ccg")
    name_contact(by=acting(cast.other_manager), party=party, role="mou_manager", person=lena())
    return agreement


def test_who_has_no_account_reads_it_by_a_link_until_it_is_taken_back(
    cast: Cast, mailbox: Mailbox, client: Client
) -> None:
    with_lena(cast)
    concern = shared(cast)
    assert readers(concern) == {cast.manager}
    path = link_in(mailbox, LENA)
    assert KNOWN in words_at(client, path)
    assert not concern.steps.filter(kind=ConcernStep.Kind.READ).exists()
    client.post(path, {"text": "We are looking at it."}, follow=True)
    step = concern.steps.get(kind=ConcernStep.Kind.READ)
    assert step.by_link == "Lena Lead, by the link sent to l…@ccg.example"
    assert "We are looking at it." in ConcernDesk(cast.manager).reads(concern)
    take_back_concern(
        by=acting(cast.manager), concern=concern, parties=concern.agreement.sides, because="Wrong."
    )
    assert KNOWN not in client.get(path).content.decode()
    client.post(path, {"text": "Once more."})
    assert not concern.steps.filter(text="Once more.").exists()


def test_whoever_is_named_later_for_the_party_reads_what_waited(
    cast: Cast, mailbox: Mailbox
) -> None:
    """While nobody there could be told, nobody is; the page says so."""
    Membership.objects.filter(organisation=cast.ccg).delete()
    KeyContact.objects.filter(party__slot="ccg").delete()
    concern = recorded(cast)
    said = ConcernDesk(cast.manager).sends(
        concern, "decide/", decision="share", because="Their patients wait."
    )
    assert "Nobody of Eastmoor CCG can be told yet." in said
    Membership.objects.create(
        user=cast.other_manager, organisation=cast.ccg, role="manager", starts_on=clock.today()
    )
    name_contact(
        by=acting(cast.other_manager), party=concern.agreement.parties.get(slot="ccg"),
        role="mou_manager", person=person_of(cast.other_manager),
    )  # fmt: skip
    see_to_unread()
    assert readers(concern) == {cast.manager, cast.other_manager}
    assert confidential(mailbox, cast.other_manager)


def test_administrators_of_a_party_are_told_of_none(cast: Cast, mailbox: Mailbox) -> None:
    agreement = agreement_of(cast)
    assert cast.other_administrator
    KeyContact.objects.filter(party__slot="ccg").delete()
    Membership.objects.filter(user=cast.other_manager).delete()
    concern = shared(cast)
    assert readers(concern) == {cast.manager}
    assert not confidential(mailbox, cast.other_administrator)
    name_contact(
        by=acting(cast.other_administrator), party=agreement.parties.get(slot="ccg"),
        role="mou_manager", person=person_of(cast.other_colleague),
    )  # fmt: skip
    see_to_unread()
    assert cast.other_administrator not in readers(concern)


def test_a_reader_who_leaves_is_followed_by_whom_they_name(cast: Cast, mailbox: Mailbox) -> None:
    concern = recorded(cast)
    let_read(cast, concern, cast.viewer)
    action = add_action(
        by=acting(cast.manager), concern=concern, what="Ring them", sees_to_it=cast.viewer
    )
    row = ConcernReader.objects.get(user=cast.viewer)
    _leaves(cast, cast.viewer, {f"concern-reader-{row.pk}": person_of(cast.colleague)})
    assert readers(concern) == {cast.manager, cast.colleague}
    assert ConcernAction.objects.get(pk=action.pk).sees_to_it == cast.colleague
    assert confidential(mailbox, cast.colleague)


def test_who_takes_over_the_rest_does_not_read_it(cast: Cast) -> None:
    concern = recorded(cast)
    let_read(cast, concern, cast.viewer)
    leave(
        by=acting(cast.administrator), organisation=cast.area_team,
        person=person_of(cast.viewer), last_day=clock.today(),
        successors=Successors(rest=person_of(cast.colleague)),
    )  # fmt: skip
    assert readers(concern) == {cast.manager}


def test_what_nobody_reads_any_more_is_the_mou_managers(cast: Cast, mailbox: Mailbox) -> None:
    concern = recorded(cast, by=cast.colleague)
    see_to_unread()
    assert readers(concern) == {cast.colleague}
    held = Membership.objects.get(user=cast.colleague)
    held.ends_on = clock.today() - timedelta(days=1)
    held.save()
    see_to_unread()
    assert cast.manager in readers(concern)
    told = len(confidential(mailbox, cast.manager))
    assert told == 1
    see_to_unread()
    assert len(confidential(mailbox, cast.manager)) == told


def test_reminders_go_to_whom_an_action_names_in_words_that_say_nothing(
    cast: Cast, mailbox: Mailbox
) -> None:
    concern, due = shared(cast), working_day(clock.today() + timedelta(days=8))
    add_action(
        by=acting(cast.manager), concern=concern, what="Ring Beckside", due_on=due,
        sees_to_it=cast.manager,
    )  # fmt: skip
    before = len(confidential(mailbox, cast.manager))
    with clock.at(clock.london_instant(due, time(10))):
        sweep_reminders()
        told = confidential(mailbox, cast.manager)[before:]
        assert told
        assert "Beckside" not in str(told[-1].message())
        home = words_at(ConcernDesk(cast.manager).client, "/")
        assert "See to action 1 of the concern about Beckside Surgery" in home
        assert "Beckside" not in words_at(ConcernDesk(cast.colleague).client, "/")


def test_what_was_done_has_a_day_that_is_not_to_come(cast: Cast) -> None:
    concern = recorded(cast, has_gap=True, commissioner_name="Our neighbours")
    action = concern.actions.select_related("concern__agreement").get(number=2)
    with pytest.raises(Refused, match="today or before"):
        close_action(
            by=acting(cast.manager), action=action, as_what="done", evidence="Soon.",
            done_on=clock.today() + timedelta(days=1),
        )  # fmt: skip


def _leaves(cast: Cast, user: User, each: dict[str, object]) -> None:
    leave(
        by=acting(cast.administrator), organisation=cast.area_team, person=person_of(user),
        last_day=clock.today(), successors=Successors(each=each),  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_key_contact_who_ended_reads_nothing_by_the_former_link(
    cast: Cast, mailbox: Mailbox, client: Client
) -> None:
    agreement = with_lena(cast)
    shared(cast)
    path = link_in(mailbox, LENA)
    party = agreement.parties.get(slot="ccg")
    end_contact(by=acting(cast.other_manager), party=party, role="mou_manager")
    assert KNOWN not in client.get(path).content.decode()


def test_the_key_contact_who_follows_one_without_an_account_is_told(
    cast: Cast, mailbox: Mailbox
) -> None:
    agreement = with_lena(cast)
    concern = shared(cast)
    told = len(mailbox.to(LENA))
    see_to_unread()
    assert len(mailbox.to(LENA)) == told
    name_contact(
        by=acting(cast.other_manager), party=agreement.parties.get(slot="ccg"), role="mou_manager",
        person=person_of(cast.other_manager),
    )  # fmt: skip
    see_to_unread()
    assert readers(concern) == {cast.manager, cast.other_manager}


def test_a_successor_of_the_party_reads_what_nobody_of_it_would(cast: Cast) -> None:
    concern = recorded(cast)
    spell = concern.party.spells.get()
    spell.ends_on = clock.today() - timedelta(days=1)
    spell.save()
    concern.party.spells.create(organisation=cast.third_ccg, starts_on=clock.today())
    assert cast.third_manager
    see_to_unread()
    assert cast.third_manager in readers(concern)


def test_who_has_left_the_agreement_goes_on_reading_and_nobody_else_comes(cast: Cast) -> None:
    concern = recorded(cast, by=cast.colleague)
    spell = concern.party.spells.get()
    spell.ends_on = clock.today() - timedelta(days=1)
    spell.save()
    see_to_unread()
    assert readers(concern) == {cast.colleague}
    assert ConcernDesk(cast.colleague).code(concern) == 200
