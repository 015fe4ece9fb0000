"""A disagreement between two of ten parties: who opens it, and what the two do."""

from __future__ import annotations

import pytest

from deadlines.models import Holder
from escalations.models import Disagreement
from escalations.services.opening import open_disagreement
from escalations.services.settling import withdraw
from escalations.services.waiting import KIND
from house.refusals import Refused
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.disagreements import url_of
from tests.escalations.desk import Desk, words_of
from tests.escalations.test_list import LIST, queries
from tests.escalations.test_room import todos
from tests.once import made_once
from tests.reading import words_at
from tests.two_of_ten import (
    SUBJECT,
    TITLE,
    WANTED,
    of_ten,
    parties,
    proposal_to,
    somebody,
    with_ash,
)

pytestmark = pytest.mark.django_db
made, cast = made_once(of_ten)
FEDERATIONS = tuple(f"federation-{number}" for number in range(1, 10))


def test_who_opens_one_names_the_parties(cast: Cast) -> None:
    agreement, desk = of_ten(cast), Desk(cast.other_manager)
    page = words_of(desk.client.get(f"/escalations/{agreement.reference}/open/"))
    assert "Who else it is between" in page
    assert "All nine of these Ash Federation" in page
    assert "They do not see what it is about, or what is said." in page
    said = {"subject": SUBJECT, "wanted": WANTED}
    url = f"/escalations/{agreement.reference}/open/"
    assert "Choose a party" in words_of(desk.client.post(url, said))
    desk.client.post(url, said | {"between": ["federation-1", "federation-3"]})
    opened = Disagreement.objects.get()
    assert opened.between == ["ccg", "federation-1", "federation-3"]
    assert [each.party.key for each in opened.concerned.all()] == opened.between
    assert {each.step.kind for each in opened.concerned.all()} == {"opened"}


def test_all_parties_are_one_choice(cast: Cast) -> None:
    agreement, desk = of_ten(cast), Desk(somebody("Mo Ash"))
    said = {"subject": SUBJECT, "wanted": WANTED, "between": ["all"]}
    read = words_of(
        desk.client.post(f"/escalations/{agreement.reference}/open/", said, follow=True)
    )
    assert "It is between all ten parties of the MoU." in read
    assert Disagreement.objects.get().concerned.count() == 10
    assert SUBJECT in Desk(somebody("Mo Willow")).reads(Disagreement.objects.get())


def test_nobody_else_named_is_refused(cast: Cast) -> None:
    agreement = of_ten(cast)
    for between in ([], parties(agreement, "ccg")):
        with pytest.raises(Refused, match="Choose who else it is between"):
            open_disagreement(
                by=acting(cast.other_manager), agreement=agreement, subject=SUBJECT,
                wanted=WANTED, between=between,
            )  # fmt: skip


def test_the_same_subject_with_somebody_else_is_another_one(cast: Cast) -> None:
    agreement = of_ten(cast)
    first = with_ash(cast, agreement)
    assert with_ash(cast, agreement) == first
    other = open_disagreement(
        by=acting(cast.other_manager), agreement=agreement, subject=SUBJECT, wanted=WANTED,
        between=parties(agreement, "federation-2"),
    )  # fmt: skip
    assert other.number == 2


def test_only_the_two_are_told_and_have_a_line_on_home(cast: Cast, mailbox: Mailbox) -> None:
    before = len(mailbox.all)
    disagreement = with_ash(cast)
    ash = somebody("Mo Ash")
    told = {address for mail in mailbox.all[before:] for address in mail.to}
    assert told == {ash.email}
    mail = mailbox.to(ash.email)[-1]
    assert f"with Eastmoor CCG, {TITLE} (" in mail.subject
    assert "Eastmoor CCG opened disagreement 1 with Ash Federation." in str(mail.body)
    assert SUBJECT not in f"{mail.subject}{mail.body}{mail.alternatives}"
    assert [len(todos(each)) for each in (ash, somebody("Mo Birch"))] == [1, 0]
    holders = Holder.objects.filter(deadline__kind=KIND).values_list("organisation", flat=True)
    assert set(holders) == {party.organisation.pk for party in disagreement.parties}


