"""The wall before a release, and what comes down with it: drafts and comments never (A09)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agreements.models import Agreement, Happening
from communications.models import Announcement, Comment, Draft, Move, Read, Share
from communications.queries.readers import Reader
from communications.services.outcomes import move_release, withdraw
from communications.services.reading import answer, comment
from communications.services.releasing import release
from communications.services.sharing import take_back
from house import clock
from mail.models import Delivery
from parties.models import Membership, TeamMember, User
from tests.cast import Cast, acting, give
from tests.communications import desk
from tests.communications.desk import NOW
from tests.conftest import ClientOf, Mailbox

pytestmark = pytest.mark.django_db

TITLE, DRAFT, SAID, FINAL = "canary-title-1", "canary-draft-2", "canary-said-3", "canary-final-4"
BEFORE = (TITLE, DRAFT, SAID)


@pytest.fixture
def shared(cast: Cast) -> Iterator[Draft]:
    """Shared with Eastmoor's colleague alone, who has commented; the clock stands."""
    with clock.at(NOW):
        announcement = desk.planned(cast, title=TITLE)
        draft = desk.drafted(cast, announcement, text=f"The draft {DRAFT}.")
        desk.shared(cast, draft)
        comment(by=acting(cast.other_colleague), draft=draft, text=f"We say {SAID}.")
        yield draft


def pages(draft: Draft) -> list[str]:
    """Every page on which anything of it could show."""
    at = {"public_id": draft.announcement.public_id}
    agreement = draft.announcement.concerned.get().agreement
    names = ("edit", "move", "withdraw", "release", "share", "draft_add", "announcement")
    planned = draft.announcement.planned_for
    return [
        *(reverse(f"announcements:{name}", kwargs=at) for name in names),
        reverse("announcements:draft", kwargs=at | {"number": draft.number}),
        reverse("announcements:list"),
        reverse("announcements:month", args=[planned.year, planned.month]),
        reverse("agreements:agreement", args=[agreement.reference]) + "?all=1",
        *(reverse(name) for name in ("home", "agreements:list", "account", "parties:list")),
        reverse("parties:organisation", args=[draft.announcement.owner_id]),
    ]


def met(client_of: ClientOf, user: User, draft: Draft) -> set[str]:
    """The canaries that somebody meets on any of the pages."""
    client = client_of(user)
    answers = [client.get(page) for page in pages(draft)]
    assert all(answer.status_code in {200, 302, 403, 404} for answer in answers)
    text = "".join(answer.content.decode() for answer in answers)
    return {canary for canary in (*BEFORE, FINAL) if canary in text}


def look(client_of: ClientOf, user: User, draft: Draft) -> str:
    """The page of the announcement, or nothing where there is none for this reader."""
    answer = client_of(user).get(f"/announcements/{draft.announcement.public_id}/")
    return answer.content.decode() if answer.status_code == 200 else ""


