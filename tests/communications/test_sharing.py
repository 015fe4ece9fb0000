"""Whom a draft can go to, and the notice that they really get (A10)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from communications.models import Announcement, ConcernedAgreement, Share
from communications.queries.notice import reached_at
from communications.queries.readers import Reader
from communications.services.releasing import release
from communications.services.sharing import share, take_back
from deadlines.models import Deadline
from house import clock
from house.refusals import NotYours, Refused
from tests.cast import Cast, acting, person, person_of
from tests.communications import desk
from tests.communications.desk import NOW
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_of
from tests.typed import fields_of

pytestmark = pytest.mark.django_db


def share_page(client: Client, announcement: Announcement, **said: Any) -> str:
    """Sends the form of the page with these boxes; what is on the page that follows."""
    path = f"/announcements/{announcement.public_id}/share/"
    typed = fields_of(client.get(path).content.decode())
    return words_of(client.post(path, typed | said, follow=True))


def box(cast: Cast) -> str:
    return f"readers_{cast.ccg.pk}"


def concerned() -> ConcernedAgreement:
    return ConcernedAgreement.objects.get()


@pytest.mark.duty("A10")
def test_shorter_notice_is_counted_asked_about_and_shown(cast: Cast, client_of: ClientOf) -> None:
    client, liaison = client_of(cast.colleague), f"person-{person_of(cast.other_colleague).pk}"
    with clock.at(NOW):
        agreement = desk.bilateral(cast)
        early = desk.planned(cast, agreement, hours=30, title="In time")
        late = desk.planned(cast, agreement, hours=10, title="Short")
        never = desk.planned(cast, agreement, hours=48, title="Never shared")
        for each in (early, late):
            desk.drafted(cast, each)
        page = share_page(client, early, **{box(cast): [liaison]})
        assert "Draft 1 is shared." in page
        assert "We told Oscar Othersby." in page
        assert "Shared 30 hours before release." in page
        page = share_page(client, late, **{box(cast): [liaison]})
        assert "Say why the notice is short" in page
        assert not Share.objects.filter(draft__announcement=late).exists()
        page = share_page(client, late, **{box(cast): [liaison]}, because="The floods.")
        assert "10 hours Short notice Why it was short: The floods." in page
    for each, hours in ((late, 10), (early, 31), (never, 48)):
        with clock.at(NOW + timedelta(hours=hours)):
            release(
                by=acting(cast.manager), announcement=each, released_at=clock.now(), text="Out.",
                because="Nobody was there." if each == never else "",
            )  # fmt: skip
    with clock.at(NOW + timedelta(hours=60)):
        # Both sides read the same in the register, agreement by agreement and in total.
        some, none = "1 of 3 (33%)", "None released"
        ours, theirs = f"By us {some} By others {none}", f"By us {none} By others {some}"
        for user, row in ((cast.viewer, ours), (cast.other_viewer, theirs)):
            register = words_of(client_of(user).get("/announcements/"))
            assert f"MOU-0001 {row} Together {some}" in register
            assert f"In total {row} Together {some}" in register
            # Released an hour later than planned, so that the notice was an hour longer.
            assert "31 hours Met" in register
            assert "10 hours Short notice" in register
            assert "None: no draft was shared Short notice" in register
        page = words_of(client_of(cast.other_viewer).get(f"/agreements/{agreement.reference}/"))
        assert "“Never shared” as released, with no draft shared before." in page
        assert "Nobody was there." in page


def test_released_as_planned_after_a_short_share_is_short(cast: Cast) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast, hours=10)
        desk.shared(cast, desk.drafted(cast, announcement), because="The floods.")
        assert not concerned().met
    with clock.at(NOW + timedelta(hours=10)):
        release(
            by=acting(cast.manager), announcement=announcement, released_at=clock.now(), text="Out."
        )
    assert not concerned().met
    assert concerned().short_because == "The floods."


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
        page = share_page(
            client_of(cast.colleague), announcement, **{box(cast): f"team-{empty.pk}"}
        )
        assert "ask an administrator of Eastmoor CCG to invite them" in page
    assert not Share.objects.exists()
    assert concerned().reached_at is None


def test_somebody_else_is_named_by_their_address(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        desk.drafted(cast, announcement)
        client = client_of(cast.colleague)
        for address in ("nobody@moors.example", cast.third_manager.email, cast.viewer.email):
            page = share_page(client, announcement, address=address)
            assert "Nobody with this address has an account for Eastmoor CCG." in page
        page = share_page(client, announcement, address=cast.other_viewer.email.upper())
    assert "We told Otto Otherwise." in page


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
        typed = fields_of(client.get(path).content.decode()) | {box(cast): [reader]}
        second = desk.drafted(cast, announcement, text="Another word.")
        page = words_of(client.post(path, typed))
        assert "Draft 2 was added meanwhile. Look at it, then share it." in page
        assert not first.shares.exists()
        desk.shared(cast, second)


def test_the_notice_is_that_of_the_last_party_to_get_it(cast: Cast) -> None:
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        announcement = desk.planned(cast, first, second, hours=60)
        draft = desk.drafted(cast, announcement)
        desk.shared(cast, draft)
    rows = {row.agreement: row for row in announcement.concerned.all()}
    assert (rows[first].reached_at, rows[second].reached_at) == (NOW, None)
    states = dict(Deadline.objects.filter(kind="press_share_by").values_list("occurrence", "state"))
    assert states == {first.reference: "met", second.reference: "open"}
    with clock.at(NOW + timedelta(hours=50)):
        desk.shared(cast, draft, desk.to(cast.third_manager), because="We forgot.")
    row = announcement.concerned.get(agreement=second)
    assert row.reached_at == NOW + timedelta(hours=50)
    assert (row.met, row.short_because) == (False, "We forgot.")


def test_taken_back_before_anybody_else_had_it_the_time_is_open_again(
    cast: Cast, client_of: ClientOf
) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        (held,) = desk.shared(cast, desk.drafted(cast, announcement))
        path = f"/announcements/{announcement.public_id}/shares/{held.pk}/take-back/"
        page = words_of(client_of(cast.colleague).post(path, follow=True))
        assert "Oscar Othersby cannot read draft 1 any more." in page
        assert "took draft 1 back from Oscar Othersby" in page
        deadline = Deadline.objects.get(kind="press_share_by")
        assert (deadline.state, deadline.due_at) == ("open", concerned().share_by)
        with pytest.raises(Refused, match="any more already"):
            take_back(by=acting(cast.colleague), share=held)


def test_there_is_nothing_to_share_before_there_is_a_draft(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        answer = client_of(cast.colleague).get(
            f"/announcements/{announcement.public_id}/share/", follow=True
        )
    assert "Add a draft first." in answer.content.decode()
    assert answer.redirect_chain[-1][0].endswith("/drafts/add/")


def test_what_the_rows_say_is_what_the_shares_say(cast: Cast) -> None:
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        draft = desk.drafted(cast, desk.planned(cast, first, second))
        (held,) = desk.shared(cast, draft)
        desk.shared(cast, draft, desk.to(cast.third_manager), desk.to(cast.other_viewer))
        take_back(by=acting(cast.colleague), share=held)
    for row in ConcernedAgreement.objects.select_related("announcement", "agreement"):
        assert row.reached_at == reached_at(row)
