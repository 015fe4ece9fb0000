"""The communications team is asked before a public statement; going ahead without it (D18)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from communications.models import Announcement, TeamAsked
from communications.room import CommunicationsRoom
from communications.services.outcomes import move_release, release, withdraw
from communications.services.teams import answer_as_team, ask_team
from deadlines.models import Deadline
from deadlines.sweep import sweep_reminders
from house import clock
from house.refusals import NotYours, Refused
from parties.models import Team
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.doing import at, send
from tests.communications.telling import link_in
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_at

pytestmark = pytest.mark.django_db
TITLE, DRAFT = "canary-ruff-5520", "canary-dunlin-9031"


def asked(cast: Cast, team: Team, announcement: Announcement | None = None) -> TeamAsked:
    planned = announcement or desk.planned(cast, title=TITLE)
    if not planned.drafts.exists():
        desk.drafted(cast, planned, text=f"It says {DRAFT}.")
    return ask_team(by=acting(cast.colleague), announcement=planned, team=team)


def state(cast: Cast) -> str:
    agreement = desk.bilateral(cast)
    found = CommunicationsRoom().keepings([agreement], acting(cast.other_viewer))
    return found[agreement.pk]["communications_team"].state


@pytest.mark.duty("D18")
def test_a_team_answers_by_its_link_and_going_ahead_without_needs_a_reason(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        team = desk.press_team(cast.ccg)
        announcement, client = desk.planned(cast, title=TITLE), client_of(cast.colleague)
        desk.drafted(cast, announcement, text=f"It says {DRAFT}.")
        page = send(client, at(announcement, "teams/ask/"), team=str(team.pk))
        assert f"{team} is asked." in page
        assert f"{team} has not answered." in page
        (mail,) = mailbox.to(team.address)
        assert "canary" not in f"{mail.subject}{mail.body}"
        # Without the answer it is not released without a reason, which is shown.
        final = {"final": "text", "text": "Out.", "because": "Early.", "as_it_is": "on"}
        page = send(client, at(announcement, "release/"), **final)
        assert "Say why it goes out without the consent of the team" in page
        assert not Announcement.objects.get().is_released
        link, path = client_of(cast.nobody), link_in(mailbox, team.address)
        assert DRAFT in words_at(link, path)
        assert "Say what is to change, or why you object" in send(link, path, answer="objects")
        page = send(link, path, answer="objects", words="Figures are wrong.")
        assert "Your answer is given." in page
        assert "has answered on your draft" in mailbox.to(cast.colleague.email)[-1].subject
        page = words_at(client, at(announcement))
        assert "We object Figures are wrong. By" in page
        assert f"{team}, by the link sent to p…@moors.example" in page
        page = send(client, at(announcement, "release/"), **final, without_team="It leaked.")
        assert "is marked as released" in page
        page = words_at(client, at(announcement))
        assert "Released all the same: It leaked." in page
        # The other parties hear nothing of it but the release.
        assert "It leaked." not in words_at(client_of(cast.other_viewer), at(announcement))
        assert state(cast) == "kept"
        alone = desk.planned(cast, title="Alone")
        release(by=acting(cast.manager), announcement=alone, released_at=clock.now(), text="Out.",
                because="Early.")  # fmt: skip
        assert state(cast) == "missed"


def test_only_the_team_reads_the_draft_and_answers(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        team = desk.press_team(cast.ccg, [cast.other_colleague])
        row = asked(cast, team)
        path = at(row.announcement, f"teams/{row.pk}/")
        assert DRAFT in words_at(client_of(cast.other_colleague), path)
        assert TITLE in words_at(client_of(cast.other_colleague), "/")
        for user in (cast.other_manager, cast.viewer, cast.stranger, cast.third_manager):
            assert client_of(user).get(path).status_code == 404
        for user in (cast.other_manager, cast.stranger):
            with pytest.raises(NotYours):
                answer_as_team(by=acting(user), asked=row, answer="no_objection")
        page = send(client_of(cast.other_colleague), path, answer="no_objection")
        assert "Your team said No objection." in page
        assert "Oscar Othersby" in words_at(client_of(cast.viewer), at(row.announcement))
        with pytest.raises(Refused, match="answered already"):
            answer_as_team(by=acting(cast.other_colleague), asked=row, answer="no_objection")
        # It consented: nothing more is asked for at the release.
        release(by=acting(cast.manager), announcement=row.announcement, released_at=clock.now(),
                text="Out.", because="Early.")  # fmt: skip


def test_asked_again_about_the_next_draft(cast: Cast) -> None:
    with clock.at(NOW):
        team = desk.press_team(cast.area_team, [cast.viewer])
        row = asked(cast, team)
        answer_as_team(by=acting(cast.viewer), asked=row, answer="change", words="Shorter.")
        with pytest.raises(Refused, match="about this draft already"):
            asked(cast, team, row.announcement)
        desk.drafted(cast, row.announcement, text="Shorter.")
        second = asked(cast, team, row.announcement)
        assert TeamAsked.objects.get(replaced_at=None) == second
        with pytest.raises(Refused):
            answer_as_team(by=acting(cast.viewer), asked=row, answer="no_objection")


def test_the_team_is_reminded_by_the_lead_time(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        team = desk.press_team(cast.area_team, [cast.viewer])
        row = asked(cast, team)
        date = Deadline.objects.get(kind="announcement_team")
        # Planned in 100 hours, with a lead time of 24.
        assert date.due_at == NOW + timedelta(hours=76)
        assert "thinks of the draft" in words_at(client_of(cast.viewer), "/")
        mailbox.all.clear()
        move_release(by=acting(cast.manager), announcement=row.announcement, because="Late.",
                     planned_for=NOW + timedelta(hours=124))  # fmt: skip
    with clock.at(NOW + timedelta(hours=76, minutes=1)):
        sweep_reminders()
        assert "say what you think of a draft" in str(mailbox.to(team.address)[-1].subject).lower()
        withdraw(by=acting(cast.manager), announcement=row.announcement, because="Off.")
        date.refresh_from_db()
        assert date.state == "cancelled"


def test_a_team_of_nobody_concerned_is_not_asked(cast: Cast) -> None:
    with clock.at(NOW), pytest.raises(Refused, match="Choose a team"):
        asked(cast, desk.press_team(cast.far_ccg))