def without_tokens(client: Client, path: str) -> str:
    """The page as it is each time."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", client.get(path).content.decode())


@pytest.mark.duty("A09")
def test_a_draft_stays_with_those_named_until_somebody_marks_the_release(
    cast: Cast, client_of: ClientOf, shared: Draft
) -> None:
    named, unnamed = cast.other_colleague, (cast.other_manager, cast.other_viewer)
    in_team = cast.other_signatory
    team = desk.press_team(cast.ccg, [in_team])
    desk.shared(cast, shared, Reader(cast.ccg, team=team))
    for user in (named, in_team, cast.viewer):
        assert met(client_of, user, shared) == set(BEFORE), user
        assert "Under embargo" in look(client_of, user, shared)
    for user in (*unnamed, cast.stranger, cast.nobody):
        assert met(client_of, user, shared) == set(), user
    # Every reading is logged; the owner's own are not.
    assert set(Read.objects.values_list("reader", flat=True)) == {named.pk, in_team.pk}
    assert "1 time" in look(client_of, cast.viewer, shared)
    # The clock releases nothing.
    with clock.at(NOW + timedelta(days=300)):
        assert met(client_of, unnamed[0], shared) == set()
    # Somebody does, and the parties see the final text and nothing else.
    where = f"/announcements/{shared.announcement.public_id}/release/"
    form = {"day-day": "2", "day-month": "6", "day-year": "2026", "time": "11:00"}
    said = {"final": "text", "text": f"The final {FINAL}.", "because": "Early."}
    assert client_of(cast.manager).post(where, form | said).status_code == 302
    for user in unnamed:
        assert met(client_of, user, shared) == {TITLE, FINAL}, user
        assert "Under embargo" not in look(client_of, user, shared)
        draft = f"/announcements/{shared.announcement.public_id}/drafts/1/"
        assert client_of(user).get(draft).status_code == 404
    assert met(client_of, cast.stranger, shared) == set()
    assert met(client_of, named, shared) == {*BEFORE, FINAL}


def test_planning_and_sharing_change_nothing_for_the_other_party_at_large(
    cast: Cast, client_of: ClientOf
) -> None:
    with clock.at(NOW):
        agreement = desk.bilateral(cast)
        client = client_of(cast.other_manager)
        paths = ["/", "/agreements/", f"/agreements/{agreement.reference}/", "/announcements/"]
        before = [without_tokens(client, path) for path in paths]
        happened, told = Happening.objects.count(), Delivery.objects.count()
        announcement = desk.planned(cast, agreement)
        draft = desk.drafted(cast, announcement)
        desk.shared(cast, draft)
        move_release(
            by=acting(cast.manager), announcement=announcement,
            planned_for=NOW + timedelta(hours=200), because="Later.",
        )  # fmt: skip
        after = [without_tokens(client, path) for path in paths]
        assert [a == b for a, b in zip(before, after, strict=True)] == [True] * len(paths)
        assert Happening.objects.count() == happened
        # Only whom it was shared with was told: of the share, and of the move.
        new = Delivery.objects.order_by("pk")[told:]
        assert {each.address for each in new} == {cast.other_colleague.email}
        # If an e-mail fails, the owner's managers see it, not the other party's.
        assert {each.organisation_id for each in new} == {cast.area_team.pk}


def test_a_draft_is_shared_draft_by_draft(cast: Cast, client_of: ClientOf, shared: Draft) -> None:
    second = desk.drafted(cast, shared.announcement, text="The second canary-5.")
    path = f"/announcements/{shared.announcement.public_id}/drafts/{second.number}/"
    assert client_of(cast.other_colleague).get(path).status_code == 404
    assert "canary-5" in client_of(cast.viewer).get(path).content.decode()
    desk.shared(cast, second)
    assert "canary-5" in client_of(cast.other_colleague).get(path).content.decode()


def test_who_leaves_the_organisation_or_the_team_reads_no_more(
    cast: Cast, client_of: ClientOf, shared: Draft
) -> None:
    team = desk.press_team(cast.ccg, [cast.other_viewer])
    desk.shared(cast, shared, Reader(cast.ccg, team=team))
    assert look(client_of, cast.other_viewer, shared)
    TeamMember.objects.get(team=team).delete()
    assert not look(client_of, cast.other_viewer, shared)
    yesterday = clock.today() - timedelta(days=1)
    membership = Membership.objects.get(user=cast.other_colleague)
    membership.ends_on = yesterday
    membership.save()
    assert not look(client_of, cast.other_colleague, shared)
    # Somewhere else they are not those whom it was shared with.
    give(cast.other_colleague, cast.third_ccg, "viewer")
    assert not look(client_of, cast.other_colleague, shared)


def test_a_share_that_is_taken_back_closes_the_draft(
    cast: Cast, client_of: ClientOf, shared: Draft
) -> None:
    client = client_of(cast.other_colleague)
    page = f"/announcements/{shared.announcement.public_id}/drafts/1/"
    assert client.get(page).status_code == 200
    take_back(by=acting(cast.colleague), share=Share.objects.get())
    assert client.get(page).status_code == 404
    assert not look(client_of, cast.other_colleague, shared)
    announcement = Announcement.objects.get()
    assert announcement.state == "planned"
    assert announcement.concerned.get().reached_at is None
    assert Read.objects.count() == 1


def test_a_withdrawn_one_closes_its_drafts(cast: Cast, client_of: ClientOf, shared: Draft) -> None:
    withdraw(by=acting(cast.manager), announcement=shared.announcement, because="Called off.")
    page = look(client_of, cast.other_colleague, shared)
    assert "Called off." in page
    assert "stays confidential" in page
    assert met(client_of, cast.other_colleague, shared) == {TITLE}
    assert met(client_of, cast.other_manager, shared) == set()
    assert met(client_of, cast.viewer, shared) == set(BEFORE)


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
        timeline = client_of(cast.other_viewer).get(f"/agreements/{first.reference}/").content
        for hidden in ("Westmoor", "MOU-0002", "canary-6", "canary-7"):
            assert hidden not in (seen + timeline).decode(), hidden


def test_the_query_sets_agree_with_the_pages(cast: Cast, shared: Draft) -> None:
    move_release(
        by=acting(cast.manager), announcement=shared.announcement,
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
        by=acting(cast.manager), announcement=shared.announcement, released_at=NOW, text="Final.",
        because="Early.",
    )  # fmt: skip
    found = [model.objects.visible_to(acting(cast.other_manager)).exists() for model in everything]
    assert found == [True, False, False, False, False]


def test_the_system_administrator_reads_no_word_of_it_in_the_administration(
    cast: Cast, client_of: ClientOf, shared: Draft
) -> None:
    client = client_of(cast.system_administrator)
    for model in ("announcement", "draft", "comment", "share", "concernedagreement"):
        listed = f"/admin/communications/{model}/"
        row = Announcement.objects.get() if model == "announcement" else None
        pages = [listed, f"{listed}export/"]
        pages.append(f"{listed}{row.pk}/change/" if row else f"{listed}1/change/")
        text = "".join(client.get(page, follow=True).content.decode() for page in pages)
        export = client.post(f"{listed}export/", {"format": 2, "resource": ""})
        text += export.content.decode()
        assert not [canary for canary in BEFORE if canary in text], model


def test_the_agreement_of_an_embargoed_one_may_end(cast: Cast, shared: Draft) -> None:
    agreement = Agreement.objects.get()
    agreement.state = "ended"
    agreement.save()
    release(
        by=acting(cast.manager), announcement=shared.announcement, released_at=NOW, text="Final.",
        because="Early.",
    )  # fmt: skip
    assert Announcement.objects.visible_to(acting(cast.other_manager)).exists()
