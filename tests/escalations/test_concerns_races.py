"""A right to read that is ended while its holder acts: nothing is written behind its end (C5)."""

from __future__ import annotations

import pytest
from django.http import Http404
from django.test import RequestFactory

from escalations.concerns.presenters import page as pages
from escalations.concerns.services.deciding import (
    keep_concern,
    share_concern,
    take_back_concern,
)
from escalations.concerns.services.noting import close_concern, note_more, reopen_concern
from escalations.concerns.services.reading import end_reading
from escalations.concerns.views.pages import concern as concern_page
from escalations.models import ConcernReader, PracticeConcern
from house import clock
from parties.models import User
from tests.at_once import ROUNDS, Act, at_once, refusals
from tests.cast import Cast, acting
from tests.concerns import let_read, recorded
from tests.disagreements import in_force

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def read_again(concern: PracticeConcern) -> PracticeConcern:
    return PracticeConcern.objects.select_related("agreement").get(pk=concern.pk)


def notes(who: User, concern: PracticeConcern, text: str) -> Act:
    return who, lambda: note_more(by=acting(who), concern=read_again(concern), text=text)


def test_a_note_against_the_end_of_its_writers_right(cast: Cast) -> None:
    """It was written before the right ended, or not at all."""
    in_force(cast)
    concern = recorded(cast)
    for number in range(ROUNDS):
        let_read(cast, read_again(concern), cast.colleague)
        row = ConcernReader.objects.select_related("concern__agreement", "user").get(
            user=cast.colleague, ended_at=None
        )

        def end(row: ConcernReader = row) -> None:
            end_reading(by=acting(cast.manager), named=row)

        text = f"Note {number}"
        answers = at_once([notes(cast.colleague, concern, text), (cast.manager, end)])
        row.refresh_from_db()
        assert row.ended_at
        written = concern.steps.filter(text=text).first()
        assert (written is None) == bool(refusals(answers))
        assert written is None or written.at <= row.ended_at


def test_two_who_share_it_at_once_share_it_once(cast: Cast) -> None:
    in_force(cast)
    for number in range(ROUNDS):
        concern = recorded(cast, practice_name=f"Beckside {number}")
        let_read(cast, read_again(concern), cast.colleague)

        def shares(who: User, its: PracticeConcern = concern) -> Act:
            def act() -> None:
                read = read_again(its)
                others = [p for p in read.agreement.sides if p.pk != read.party_id]
                share_concern(by=acting(who), concern=read, parties=others, because=str(who))

            return who, act

        answers = at_once([shares(cast.manager), shares(cast.colleague)])
        assert len(refusals(answers)) == 1
        assert concern.shares.filter(ended_at=None).count() == 1
        assert concern.readers.filter(user=cast.other_manager, ended_at=None).count() == 1


def test_two_who_open_it_again_at_once_open_it_once(cast: Cast) -> None:
    in_force(cast)
    concern = recorded(cast)
    let_read(cast, read_again(concern), cast.colleague)
    keep_concern(by=acting(cast.manager), concern=read_again(concern), because="Small.")

    def opens(who: User) -> Act:
        return who, lambda: reopen_concern(
            by=acting(who), concern=read_again(concern), because=str(who)
        )

    for number in range(1, ROUNDS + 1):
        close_concern(by=acting(cast.manager), concern=read_again(concern), outcome=str(number))
        answers = at_once([opens(cast.manager), opens(cast.colleague)])
        assert len(refusals(answers)) == 1
        assert read_again(concern).state == "not_shared"
        assert concern.steps.filter(kind="reopened").count() == number


def test_a_page_that_is_made_while_the_right_ends_is_not_shown(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_force(cast)
    concern = recorded(cast)
    others = [p for p in concern.agreement.sides if p.pk != concern.party_id]
    share_concern(by=acting(cast.manager), concern=concern, parties=others, because="They wait.")
    told: property = vars(pages.ConcernPage)["story"]

    def slow(page: pages.ConcernPage) -> object:
        """In the midst of the page somebody takes the concern back."""
        take_back_concern(
            by=acting(cast.manager), concern=read_again(concern),
            parties=read_again(concern).agreement.sides, because=f"At {clock.now()}.",
        )  # fmt: skip
        return told.__get__(page)

    monkeypatch.setattr(pages.ConcernPage, "story", property(slow))
    request = RequestFactory().get("/")
    request.acting = acting(cast.other_manager)  # type: ignore[attr-defined]
    request.user = cast.other_manager
    with pytest.raises(Http404):
        concern_page(request, key=concern.key)
