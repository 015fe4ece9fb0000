"""The wall before a release, and what comes down with it: drafts and comments never (A09)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agreements.models import Happening
from communications.models import Announcement, Draft, Read
from communications.queries.readers import Reader
from communications.services.outcomes import move_release, withdraw
from house import clock
from mail.models import Delivery
from parties.models import User
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.conftest import DRAFT, SAID, TITLE
from tests.communications.desk import NOW
from tests.communications.doing import look
from tests.conftest import ClientOf
from tests.reading import words_at

pytestmark = pytest.mark.django_db

FINAL = "canary-final-4"
PAGES = ("kept", "announcements", "history")
SHEETS = ("on-a-page", "handover", f"on/{NOW.date().isoformat()}")
BEFORE = (TITLE, DRAFT, SAID)


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
        reverse("agreements:agreement", args=[agreement.reference]),
        *(reverse("agreements:subpage", args=[agreement.reference, page]) for page in PAGES),
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


def without_tokens(client: Client, path: str) -> str:
    """The page as it is each time."""
    token = r'name="(csrfmiddlewaretoken|form_key)" value="[^"]+"'
    return re.sub(token, "", client.get(path).content.decode())


@pytest.mark.duty("A09")
def test_a_draft_stays_with_those_named_until_somebody_marks_the_release(
    cast: Cast, client_of: ClientOf, embargoed: Draft
) -> None:
    named, unnamed = cast.other_colleague, (cast.other_manager, cast.other_viewer)
    in_team = cast.other_signatory
    team = desk.press_team(cast.ccg, [in_team])
    desk.shared(cast, embargoed, Reader(cast.ccg, team=team))
    for user in (named, in_team, cast.viewer):
        assert met(client_of, user, embargoed) == set(BEFORE), user
        assert "Under embargo" in look(client_of, user, embargoed)
    for user in (*unnamed, cast.stranger, cast.nobody):
        assert met(client_of, user, embargoed) == set(), user
    # Every reading is logged; the owner's own are not.
    assert set(Read.objects.values_list("reader", flat=True)) == {named.pk, in_team.pk}
    assert "1 time" in look(client_of, cast.viewer, embargoed)
    # The clock releases nothing.
    with clock.at(NOW + timedelta(days=300)):
        assert met(client_of, unnamed[0], embargoed) == set()
    # Somebody does, and the parties see the final text and nothing else.
    where = f"/announcements/{embargoed.announcement.public_id}/release/"
    form = {"day-day": "2", "day-month": "6", "day-year": "2026", "time": "11:00"}
    said = {"final": "text", "text": f"The final {FINAL}.", "because": "Early.", "as_it_is": "on"}
    assert client_of(cast.manager).post(where, form | said).status_code == 302
    for user in unnamed:
        assert met(client_of, user, embargoed) == {TITLE, FINAL}, user
        assert "Under embargo" not in look(client_of, user, embargoed)
        draft = f"/announcements/{embargoed.announcement.public_id}/drafts/1/"
        assert client_of(user).get(draft).status_code == 404
    assert met(client_of, cast.stranger, embargoed) == set()
    assert met(client_of, named, embargoed) == {*BEFORE, FINAL}


def test_planning_and_sharing_change_nothing_for_the_other_party_at_large(
    cast: Cast, client_of: ClientOf
) -> None:
    with clock.at(NOW):
        agreement = desk.bilateral(cast)
        client = client_of(cast.other_manager)
        paths = ["/", "/agreements/", f"/agreements/{agreement.reference}/", "/announcements/"]
        paths += [f"{paths[2]}{page}/" for page in (*PAGES, *SHEETS)]
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
        # Only whom it was embargoed with was told: of the share, and of the move.
        new = Delivery.objects.order_by("pk")[told:]
        assert {each.address for each in new} == {cast.other_colleague.email}
        # If an e-mail fails, the owner's managers see it, not the other party's.
        assert {each.organisation_id for each in new} == {cast.area_team.pk}


def test_a_withdrawn_one_closes_its_drafts(
    cast: Cast, client_of: ClientOf, embargoed: Draft
) -> None:
    withdraw(by=acting(cast.manager), announcement=embargoed.announcement, because="Called off.")
    page = look(client_of, cast.other_colleague, embargoed)
    assert "Called off." in page
    assert "stays confidential" in page
    assert met(client_of, cast.other_colleague, embargoed) == {TITLE}
    assert met(client_of, cast.other_manager, embargoed) == set()
    assert met(client_of, cast.viewer, embargoed) == set(BEFORE)


def test_the_system_administrator_reads_no_word_of_it_in_the_administration(
    cast: Cast, client_of: ClientOf, embargoed: Draft
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


def test_each_party_sees_its_own_of_the_agreements_that_an_announcement_touches(
    cast: Cast, client_of: ClientOf
) -> None:
    with clock.at(NOW):
        ours, third = desk.bilateral(cast), desk.with_third(cast)
        announcement = desk.planned(cast, ours, third)
        desk.shared(cast, desk.drafted(cast, announcement))
        page = client_of(cast.other_colleague).get(f"/announcements/{announcement.public_id}/")
        for user, seen in (
            (cast.manager, {ours, third}),  # its owner is a party to both
            (cast.other_colleague, {ours}),  # named
            (cast.third_manager, set()),  # a party that nobody shared it with yet
            (cast.stranger, set()),
        ):
            found = announcement.concerned.visible_to(acting(user))
            assert {each.agreement for each in found} == seen, user
    assert ours.reference in page.content.decode()
    assert third.reference not in page.content.decode()
    assert "Westmoor" not in page.content.decode()


def test_a_sheet_that_is_handed_on_says_no_title_before_release(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = desk.bilateral(cast)
    desk.planned(cast, agreement)
    client = client_of(cast.colleague)
    for path in SHEETS[:2]:
        page = words_at(client, f"/agreements/{agreement.reference}/{path}/")
        assert "Planned release" in page
        assert "heron-5512" not in page
