"""Is it kept? The answer rests on what the reader may see, and changes with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from agreements.models import Agreement
from communications.models import Announcement, ConcernedAgreement, Release
from communications.room import CommunicationsRoom
from communications.services.outcomes import release
from house import clock
from house.answers import Keeping
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
            assert "The one press release of the last year was shared in time." in page


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


def released_short(
    cast: Cast, agreement: Agreement, title: str = "Short", because: str = "It leaked."
) -> Announcement:
    """Shared five hours before its release, with the reason that the clause asks for."""
    short = desk.planned(cast, agreement, hours=5, title=title)
    desk.shared(cast, desk.drafted(cast, short), because=because)
    with clock.at(clock.now() + timedelta(hours=5)):
        mark(cast, short)
    return short


@pytest.fixture
def agreement(cast: Cast) -> Iterator[Agreement]:
    with clock.at(NOW):
        yield desk.bilateral(cast)


def test_shorter_notice_with_its_reason_is_kept(
    cast: Cast, agreement: Agreement, client_of: ClientOf
) -> None:
    released_short(cast, agreement)
    with clock.at(NOW + timedelta(hours=6)):
        found = answers(cast.other_viewer, agreement)[PRESS]
        assert (found.state, len(found.evidence)) == ("kept", 1)
        one = "The one press release of the last year came at shorter notice, explained."
        assert found.sentence == one
        page = words_of(client_of(cast.viewer).get(f"/agreements/{agreement.reference}/kept/"))
        assert f"Kept {one}" in page
        released_short(cast, agreement, title="Again")
    with clock.at(NOW + timedelta(hours=12)):
        both = "Both press releases of the last year came at shorter notice, explained."
        assert answers(cast.viewer, agreement)[PRESS].sentence == both


def test_without_the_reason_it_is_not(cast: Cast, agreement: Agreement) -> None:
    released_short(cast, agreement)
    ConcernedAgreement.objects.update(short_because="")
    with clock.at(NOW + timedelta(hours=6)):
        found = answers(cast.other_viewer, agreement)[PRESS]
        assert found.state == "missed"
        assert found.sentence.endswith("came at short notice without a reason.")


def test_what_went_out_without_a_draft_had_no_notice_whatever_the_reason(
    cast: Cast, agreement: Agreement
) -> None:
    released_short(cast, agreement)
    mark(cast, desk.planned(cast, agreement, hours=1), because="A safety alert.")
    with clock.at(NOW + timedelta(hours=6)):
        found = answers(cast.other_viewer, agreement)[PRESS]
        assert (found.state, len(found.evidence)) == ("missed", 1)
        assert found.sentence == (
            "Of 2 press releases in the last year 1 came at shorter notice, explained and "
            "1 came without a draft shared before it."
        )


def test_a_draft_that_came_late_with_its_reason_is_not_awaited_any_more(
    cast: Cast, agreement: Agreement
) -> None:
    late = desk.planned(cast, agreement, hours=30)
    with clock.at(NOW + timedelta(hours=7)):
        found = answers(cast.viewer, agreement)[PRESS]
        assert (found.state, found.sentence) == (
            "missed",
            "1 draft should have been shared by now.",
        )
        assert "should have been" not in answers(cast.other_viewer, agreement)[PRESS].sentence
        desk.shared(cast, desk.drafted(cast, late), because="Late figures.")
        found = answers(cast.viewer, agreement)[PRESS]
        assert (found.state, found.sentence) == ("due", "1 draft shared and not released yet.")


def test_one_release_is_one_event_with_its_clauses(
    cast: Cast, agreement: Agreement, client_of: ClientOf
) -> None:
    mark(cast, desk.planned(cast, agreement, hours=1), because="A safety alert.")
    at = f"/agreements/{agreement.reference}/"
    with clock.at(NOW + timedelta(hours=2)):
        page = words_of(client_of(cast.viewer).get(f"{at}kept/"))
        overview = words_of(client_of(cast.viewer).get(at))
    missed = page.split("Late or missed (")[1].split("Kept (")[0]
    assert missed.count("press releases Missed") == 1
    clauses = "4.1 Involving each other early 4.3 Drafts of press releases 4.4 When notice has"
    assert clauses in missed
    for words, figure in (("Late or missed", "late or missed"), ("Kept", "kept"), ("Due", "due")):
        number = page.split(f"{words} (")[1].split(")")[0] if f"{words} (" in page else "0"
        assert f"{number} {figure}" in overview


def test_a_year_later_what_was_missed_is_no_longer_held_against_them(
    cast: Cast, agreement: Agreement
) -> None:
    mark(cast, desk.planned(cast, agreement, hours=1), because="A safety alert.")
    with clock.at(NOW + timedelta(days=370)):
        assert answers(cast.other_viewer, agreement)[PRESS].state == "nothing_yet"
