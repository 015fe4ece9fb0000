"""Proposals, acceptance by both sides, withdrawal, and what came too late."""

from __future__ import annotations

import pytest

from escalations.models import Disagreement
from escalations.services.noting import say_wanted
from escalations.services.settling import accept, propose, withdraw
from house.refusals import NotYours, Refused
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.disagreements import (
    MANAGERS,
    RESPONSIBLE,
    SUBJECT,
    WORKING,
    at_managers,
    in_force,
    opened,
    proposed,
    up,
    url_of,
)
from tests.escalations.desk import Desk
from tests.stages import drafted

pytestmark = pytest.mark.django_db


def kinds(disagreement: Disagreement) -> list[str]:
    return list(disagreement.steps.values_list("kind", flat=True))


def test_a_second_press_changes_nothing(cast: Cast, mailbox: Mailbox) -> None:
    agreement = in_force(cast)
    first = opened(cast, agreement)
    again = Desk(cast.colleague).client.post(
        f"/escalations/{agreement.reference}/open/", {"subject": SUBJECT, "wanted": "Fewer."}
    )
    assert again["Location"] == url_of(first)
    desk = Desk(cast.colleague)
    for page, said in (
        ("propose/", {"text": "Monthly."}),
        ("notes/", {"text": "A note.", "seen_by": "all"}),
        ("wanted/", {"text": "Fewer of them."}),
    ):
        before = len(kinds(first))
        desk.sends(first, page, **said)
        once, sent = kinds(first), len(mailbox.all)
        desk.sends(first, page, **said)
        assert kinds(first) == once
        assert len(once) > before
        assert len(mailbox.all) == sent


def test_accepting_twice_accepts_once(cast: Cast) -> None:
    proposal = proposed(cast.colleague, opened(cast))
    first = accept(by=acting(cast.other_colleague), proposal=proposal)
    assert accept(by=acting(cast.other_colleague), proposal=proposal) == first
    assert kinds(proposal.disagreement).count("acceptance") == 2
    assert kinds(proposal.disagreement).count("agreed") == 1


def test_a_newer_proposal_takes_the_place_of_the_sides_last(cast: Cast) -> None:
    disagreement = opened(cast)
    first = proposed(cast.colleague, disagreement, "Weekly.")
    theirs = proposed(cast.other_colleague, disagreement, "Yearly.")
    proposed(cast.colleague, disagreement, "Monthly.")
    with pytest.raises(Refused, match="no longer stands"):
        accept(by=acting(cast.other_colleague), proposal=first)
    accept(by=acting(cast.colleague), proposal=theirs)
    read = Desk(cast.viewer).reads(disagreement)
    assert "What was agreed: Yearly." in read
    assert read.count("No longer stands") == 2


def test_what_is_closed_stays_closed(cast: Cast) -> None:
    disagreement = opened(cast)
    accept(by=acting(cast.other_colleague), proposal=proposed(cast.colleague, disagreement))
    with pytest.raises(Refused, match=r"This disagreement was settled on .* It is closed\."):
        say_wanted(by=acting(cast.colleague), disagreement=disagreement, text="More.")
    read = Desk(cast.colleague).reads(disagreement)
    assert "Make a proposal" not in read
    assert "Take it up again as a new disagreement" in read


def test_taken_up_again_it_names_the_one_before(cast: Cast) -> None:
    disagreement = opened(cast)
    withdraw(by=acting(cast.colleague), disagreement=disagreement, because="It can wait.")
    url = f"/escalations/{disagreement.agreement.reference}/open/?after=1"
    desk = Desk(cast.other_colleague)
    assert SUBJECT in desk.client.get(url).content.decode()
    desk.client.post(url, {"subject": SUBJECT, "wanted": "More visits."})
    assert "It takes up again disagreement 1." in desk.reads(Disagreement.objects.get(number=2))
    assert "It was taken up again as disagreement 2." in desk.reads(disagreement)


def test_only_a_closed_one_of_this_agreement_is_taken_up_again(cast: Cast) -> None:
    disagreement = opened(cast)
    desk, reference = Desk(cast.colleague), disagreement.agreement.reference
    said = {"subject": "Another", "wanted": "More."}
    answer = desk.client.post(f"/escalations/{reference}/open/?after=1", said)
    assert "closed can be taken up again" in answer.content.decode()
    for number in ("7", "x"):
        assert desk.client.get(f"/escalations/{reference}/open/?after={number}").status_code == 404


def test_the_side_that_opened_it_withdraws_it(cast: Cast, mailbox: Mailbox) -> None:
    disagreement = opened(cast)
    with pytest.raises(NotYours, match="Only Northern Moors Area Team, who opened it"):
        withdraw(by=acting(cast.other_colleague), disagreement=disagreement, because="No.")
    assert Desk(cast.other_colleague).code(disagreement, "withdraw/") == 403
    said = Desk(cast.colleague).sends(disagreement, "withdraw/", because="It can wait.")
    assert "Disagreement 1 is withdrawn." in said
    assert "Why it was withdrawn: It can wait." in said
    (told,) = [m for m in mailbox.to(cast.other_colleague.email) if "withdrawn" in m.subject]
    assert "It can wait" not in str(told.body)


def test_a_proposal_of_a_lower_level_no_longer_stands(cast: Cast) -> None:
    disagreement = opened(cast)
    proposal = proposed(cast.colleague, disagreement)
    up(cast.other_colleague, disagreement, MANAGERS)
    with pytest.raises(Refused, match="taken to another level"):
        accept(by=acting(cast.other_manager), proposal=proposal)


def test_somebody_who_comes_too_late_is_told(cast: Cast) -> None:
    """Their page is older than the last move: they get a sentence, not a shut door."""
    disagreement = at_managers(cast)
    said = Desk(cast.colleague).sends(disagreement, "propose/", at_level=WORKING, text="Monthly.")
    assert "Something happened meanwhile: this disagreement is at the level “MoU managers”" in said
    said = Desk(cast.manager).sends(
        disagreement, "next-level/", at_level=WORKING, target=RESPONSIBLE, because="No."
    )
    assert "Something happened meanwhile" in said
    with pytest.raises(Refused, match="Read what was said before you go on"):
        propose(by=acting(cast.manager), disagreement=disagreement, at_level=WORKING, text="No.")
    assert "proposal" not in kinds(disagreement)


def test_an_agreement_that_is_not_in_force_has_no_disagreements(cast: Cast) -> None:
    agreement = drafted(cast)
    page = Desk(cast.manager).client.get(f"/agreements/{agreement.reference}/").content.decode()
    assert "isagreement" not in page.split("<main")[1]
    url = f"/escalations/{agreement.reference}/open/"
    assert "name no levels" in Desk(cast.manager).client.get(url).content.decode()
    answer = Desk(cast.manager).client.post(url, {"subject": "A", "wanted": "B"})
    assert Disagreement.objects.count() == 0
    assert answer.status_code == 200


def test_levels_that_it_never_came_to_were_not_needed(cast: Cast) -> None:
    disagreement = opened(cast)
    accept(by=acting(cast.other_colleague), proposal=proposed(cast.colleague, disagreement))
    read = Desk(cast.viewer).reads(disagreement)
    assert "Working level Settled here" in read
    assert "Both chief executives jointly It was not needed." in read
    assert "Nobody is named yet" not in read
