"""The duty of four levels, from the working level to both chief executives, by the pages alone."""

from __future__ import annotations

import pytest

from agreements.contacts.services.naming import name_contact
from agreements.contacts.services.newcomers import Newcomer
from agreements.models import Agreement
from escalations.models import Disagreement
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.disagreements import (
    CHIEFS,
    MANAGERS,
    RESPONSIBLE,
    SUBJECT,
    WANTED,
    WORKING,
    in_force,
)
from tests.escalations.desk import Desk, words_of

pytestmark = pytest.mark.django_db


class People:
    """One desk for each person who has a part in it."""

    def __init__(self, cast: Cast) -> None:
        self.colleague, self.manager = Desk(cast.colleague), Desk(cast.manager)
        self.director, self.viewer = Desk(cast.signatory), Desk(cast.viewer)
        self.other_colleague, self.other_manager = (
            Desk(cast.other_colleague),
            Desk(cast.other_manager),
        )
        self.officer = Desk(cast.other_signatory)


def opens(desk: Desk, agreement: Agreement) -> Disagreement:
    """From the agreement's own page."""
    page = desk.client.get(f"/agreements/{agreement.reference}/disagreements/")
    url = f"/escalations/{agreement.reference}/open/"
    assert "Open a disagreement" in words_of(page)
    assert url in page.content.decode()
    answer = desk.client.post(url, {"subject": SUBJECT, "wanted": WANTED}, follow=True)
    assert "Disagreement 1 is open." in words_of(answer)
    return Disagreement.objects.get()


@pytest.mark.duty("A24")
def test_up_to_both_chief_executives(cast: Cast, mailbox: Mailbox) -> None:
    agreement, at = in_force(cast), People(cast)
    _has_a_responsible_officer(cast, agreement)
    disagreement = opens(at.colleague, agreement)
    each_level_has_its_post_for_each_party(at, disagreement)
    only_those_on_the_level_act(at, disagreement, cast)
    those_below_read_and_add_notes(at, disagreement)
    those_responsible_are_named(at, disagreement, cast)
    those_on_the_new_level_are_told(cast, mailbox)
    both_chief_executives_accept(at, disagreement)
    a_level_left_out_is_recorded(at, agreement)


def each_level_has_its_post_for_each_party(at: People, disagreement: Disagreement) -> None:
    """Whoever opened it deals with the matter; posts that somebody holds are theirs."""
    read = at.viewer.reads(disagreement)
    assert "Working level Now at this level" in read
    assert "Northern Moors Area Team: Colin Colleague, Staff dealing with the matter" in read
    assert "Eastmoor CCG: Nobody is named yet. By the terms: Staff dealing with" in read
    assert "Northern Moors Area Team: Maud Manager, MoU manager" in read
    assert "Northern Moors Area Team: Sid Signatory, Area Team Director" in read
    assert "Eastmoor CCG: Orla Officer, Accountable Officer" in read


def only_those_on_the_level_act(at: People, disagreement: Disagreement, cast: Cast) -> None:
    """Neither the MoU manager nor whoever is above; and each side says who acts for it."""
    for desk in (at.manager, at.viewer, at.director, at.other_colleague):
        assert desk.code(disagreement, "propose/") == 403
    _names(at.other_manager, disagreement, WORKING, cast.other_colleague.person_id)
    at.other_colleague.sends(disagreement, "wanted/", text="More visits.")
    assert "Eastmoor CCG More visits. Oscar Othersby" in at.viewer.reads(disagreement)
    _takes_up(at.other_colleague, disagreement, MANAGERS, "We went round in circles.")


def those_below_read_and_add_notes(at: People, disagreement: Disagreement) -> None:
    assert "We went round in circles." in at.colleague.reads(disagreement)
    assert at.colleague.code(disagreement, "propose/") == 403
    at.colleague.sends(disagreement, "notes/", text="The rota is clear.", seen_by="all")
    assert "The rota is clear." in at.other_manager.reads(disagreement)
    _takes_up(at.manager, disagreement, RESPONSIBLE, "It is about money.")


def those_responsible_are_named(at: People, disagreement: Disagreement, cast: Cast) -> None:
    """They are not the responsible officer, whose contact role only sounds alike."""
    read = at.manager.reads(disagreement)
    here = read.split("MoU managers Now at this level")[1].split("Both chief executives")[0]
    assert "Northern Moors Area Team: Nobody is named yet." in here
    assert "Rosa Responsible" not in here
    _names(at.manager, disagreement, RESPONSIBLE, cast.viewer.person_id)
    _takes_up(at.viewer, disagreement, CHIEFS, "It is about policy.")


def those_on_the_new_level_are_told(cast: Cast, mailbox: Mailbox) -> None:
    for chief in (cast.signatory, cast.other_signatory):
        (told,) = mailbox.to(chief.email)
        assert "Disagreement 1 taken to a higher level" in told.subject
        assert "to the level “Both chief executives jointly”" in str(told.body)


def both_chief_executives_accept(at: People, disagreement: Disagreement) -> None:
    """Each records it for its own party; before the second it is not settled."""
    said = at.director.sends(disagreement, "propose/", text="Visits each month.")
    assert "Accepted by Northern Moors Area Team. It waits for Eastmoor CCG." in said
    accept = f"proposals/{disagreement.steps.get(kind='proposal').pk}/accept/"
    assert "Accept the joint outcome" in at.officer.reads(disagreement)
    assert at.other_manager.code(disagreement, accept) == 403
    assert "Disagreement 1 is settled" in at.officer.sends(disagreement, accept)
    read = at.other_colleague.reads(disagreement)
    assert "What was agreed: Visits each month." in read
    assert "Accepted by Northern Moors Area Team and Eastmoor CCG." in read


def a_level_left_out_is_recorded(at: People, agreement: Agreement) -> None:
    """With a reason of its own, without which it cannot be left out."""
    url = f"/escalations/{agreement.reference}/open/?after=1"
    at.colleague.client.post(url, {"subject": SUBJECT, "wanted": WANTED})
    again = Disagreement.objects.get(number=2)
    refused = _takes_up(at.colleague, again, RESPONSIBLE, "It is urgent.")
    assert "Say why “MoU managers” is left out" in refused
    _takes_up(at.colleague, again, RESPONSIBLE, "It is urgent.", "Both managers are away.")
    read = at.other_manager.reads(again)
    assert "MoU managers Left out" in read
    assert "The level “MoU managers” was left out." in read
    assert "Both managers are away." in read


def _takes_up(desk: Desk, disagreement: Disagreement, to: str, why: str, left_out: str = "") -> str:
    return desk.sends(disagreement, "next-level/", target=to, because=why, skipped_because=left_out)


def _names(desk: Desk, disagreement: Disagreement, level: str, person: int | None) -> None:
    said = desk.sends(disagreement, f"levels/{level}/people/", person=person)
    assert "We told them." in said


def _has_a_responsible_officer(cast: Cast, agreement: Agreement) -> None:
    name_contact(
        by=acting(cast.manager),
        party=agreement.parties.get(slot="area_team"),
        role="responsible_officer",
        person=Newcomer("Rosa Responsible", "rosa@moors.example"),
    )
