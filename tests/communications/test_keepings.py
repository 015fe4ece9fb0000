"""Is it kept? The answer rests on what the reader may see, and changes with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.models import Agreement
from communications.models import Announcement, ConcernedAgreement, Release
from communications.room import CommunicationsRoom
from communications.services.outcomes import release
from house import clock
from house.room import Keeping
from house.triggers import lifted
from parties.models import User
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.desk import NOW
from tests.conftest import ClientOf
from tests.reading import words_of

pytestmark = pytest.mark.django_db
PRESS = "press_release_lead_time"


def answers(user: User, agreement: Agreement) -> dict[str, Keeping]:
    return dict(CommunicationsRoom().keepings([agreement], acting(user))[agreement.pk])


def states(user: User, agreement: Agreement) -> tuple[str, str, str]:
    found = answers(user, agreement)
    return found["publication_lead_time"].state, found[PRESS].state, found["embargo"].state


def mark(cast: Cast, announcement: Announcement, because: str = "") -> None:
    release(
        by=acting(cast.manager), announcement=announcement, released_at=clock.now(), text="Out.",
        because=because,
    )  # fmt: skip


def test_from_nothing_yet_to_kept_as_each_side_may_see_it(cast: Cast, client_of: ClientOf) -> None:
    nothing = ("nothing_yet",) * 3
    with clock.at(NOW):
        agreement = desk.bilateral(cast)
        assert states(cast.viewer, agreement) == states(cast.other_viewer, agreement) == nothing
        announcement = desk.planned(cast, agreement, hours=48)
        assert states(cast.viewer, agreement) == ("nothing_yet", "due", "due")
        assert (
            "Next: share a draft by 12:00 pm BST on 3 June"
            in answers(cast.viewer, agreement)[PRESS].sentence
        )
        desk.shared(cast, desk.drafted(cast, announcement))
        # Before the release the other party's answer knows nothing of it; who is named does.
        assert states(cast.other_viewer, agreement) == nothing
        assert states(cast.other_colleague, agreement) == ("nothing_yet", "due", "due")
    with clock.at(NOW + timedelta(hours=48)):
        mark(cast, announcement)
        for user in (cast.viewer, cast.other_viewer):
            assert states(user, agreement) == ("nothing_yet", "kept", "kept")
            (evidence,) = answers(user, agreement)[PRESS].evidence
            assert evidence.url == f"/announcements/{announcement.public_id}/"
            assert client_of(user).get(evidence.url).status_code == 200
            page = words_of(client_of(user).get(f"/agreements/{agreement.reference}/kept/"))
            assert "The one draft of the last year was shared in time." in page


def test_without_its_evidence_it_is_kept_no_more(cast: Cast) -> None:
    with clock.at(NOW):
        agreement = desk.bilateral(cast)
        announcement = desk.planned(cast, agreement, hours=48)
        desk.shared(cast, desk.drafted(cast, announcement))
    with clock.at(NOW + timedelta(hours=48)):
        mark(cast, announcement)
        assert states(cast.other_viewer, agreement) == ("nothing_yet", "kept", "kept")
        # Nothing shows any more that a draft was shared in time.
        ConcernedAgreement.objects.update(reached_at=None)
        assert states(cast.other_viewer, agreement) == ("nothing_yet", "missed", "kept")
        # Nothing shows any more that somebody marked a release.
        with lifted():
            Release.objects.all().delete()
        announcement.refresh_from_db()
        announcement.state = "planned"
        announcement.save()
        assert states(cast.other_viewer, agreement) == ("nothing_yet",) * 3


def test_short_notice_and_what_is_late_are_missed(cast: Cast) -> None:
    with clock.at(NOW):
        agreement = desk.bilateral(cast)
        late = desk.planned(cast, agreement, hours=30)
        short = desk.planned(cast, agreement, hours=5, title="Short")
        desk.shared(cast, desk.drafted(cast, short), because="It leaked.")
    with clock.at(NOW + timedelta(hours=5)):
        mark(cast, short)
        found = answers(cast.other_viewer, agreement)[PRESS]
        assert found.state == "missed"
        assert found.sentence == "1 of 1 press releases of the last year came at short notice."
    with clock.at(NOW + timedelta(hours=7)):
        ours = answers(cast.viewer, agreement)[PRESS]
        assert ours.sentence.endswith("1 draft should have been shared by now.")
        theirs = answers(cast.other_viewer, agreement)[PRESS]
        assert "should have been" not in theirs.sentence
    # A year later what was missed is no longer held against them.
    with clock.at(NOW + timedelta(days=370)):
        desk.shared(cast, desk.drafted(cast, late), because="Very late.")
        assert answers(cast.other_viewer, agreement)[PRESS].state == "nothing_yet"
