"""A third party is brought into a disagreement between two of ten."""

from __future__ import annotations

import pytest

from escalations.models import ConcernedParty
from escalations.services.bringing_in import bring_in
from escalations.services.noting import add_note
from escalations.services.opening import open_disagreement
from escalations.services.settling import accept
from house.refusals import NotYours, Refused
from parties.models import User
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.escalations.desk import Desk
from tests.once import made_once
from tests.reading import words_at
from tests.two_of_ten import (
    SUBJECT,
    WANTED,
    of_ten,
    parties,
    proposal_to,
    somebody,
    with_ash,
)

pytestmark = pytest.mark.django_db
made, cast = made_once(of_ten)


def test_a_party_that_is_brought_in_reads_all_and_has_to_accept(
    cast: Cast, mailbox: Mailbox
) -> None:
    disagreement = proposal_to(cast, with_ash(cast))
    desk, birch = Desk(cast.other_manager), somebody("Mo Birch")
    page = desk.reads(disagreement, "parties/")
    assert "They read all that was said so far" in page
    assert "Ash Federation" not in page.split("Who is brought in")[1]
    read = desk.sends(
        disagreement, "parties/", between=["federation-2"], because="It pays half of it."
    )
    assert "From now on they have a part in disagreement 1." in read
    assert "Olga Other brought in Birch Federation." in read
    assert WANTED in Desk(birch).reads(disagreement)
    assert "Birch Federation brought into disagreement 1 on" in mailbox.to(birch.email)[-1].subject
    assert "Your side reads all that was said so far." in str(mailbox.to(birch.email)[-1].body)
    assert "Your side reads" not in str(mailbox.to(somebody("Mo Ash").email)[-1].body)
    accept(by=acting(somebody("Mo Ash")), proposal=disagreement.steps.get(kind="proposal"))
    disagreement.refresh_from_db()
    assert disagreement.is_open
    accept(by=acting(birch), proposal=disagreement.steps.get(kind="proposal"))
    disagreement.refresh_from_db()
    assert not disagreement.is_open


def test_bringing_in_is_an_act_of_those_at_the_level(cast: Cast) -> None:
    disagreement = with_ash(cast)
    new = parties(disagreement.agreement, "federation-2")

    def by(user: User, *, level: str = "managers", which: list[str] | None = None) -> None:
        bring_in(
            by=acting(user), disagreement=disagreement, at_level=level, because="Why.",
            parties=new if which is None else parties(disagreement.agreement, *which),
        )  # fmt: skip

    for user in (somebody("Si Ash"), somebody("Mo Birch")):
        with pytest.raises(NotYours):
            by(user)
    with pytest.raises(Refused, match="at the level"):
        by(cast.other_manager, level="top")
    with pytest.raises(Refused, match="no part in it yet"):
        by(cast.other_manager, which=["federation-1"])
    by(cast.other_manager)
    by(cast.other_manager)
    assert disagreement.steps.filter(kind="brought_in").count() == 1
    assert ConcernedParty.objects.filter(party__in=new).count() == 1


def test_own_notes_stay_their_sides(cast: Cast) -> None:
    disagreement = with_ash(cast)
    add_note(by=acting(cast.other_manager), disagreement=disagreement, text="Only ours.", own=True)
    bring_in(
        by=acting(cast.other_manager), disagreement=disagreement, at_level="managers",
        parties=parties(disagreement.agreement, "federation-2"), because="Why.",
    )  # fmt: skip
    assert "Only ours." not in Desk(somebody("Mo Birch")).reads(disagreement)
    assert "Only ours." in Desk(cast.other_manager).reads(disagreement)


def test_between_all_there_is_nobody_to_bring_in(cast: Cast) -> None:
    agreement = of_ten(cast)
    opened = open_disagreement(
        by=acting(cast.other_manager), agreement=agreement, subject=SUBJECT, wanted=WANTED,
        between=agreement.sides,
    )  # fmt: skip
    desk = Desk(cast.other_manager)
    assert desk.code(opened, "parties/") == 404
    assert "Bring in another party" not in desk.reads(opened)
    assert f"opened disagreement 1: “{SUBJECT}”." in words_at(
        Desk(somebody("Mo Willow")).client, f"/agreements/{agreement.reference}/history/"
    )
