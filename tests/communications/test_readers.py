"""What readers do with a draft: it is logged; they acknowledge it and comment on it."""

from __future__ import annotations

import pytest

from communications.models import Acknowledgement, Comment, Read
from communications.queries.readers import Reader, press_teams
from communications.services.reading import acknowledge, comment
from house import clock
from house.refusals import NotYours
from parties.models import Team
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.doing import at
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def test_every_reading_is_logged_and_shown_to_the_owner(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        team = desk.press_team(cast.ccg, [cast.other_viewer])
        draft = desk.drafted(cast, announcement)
        desk.shared(cast, draft, desk.to(cast.other_colleague), Reader(cast.ccg, team=team))
        reader = client_of(cast.other_colleague)
        for _ in range(3):
            assert "Your reading is logged." in words_of(reader.get(at(announcement, "drafts/1/")))
        client_of(cast.other_viewer).get(at(announcement, "drafts/1/"))
        client_of(cast.viewer).get(at(announcement, "drafts/1/"))
        page = words_of(client_of(cast.viewer).get(at(announcement)))
    assert Read.objects.count() == 4
    assert "Oscar Othersby Eastmoor CCG Draft Draft 1" in page
    assert "Read 3 times First 12:00 pm BST on 2 June 2026" in page
    assert "Read 1 time by Otto Otherwise" in page


def test_a_reader_acknowledges_once_and_the_planner_is_told(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        draft = desk.drafted(cast, announcement)
        desk.shared(cast, draft)
        reader = client_of(cast.other_colleague)
        assert "Read the draft press release" in words_of(reader.get("/"))
        mailbox.all.clear()
        for _ in range(2):
            page = reader.post(at(announcement, "drafts/1/acknowledge/"), follow=True)
            assert "You have acknowledged draft 1." in words_of(page)
        (mail,) = mailbox.all
        assert mail.to == [cast.colleague.email]
        assert "Draft press release acknowledged, planned for" in mail.subject
        assert "Read the draft press release" not in words_of(reader.get("/"))
        owners = words_of(client_of(cast.viewer).get(at(announcement)))
    assert "Acknowledged Yes 12:00 pm BST on 2 June 2026" in owners
    assert Acknowledgement.objects.count() == 1


def test_comments_stay_between_the_readers_of_a_side_and_the_owner(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        draft = desk.drafted(cast, announcement)
        desk.shared(cast, draft, desk.to(cast.other_colleague), desk.to(cast.other_viewer))
        mailbox.all.clear()
        reader, owner = client_of(cast.other_colleague), client_of(cast.colleague)
        reader.post(at(announcement, "drafts/1/comment/"), {"text": "Name the surgeries."})
        (mail,) = mailbox.to(cast.colleague.email)
        assert "Comment on your draft press release" in mail.subject
        assert "Name the surgeries" not in str(mail.body)
        said = {"text": "We will.", "side": cast.ccg.pk}
        owner.post(at(announcement, "drafts/1/answer/"), said)
        told = {mail.to[0] for mail in mailbox.all} - {cast.colleague.email}
        assert told == {cast.other_colleague.email, cast.other_viewer.email}
        for user in (cast.other_viewer, cast.other_colleague, cast.viewer):
            page = words_of(client_of(user).get(at(announcement, "drafts/1/")))
            assert page.index("Name the surgeries.") < page.index("We will.")


def test_only_named_readers_comment_and_only_the_owner_answers(
    cast: Cast, client_of: ClientOf
) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        draft = desk.drafted(cast, announcement)
        desk.shared(cast, draft)
        for user, code in (
            (cast.colleague, 403), (cast.viewer, 403), (cast.other_manager, 404),
            (cast.stranger, 404),
        ):  # fmt: skip
            for path in ("comment", "acknowledge"):
                answer = client_of(user).post(at(announcement, f"drafts/1/{path}/"), {"text": "x"})
                assert answer.status_code == code, (user, path)
        answer = client_of(cast.other_colleague).post(at(announcement, "drafts/1/answer/"))
        assert answer.status_code == 403
        for act in (acknowledge, comment):
            words = {"text": "x"} if act is comment else {}
            with pytest.raises(NotYours):
                act(by=acting(cast.manager), draft=draft, **words)
    assert not Comment.objects.exists()


def test_what_is_said_twice_is_kept_once(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(NOW):
        draft = desk.drafted(cast, desk.planned(cast))
        desk.shared(cast, draft)
        mailbox.all.clear()
        for _ in range(2):
            comment(by=acting(cast.other_colleague), draft=draft, text="Hm.")
        assert len(mailbox.all) == 1
    assert Comment.objects.count() == 1


def test_a_press_team_is_a_team_for_the_press_of_that_organisation(cast: Cast) -> None:
    press = desk.press_team(cast.ccg)
    Team.objects.create(
        organisation=cast.ccg, purpose=Team.Purpose.FOI, name="FOI", address="foi@moors.example"
    )
    desk.press_team(cast.third_ccg)
    found = press_teams([cast.ccg.pk, cast.area_team.pk])
    assert found == {cast.ccg.pk: [press], cast.area_team.pk: []}