def test_the_acceptance_of_the_two_settles_it(cast: Cast, mailbox: Mailbox) -> None:
    disagreement = proposal_to(cast, with_ash(cast))
    desk = Desk(somebody("Mo Ash"))
    read = desk.reads(disagreement)
    assert "Accepted by Eastmoor CCG. It waits for Ash Federation." in read
    assert "Birch" not in read
    accepted = desk.sends(disagreement, f"proposals/{_proposal(disagreement)}/accept/")
    assert "is settled: both sides accepted the proposal." in accepted
    disagreement.refresh_from_db()
    assert disagreement.state == "agreed"
    assert "settled" in mailbox.to(cast.other_manager.email)[-1].subject


def _proposal(disagreement: Disagreement) -> int:
    return disagreement.steps.get(kind="proposal").pk


def test_the_page_says_whom_it_is_between_and_what_others_see(cast: Cast) -> None:
    read = Desk(somebody("Si Ash")).reads(with_ash(cast))
    assert "It is between Eastmoor CCG and Ash Federation. The other eight parties see" in read
    # Who only reads brings nobody in.
    assert "Bring in another party" not in read


def test_each_line_of_a_list_says_between_whom_it_is(cast: Cast) -> None:
    agreement, desk = of_ten(cast), Desk(somebody("Mo Ash"))
    with_ash(cast, agreement)
    own = f"/agreements/{agreement.reference}/disagreements/"
    between = "between Eastmoor CCG and Ash Federation"
    assert f"Disagreement 1 {between}, {agreement.reference}" in words_at(desk.client, LIST)
    assert f"It is {between}." in words_at(desk.client, own)
    asked = queries(desk, LIST), queries(desk, own)
    for keys in (("federation-1", "federation-2", "federation-3"), FEDERATIONS):
        open_disagreement(
            by=acting(cast.other_manager), agreement=agreement, subject=f"With {len(keys)}",
            wanted=WANTED, between=parties(agreement, *keys),
        )  # fmt: skip
    for page in (LIST, own):
        read = words_at(desk.client, page)
        assert "between Eastmoor CCG and 3 others" in read
        assert "between all ten parties" in read
    assert (queries(desk, LIST), queries(desk, own)) == asked


def test_one_that_is_taken_up_again_does_not_lead_others_to_the_first(cast: Cast) -> None:
    agreement = of_ten(cast)
    first = with_ash(cast, agreement)
    withdraw(by=acting(cast.other_manager), disagreement=first, because="It can wait.")
    first.refresh_from_db()
    again = open_disagreement(
        by=acting(cast.other_manager), agreement=agreement, subject="Again", wanted=WANTED,
        between=parties(agreement, "federation-2"), follows=first,
    )  # fmt: skip
    assert "It takes up again disagreement 1" in Desk(cast.other_manager).reads(again)
    assert "takes up again" not in Desk(somebody("Mo Birch")).reads(again)
    assert "taken up again" not in Desk(somebody("Mo Ash")).reads(first)
    with pytest.raises(Refused, match="Only one of this agreement"):
        open_disagreement(
            by=acting(somebody("Mo Birch")), agreement=agreement, subject="Ours", wanted=WANTED,
            between=parties(agreement, "ccg"), follows=first,
        )  # fmt: skip


def test_ten_ask_no_more_than_two(cast: Cast) -> None:
    """The page, the list and the agreement's page ask the database the same of each."""
    agreement, desk = of_ten(cast), Desk(cast.other_manager)
    paths = ("/escalations/", f"/agreements/{agreement.reference}/disagreements/")
    two = with_ash(cast, agreement)
    asked = [queries(desk, path) for path in (url_of(two), *paths)]
    ten = open_disagreement(
        by=acting(cast.other_manager), agreement=agreement, subject="All", wanted=WANTED,
        between=agreement.sides,
    )  # fmt: skip
    assert [queries(desk, path) for path in (url_of(ten), *paths)] == asked
    # Who has no part in the first is told of it by the same queries.
    read = Desk(somebody("Mo Birch"))
    assert queries(read, paths[1]) == queries(Desk(somebody("Mo Ash")), paths[1])
