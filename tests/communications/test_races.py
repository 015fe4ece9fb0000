"""Several people at one moment: on PostgreSQL row locks decide, on SQLite the one writer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from time import sleep
from typing import Any

import pytest
from django.test import Client

from agreements.models import Happening
from communications.models import (
    Announcement,
    ConcernedAgreement,
    Draft,
    Move,
    Release,
    Share,
)
from communications.services.outcomes import move_release, release, withdraw
from communications.services.reading import acknowledge, comment
from communications.services.sharing import add_draft, share
from deadlines.models import Deadline
from house import clock
from house.refusals import Refused
from parties.models import Role, User
from tests.at_once import ROUNDS, Act, at_once, refusals
from tests.cast import Cast, acting, user
from tests.communications import desk
from tests.communications.desk import NOW

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]

DRAFT, FINAL = "canary-draft-2", "canary-final-4"
READERS = 20


def now(act: Callable[..., Any], **said: Any) -> Callable[[], Any]:
    """At the tests' time: a thread begins with a clock of its own."""

    def at_that_time() -> Any:
        with clock.at(NOW):
            return act(**said)

    return at_that_time


class Readers:
    """Twenty members of the other party, each with a browser, who open the page again and again."""

    def __init__(self, cast: Cast, path: str) -> None:
        self.path, self.pressed = path, Event()
        self.people = [user(f"Reader {n}", cast.ccg, Role.VIEWER) for n in range(READERS)]
        self.clients = {each.pk: Client() for each in self.people}
        for each in self.people:
            self.clients[each.pk].force_login(each)

    @property
    def acts(self) -> list[Act]:
        return [(each, now(self.read, client=self.clients[each.pk])) for each in self.people]

    def read(self, client: Client) -> tuple[bool, str]:
        """Whether the mark was being made when the page came, and all that was read until then."""
        seen = ""
        for _ in range(400):
            answer = client.get(self.path)
            seen += answer.content.decode() + client.get(f"{self.path}drafts/1/").content.decode()
            if answer.status_code == 200:
                return self.pressed.is_set(), seen
            # Readers without a pause would leave the one who releases no turn for minutes.
            sleep(0.1)
        raise AssertionError("It never came.")

    def nobody_sees_it(self) -> bool:
        return all(client.get(self.path).status_code == 404 for client in self.clients.values())


def test_released_while_twenty_people_read(cast: Cast) -> None:
    """C9: none of it before the mark by anyone not named, all of it after; a draft never."""
    with clock.at(NOW):
        draft = desk.drafted(cast, desk.planned(cast), text=f"The {DRAFT}.")
        desk.shared(cast, draft)
        readers = Readers(cast, f"/announcements/{draft.announcement.public_id}/")

    def mark() -> Release:
        assert readers.nobody_sees_it()
        readers.pressed.set()
        said: dict[str, Any] = {"text": FINAL, "because": "Early.", "released_at": NOW}
        return release(by=acting(cast.manager), announcement=draft.announcement, **said)

    answers = at_once([*readers.acts, (cast.manager, now(mark))])
    for after_the_mark, seen in answers[:READERS]:
        assert after_the_mark
        assert FINAL in seen
        assert DRAFT not in seen


def test_released_moved_and_withdrawn_at_once_one_of_them_happens(cast: Cast) -> None:
    with clock.at(NOW):
        agreement = desk.bilateral(cast)
    for number in range(ROUNDS):
        with clock.at(NOW):
            announcement = desk.planned(cast, agreement, title=f"Round {number}")
            desk.shared(cast, desk.drafted(cast, announcement))
        said = {"by": acting(cast.manager), "announcement": announcement, "because": "Now."}
        acts = [
            now(release, released_at=NOW, text="Out.", **said),
            now(withdraw, **said),
            now(move_release, planned_for=NOW + timedelta(hours=9), **said),
        ]
        answers = at_once([(cast.manager, act) for act in acts])
        announcement.refresh_from_db()
        ended = not isinstance(answers[0], Refused), not isinstance(answers[1], Refused)
        assert sorted(ended) == [False, True]
        assert announcement.state == ("released" if ended[0] else "withdrawn")
        assert Release.objects.filter(announcement=announcement).exists() == ended[0]
        key = f"announcement:{announcement.pk}"
        assert not Deadline.objects.still_open().filter(subject_key=key).exists()
        assert Move.objects.filter(announcement=announcement).count() <= 1


def test_pressed_twice_at_once_each_thing_is_done_once(cast: Cast) -> None:
    def twice(who: User, act: Callable[..., Any], **said: Any) -> list[Any]:
        return at_once([(who, now(act, **said))] * 2)

    with clock.at(NOW):
        agreement = desk.bilateral(cast)
        ours, reader = acting(cast.colleague), acting(cast.other_colleague)
        to, by = [desk.to(cast.other_colleague)], {"by": ours}
    first, second = twice(cast.colleague, lambda: desk.planned(cast, agreement))
    assert first == second
    twice(cast.colleague, add_draft, announcement=first, text="Words.", **by)
    draft = Draft.objects.get()
    answers = twice(cast.colleague, share, draft=draft, readers=to, **by)
    assert refusals(answers) == ["They have this draft already. Nobody was told again."]
    twice(cast.other_colleague, comment, by=reader, draft=draft, text="Hm.")
    twice(cast.other_colleague, acknowledge, by=reader, draft=draft)
    out = {"released_at": NOW, "text": "Out.", "because": "Early."}
    answers = twice(cast.colleague, release, announcement=first, **out, **by)
    assert len(refusals(answers)) == 1
    assert (draft.comments.count(), draft.acknowledgements.count()) == (1, 1)
    assert Share.objects.count() == Release.objects.count() == 1
    assert Happening.objects.filter(verb="announcement_released").count() == 1


def test_shared_with_two_parties_at_once_both_count(cast: Cast) -> None:
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        readers = [desk.to(cast.other_colleague), desk.to(cast.third_manager)]
    for number in range(ROUNDS):
        with clock.at(NOW):
            announcement = desk.planned(cast, first, second, title=f"Round {number}")
            said = {"by": acting(cast.colleague), "draft": desk.drafted(cast, announcement)}
        at_once([(cast.colleague, now(share, readers=[to], **said)) for to in readers])
        rows = ConcernedAgreement.objects.filter(announcement=announcement)
        assert all(row.reached_at == NOW for row in rows)
        key = f"announcement:{announcement.pk}"
        dates = Deadline.objects.filter(kind="press_share_by", subject_key=key)
        assert {each.state for each in dates} == {"met"}
    assert Announcement.objects.filter(state="shared").count() == ROUNDS
