"""Several people at one moment: on PostgreSQL row locks decide, on SQLite the one writer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Semaphore
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
from tests.proof_plugin import Proof
from tests.rounds import rounds

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]

DRAFT, SAID, FINAL = "canary-draft-2", "canary-said-3", "canary-final-4"
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
        self.path = path
        self.people = [user(f"Reader {n}", cast.ccg, Role.VIEWER) for n in range(READERS)]
        self.clients = {each.pk: Client() for each in self.people}
        for each in self.people:
            self.clients[each.pk].force_login(each)

    def begin(self) -> list[Act]:
        self.pressed, self.out, self.looked = Event(), Event(), Semaphore(0)
        return [(each, now(self.read, client=self.clients[each.pk])) for each in self.people]

    def read(self, client: Client) -> tuple[bool, str]:
        """Whether the mark was being made when the page came, and all that was read until then."""
        seen = ""
        while True:
            is_out = self.out.is_set()
            answer = client.get(self.path)
            seen += answer.content.decode() + client.get(f"{self.path}drafts/1/").content.decode()
            if answer.status_code == 200:
                return self.pressed.is_set(), seen
            assert not is_out, "It is released, and cannot be read."
            self.looked.release()
            # Readers without a pause would leave the one who releases no turn for minutes.
            sleep(0.1)

    def press(self) -> None:
        """When each has found nothing once or so."""
        for _ in self.people:
            assert self.looked.acquire(timeout=60)
        self.pressed.set()


@pytest.mark.proof("C9")
def test_released_while_twenty_people_read(cast: Cast, proof: Proof) -> None:
    """One of their colleagues is named: reads the draft, and comments on it."""
    with clock.at(NOW):
        draft = desk.drafted(cast, desk.planned(cast), text=f"The {DRAFT}.")
        desk.shared(cast, draft)
        comment(by=acting(cast.other_colleague), draft=draft, text=f"We say {SAID}.")
        readers = Readers(cast, f"/announcements/{draft.announcement.public_id}/")
        named = Client()
        named.force_login(cast.other_colleague)
    out: dict[str, Any] = {"text": FINAL, "because": "Early.", "released_at": NOW}

    def mark() -> Release:
        announcement = Announcement.objects.get(pk=draft.announcement_id)
        try:
            before = named.get(f"{readers.path}drafts/1/").content.decode()
            assert (DRAFT in before, SAID in before, FINAL in before) == (True, True, False)
            readers.press()
            return release(by=acting(cast.manager), announcement=announcement, **out)
        finally:
            readers.out.set()

    number, found = proof.size(small=1, full=10), Counter[str]()
    for _ in rounds(number):
        for after_the_mark, seen in at_once([*readers.begin(), (cast.manager, now(mark))])[:-1]:
            found["early"] += not after_the_mark
            found["after"] += FINAL in seen
            found["drafts"] += DRAFT in seen or SAID in seen
    proof.shows(
        f"{number} releases, {READERS} readers each: {found['early']} read it before, "
        f"{found['after']} after; a draft or a comment was read by {found['drafts']}",
        reached=found == Counter({"after": number * READERS}),
    )


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
