"""The wall by rows: who is named, for which draft, as long as they are where they were."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.models import Agreement
from communications.models import Announcement, Comment, Draft, Move, Read, Share
from communications.queries.readers import Reader
from communications.services.outcomes import move_release, release
from communications.services.reading import answer, comment
from communications.services.sharing import take_back
from house import clock
from parties.models import Membership, TeamMember
from tests.cast import Cast, acting, give
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.doing import at, look
from tests.conftest import ClientOf, Mailbox

pytestmark = pytest.mark.django_db


def test_a_draft_is_shared_draft_by_draft(
    cast: Cast, client_of: ClientOf, embargoed: Draft
) -> None:
    second = desk.drafted(cast, embargoed.announcement, text="The second canary-5.")
    path = f"/announcements/{embargoed.announcement.public_id}/drafts/{second.number}/"
    assert client_of(cast.other_colleague).get(path).status_code == 404
    assert "canary-5" in client_of(cast.viewer).get(path).content.decode()
    desk.shared(cast, second)
    assert "canary-5" in client_of(cast.other_colleague).get(path).content.decode()


def test_who_leaves_the_organisation_or_the_team_reads_no_more(
    cast: Cast, client_of: ClientOf, embargoed: Draft
) -> None:
    team = desk.press_team(cast.ccg, [cast.other_viewer])
    desk.shared(cast, embargoed, Reader(cast.ccg, team=team))
    assert look(client_of, cast.other_viewer, embargoed)
    TeamMember.objects.get(team=team).delete()
    assert not look(client_of, cast.other_viewer, embargoed)
    yesterday = clock.today() - timedelta(days=1)
    membership = Membership.objects.get(user=cast.other_colleague)
    membership.ends_on = yesterday
    membership.save()
    assert not look(client_of, cast.other_colleague, embargoed)
    # Somewhere else they are not those whom it was embargoed with.
    give(cast.other_colleague, cast.third_ccg, "viewer")
    assert not look(client_of, cast.other_colleague, embargoed)


def test_a_share_that_is_taken_back_closes_the_draft(
    cast: Cast, client_of: ClientOf, embargoed: Draft
) -> None:
    client = client_of(cast.other_colleague)
    page = f"/announcements/{embargoed.announcement.public_id}/drafts/1/"
    assert client.get(page).status_code == 200
    take_back(by=acting(cast.colleague), share=Share.objects.get())
    assert client.get(page).status_code == 404
    assert not look(client_of, cast.other_colleague, embargoed)
    announcement = Announcement.objects.get()
    assert announcement.state == "planned"
    assert announcement.concerned.get().reached_at is None
    assert Read.objects.count() == 1


def test_parties_of_several_agreements_learn_nothing_of_each_other(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        announcement = desk.planned(cast, first, second)
        draft = desk.drafted(cast, announcement)
        mailbox.all.clear()
        desk.shared(cast, draft, desk.to(cast.other_colleague), desk.to(cast.third_manager))
        comment(by=acting(cast.third_manager), draft=draft, text="Westmoor says canary-6.")
        answer(
            by=acting(cast.colleague), draft=draft, text="To them canary-7.", side=cast.third_ccg
        )
        reader, path = client_of(cast.other_colleague), f"/announcements/{announcement.public_id}/"
        seen = reader.get(path).content + reader.get(f"{path}drafts/1/").content
        for hidden in ("Westmoor", "MOU-0002", "canary-6", "canary-7", "Thea Third"):
            assert hidden not in seen.decode(), hidden
        (mail,) = mailbox.to(cast.other_colleague.email)
        assert mail.subject.endswith("(MOU-0001)")
        release(
            by=acting(cast.manager), announcement=announcement, released_at=NOW, text="Final.",
            because="Early.",
        )  # fmt: skip
        seen = client_of(cast.other_viewer).get(path).content
        timeline = (
            client_of(cast.other_viewer).get(f"/agreements/{first.reference}/history/").content
        )
        for hidden in ("Westmoor", "MOU-0002", "canary-6", "canary-7"):
            assert hidden not in (seen + timeline).decode(), hidden


def test_the_query_sets_agree_with_the_pages(cast: Cast, embargoed: Draft) -> None:
    move_release(
        by=acting(cast.manager), announcement=embargoed.announcement,
        planned_for=NOW + timedelta(hours=200), because="Later.",
    )  # fmt: skip
    everything = (Announcement, Draft, Share, Comment, Move)
    for user, sees in (
        (cast.viewer, True), (cast.other_colleague, True), (cast.other_manager, False),
        (cast.stranger, False), (cast.nobody, False), (cast.system_administrator, False),
    ):  # fmt: skip
        found = [model.objects.visible_to(acting(user)).exists() for model in everything]
        assert found == [sees] * len(everything), user
    release(
        by=acting(cast.manager), announcement=embargoed.announcement, released_at=NOW, text="Out.",
        because="Early.",
    )  # fmt: skip
    found = [model.objects.visible_to(acting(cast.other_manager)).exists() for model in everything]
    assert found == [True, False, False, False, False]


def test_the_agreement_of_an_embargoed_one_may_end(cast: Cast, embargoed: Draft) -> None:
    agreement = Agreement.objects.get()
    agreement.state = "ended"
    agreement.save()
    release(
        by=acting(cast.manager), announcement=embargoed.announcement, released_at=NOW, text="Out.",
        because="Early.",
    )  # fmt: skip
    assert Announcement.objects.visible_to(acting(cast.other_manager)).exists()


def test_a_number_that_cannot_be_is_not_there(
    cast: Cast, client_of: ClientOf, embargoed: Draft
) -> None:
    huge, client = "9" * 40, client_of(cast.colleague)
    for rest in (f"drafts/{huge}/", f"drafts/{huge}/draft.pdf", f"shares/{huge}/take-back/"):
        assert client.get(at(embargoed.announcement, rest)).status_code == 404
