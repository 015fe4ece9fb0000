"""A disagreement between two of ten parties: what the other eight may know, and no more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agreements.models import Agreement, Happening
from agreements.page.news import news_for
from escalations.models import Disagreement
from escalations.services.noting import add_note
from escalations.services.settling import accept, withdraw
from house import clock
from house.refusals import NotYours
from parties.models import Role, User
from tests.cast import Cast, acting, give
from tests.conftest import ClientOf, Mailbox
from tests.disagreements import url_of
from tests.escalations.desk import Desk
from tests.escalations.test_room import kept
from tests.once import made_once
from tests.reading import all_words, words_at
from tests.two_of_ten import (
    SUBJECT,
    WANTED,
    of_ten,
    proposal_to,
    somebody,
    with_ash,
)

pytestmark = pytest.mark.django_db
made, cast = made_once(of_ten)


OTHER = "Disagreement 1 between Eastmoor CCG and Ash Federation: opened on"


def third_read(client_of: ClientOf, user: User, agreement: Agreement) -> Iterator[str]:
    """All that somebody reads of the agreement and of disagreements."""
    client = client_of(user)
    yield all_words(client, agreement)
    for path in ("/", "/escalations/?state=all", f"/escalations/?state=all&text={SUBJECT}"):
        yield words_at(client, path)


def test_the_others_know_that_there_is_one_and_no_more(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = of_ten(cast)
    disagreement = proposal_to(cast, with_ash(cast, agreement))
    add_note(by=acting(cast.other_manager), disagreement=disagreement, text="A note.", own=False)
    for name in ("Mo Birch", "Si Birch"):
        read = " ".join(third_read(client_of, somebody(name), agreement))
        assert OTHER in read
        assert "not settled yet." in read
        for words in (SUBJECT, WANTED, "Half each.", "A note.", "proposal", url_of(disagreement)):
            assert words not in read, words
    assert mailbox.to(somebody("Mo Birch").email) == []


def test_every_page_of_it_is_as_if_it_were_not_there(cast: Cast) -> None:
    disagreement = proposal_to(cast, with_ash(cast))
    proposal = disagreement.steps.get(kind="proposal").pk
    pages = ("", "wanted/", "propose/", "next-level/", "parties/", "notes/", "advice/", "withdraw/",
             f"proposals/{proposal}/accept/")  # fmt: skip
    for user in (somebody("Mo Birch"), somebody("Si Cedar"), cast.stranger, cast.manager):
        assert {Desk(user).code(disagreement, page) for page in pages} == {404}, user
    assert Desk(somebody("Mo Birch")).code(disagreement, "levels/managers/people/") == 404
    for user in (somebody("Mo Birch"), cast.stranger):
        sent = Desk(user).client.post(url_of(disagreement, "wanted/"), {"text": "Ours."})
        assert sent.status_code == 404
    assert disagreement.steps.filter(kind="wanted").count() == 1


def test_services_let_no_other_party_in(cast: Cast) -> None:
    disagreement = proposal_to(cast, with_ash(cast))
    proposal = disagreement.steps.get(kind="proposal")
    birch = acting(somebody("Mo Birch"))
    with pytest.raises(NotYours):
        accept(by=birch, proposal=proposal)
    with pytest.raises(NotYours):
        add_note(by=birch, disagreement=disagreement, text="Ours.", own=True)


def test_history_and_home_of_the_others(cast: Cast, client_of: ClientOf) -> None:
    agreement = of_ten(cast)
    withdraw(
        by=acting(cast.other_manager),
        disagreement=with_ash(cast, agreement),
        because="It can wait.",
    )
    told = Happening.objects.filter(verb__startswith="disagreement")
    assert {each.verb for each in told} == {
        "disagreement_opened_between", "disagreement_withdrawn_between"
    }  # fmt: skip
    assert SUBJECT not in str([each.data for each in told])
    history = words_at(
        client_of(somebody("Mo Birch")), f"/agreements/{agreement.reference}/history/"
    )
    assert "Eastmoor CCG opened disagreement 1 with Ash Federation." in history
    assert "Eastmoor CCG withdrew disagreement 1 with Ash Federation." in history
    assert "It can wait." not in history
    news = [each.sentence for each in news_for(acting(somebody("Mo Birch")))]
    assert not [each for each in news if "isagreement" in each]


def test_how_it_is_kept_counts_for_the_two_alone(cast: Cast) -> None:
    agreement = of_ten(cast)
    disagreement = proposal_to(cast, with_ash(cast, agreement))
    ash, birch = somebody("Mo Ash"), somebody("Mo Birch")
    assert kept(agreement, ash).state == "due"
    others = (
        "Nothing has had to be settled with you so far. 1 disagreement is between other parties."
    )
    assert (kept(agreement, birch).state, kept(agreement, birch).sentence) == (
        "nothing_yet",
        others,
    )
    accept(by=acting(ash), proposal=disagreement.steps.get(kind="proposal"))
    assert "1 disagreement settled, accepted by all of its parties." in (
        kept(agreement, ash).sentence
    )
    assert kept(agreement, birch) == kept(agreement, somebody("Mo Cedar"))
    assert kept(agreement, birch).evidence == ()


def test_who_belongs_to_two_sees_it_as_the_one_that_is_named(cast: Cast) -> None:
    disagreement = with_ash(cast)
    birch = somebody("Mo Birch")
    ash, other = (party.organisation for party in disagreement.agreement.sides[1:3])
    give(birch, ash, Role.VIEWER)
    assert Disagreement.objects.visible_to(acting(birch, ash)).get() == disagreement
    assert not Disagreement.objects.visible_to(acting(birch, other)).exists()
    client = Desk(birch).client
    client.post("/acting/", {"organisation": other.pk})
    read = client.get(url_of(disagreement))
    # Who acts for the other one is told as which of the two it opens.
    assert (read.status_code, SUBJECT in read.content.decode()) == (403, False)
    client.post("/acting/", {"organisation": ash.pk})
    assert SUBJECT in client.get(url_of(disagreement)).content.decode()


def test_whom_it_names_for_a_level_the_others_do_not_meet(cast: Cast) -> None:
    """Through the people of a disagreement only its own parties see somebody."""
    disagreement = with_ash(cast)
    steps = disagreement.steps.model.objects
    assert steps.visible_to(acting(somebody("Mo Ash"))).exists()
    assert not steps.visible_to(acting(somebody("Mo Birch"))).exists()


def test_who_has_no_part_in_it_does_not_count_it_among_what_is_open(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = of_ten(cast)
    with_ash(cast)
    page = f"/agreements/{agreement.reference}/on-a-page/"
    own, third = client_of(somebody("Mo Ash")), client_of(somebody("Mo Birch"))
    assert "1 disagreement is open: number 1." in words_at(own, page)
    assert "is open: number" not in words_at(third, page)
    day = clock.today().isoformat()
    stood = f"/agreements/{agreement.reference}/on/{day}/"
    assert "Disagreement 1" in words_at(own, stood)
    assert "Disagreement 1" not in words_at(third, stood)
    for read in (words_at(own, page), words_at(third, page), words_at(third, stood)):
        assert SUBJECT not in read
