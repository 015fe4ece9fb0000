"""Whom a draft can go to: nobody without an account, nobody of another agreement."""

from __future__ import annotations

import re

import pytest

from communications.models import Share
from communications.queries.readers import Reader
from communications.services.sharing import share
from house import clock
from house.refusals import NotYours, Refused
from nhsuk.offers import FEW
from parties.models import Team
from tests.cast import Cast, acting, person, person_of
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.doing import at, concerned, readers_box, send
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_of
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
# What is another on each page: the token and the key of its forms, and of its scripts.
KEYS = re.compile(r'(?<=value=")[^"]{40,}|(?<=nonce=")[^"]+')


def test_key_contacts_stand_first_and_who_cannot_read_is_said(
    cast: Cast, client_of: ClientOf
) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        desk.drafted(cast, announcement)
        press = desk.press_team(cast.ccg)
        page = words_of(
            client_of(cast.colleague).get(f"/announcements/{announcement.public_id}/share/")
        )
    names = ("Oscar Othersby, primary liaison", "Olga Other, MoU manager", f"{press.name} (team)")
    places = [page.index(name) for name in (*names, "Orla Officer")]
    assert places == sorted(places)
    assert "Nobody in this team has an account here, so nobody could read it." in page
    assert "Westmoor" not in page


def test_who_has_no_account_cannot_be_chosen(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        draft = desk.drafted(cast, announcement)
        empty = desk.press_team(cast.ccg)
        nobody = person("Nina Newcomer")
        said = "has no account here, so the draft cannot be read: there is no way to it without"
        with pytest.raises(Refused, match=f"Nina Newcomer {said}"):
            desk.shared(cast, draft, Reader(cast.ccg, person=nobody))
        with pytest.raises(Refused, match="Nobody in this team has an account here"):
            desk.shared(cast, draft, Reader(cast.ccg, team=empty))
        page = send(
            client_of(cast.colleague),
            at(announcement, "share/"),
            **{readers_box(cast): f"team-{empty.pk}"},
        )
        assert "ask an administrator of Eastmoor CCG to invite them" in page
    assert not Share.objects.exists()
    assert concerned().reached_at is None


@pytest.mark.parametrize("is_long", [False, True])
def test_no_answer_tells_who_is_in_another_organisation(
    cast: Cast, client_of: ClientOf, is_long: bool
) -> None:
    """Somebody who is there, with name and address, gets the page that nobody gets."""
    pages, there = [], (cast.other_viewer.get_full_name(), cast.other_viewer.email)
    with clock.at(NOW):
        announcement = desk.planned(cast)
        desk.drafted(cast, announcement)
        for n in range(FEW if is_long else 0):
            Team.objects.create(organisation=cast.ccg, purpose="press", name=f"Press {n}")
        client, path = client_of(cast.colleague), at(announcement, "share/")
        typed = fields_of(client.get(path).content.decode())
        for name, address in (there, ("Zadie Nowhere", "z@ccg.example")):
            said = {"name": name, "address": address, "other": name}
            page = client.post(path, typed | said).content.decode()
            pages.append(KEYS.sub("", page))
    assert pages[0] == pages[1]
    assert ("Or one other person" in pages[0]) == is_long
    assert "Ask their organisation to name them as a key contact" in pages[0]
    assert not Share.objects.exists()


def test_nobody_of_another_agreement_gets_it(cast: Cast) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        draft = desk.drafted(cast, announcement)
        for stranger in (cast.third_manager, cast.stranger, cast.viewer):
            with pytest.raises(Refused, match="is no other party to these agreements"):
                desk.shared(cast, draft, desk.to(stranger))


def test_only_editors_and_managers_of_its_own_organisation_share(cast: Cast) -> None:
    with clock.at(NOW):
        draft = desk.drafted(cast, desk.planned(cast))
        for user in (cast.viewer, cast.other_manager, cast.stranger):
            with pytest.raises(NotYours):
                share(by=acting(user), draft=draft, readers=[desk.to(cast.other_viewer)])


def test_pressed_twice_it_is_shared_once(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(NOW):
        draft = desk.drafted(cast, desk.planned(cast))
        mailbox.all.clear()
        desk.shared(cast, draft)
        with pytest.raises(Refused, match="They have this draft already"):
            desk.shared(cast, draft)
        assert len(mailbox.all) == 1
        desk.shared(cast, draft, desk.to(cast.other_colleague), desk.to(cast.other_viewer))
    assert Share.objects.count() == 2


def test_an_older_draft_is_not_shared_by_mistake(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        first = desk.drafted(cast, announcement)
        client, reader = client_of(cast.colleague), f"person-{person_of(cast.other_colleague).pk}"
        path = f"/announcements/{announcement.public_id}/share/"
        typed = fields_of(client.get(path).content.decode()) | {readers_box(cast): [reader]}
        second = desk.drafted(cast, announcement, text="Another word.")
        page = words_of(client.post(path, typed))
        assert "Draft 2 was added meanwhile. Look at it, then share it." in page
        assert not first.shares.exists()
        desk.shared(cast, second)


def test_there_is_nothing_to_share_before_there_is_a_draft(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        answer = client_of(cast.colleague).get(
            f"/announcements/{announcement.public_id}/share/", follow=True
        )
    assert "Add a draft first." in answer.content.decode()
    assert answer.redirect_chain[-1][0].endswith("/drafts/add/")
