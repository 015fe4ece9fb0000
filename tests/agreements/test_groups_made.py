"""A group is made: each commissioner's agreements once, by whoever said so, and told once."""

from __future__ import annotations

import pytest

from agreements.groups.services import preparing, sending
from agreements.groups.standing import lines_of as read_lines
from agreements.groups.standing import standings
from agreements.models import Agreement, IssueLine
from documents.models import Rendering
from house.refusals import NotYours, Refused
from jobs.models import Job
from mail.models import Delivery
from tests.agreements.grouped import line, lines_of, listed, practices, sent, share_of, work
from tests.cast import Cast, acting

pytestmark = pytest.mark.django_db


def states(cast: Cast) -> list[str]:
    found = standings(read_lines(IssueLine.objects.all()), acting(cast.other_manager))
    return [each.state for each in found]


def test_ones_own_are_made_at_once_and_another_commissioner_is_asked(cast: Cast) -> None:
    issue = sent(cast)
    assert states(cast) == ["sent", "sent", "asked"]
    made = Agreement.objects.order_by("pk")
    assert [each.title for each in made] == ["Practice resilience"] * 2
    assert all(each.text_is_fixed for each in made)
    assert {each.versions.get().state for each in made} == {"out_for_approval"}
    asked = Delivery.objects.filter(kind="group_asked")
    assert [each.address for each in asked] == [cast.third_manager.email]
    sending.answer(
        by=acting(cast.third_manager), share=share_of(issue, cast.third_ccg), takes_part=True
    )
    work()
    assert states(cast) == ["sent"] * 3
    answered = Delivery.objects.get(kind="group_answered")
    assert answered.address == cast.other_manager.email


def test_the_unsigned_pdf_is_there_before_anybody_asks_for_it(cast: Cast) -> None:
    issue = listed(cast, ours=1, theirs=0)
    sending.send(by=acting(cast.other_manager), issue=issue)
    work(prints=True)
    kept = Rendering.objects.values_list("output", flat=True)
    assert any(bytes(each).startswith(b"%PDF") for each in kept)


def test_a_second_press_makes_nothing_more(cast: Cast) -> None:
    issue = sent(cast, ours=2, theirs=0)
    sending.send(by=acting(cast.other_manager), issue=issue)
    work()
    assert (Agreement.objects.count(), Job.objects.count()) == (2, 1)


def test_a_commissioner_may_say_no_and_then_nothing_is_made_for_it(cast: Cast) -> None:
    issue = sent(cast)
    share = share_of(issue, cast.third_ccg)
    with pytest.raises(Refused, match="Say why"):
        sending.answer(by=acting(cast.third_manager), share=share, takes_part=False)
    sending.answer(
        by=acting(cast.third_manager), share=share, takes_part=False, because="We have our own."
    )
    work()
    assert states(cast) == ["sent", "sent", "left_out"]
    with pytest.raises(Refused):
        sending.answer(by=acting(cast.third_manager), share=share, takes_part=True)


def test_nobody_answers_for_another(cast: Cast) -> None:
    issue = sent(cast)
    share = share_of(issue, cast.third_ccg)
    for somebody in (cast.other_manager, cast.stranger):
        with pytest.raises(NotYours):
            sending.answer(by=acting(somebody), share=share, takes_part=True)


def test_each_is_told_once_and_the_proposed_contact_by_a_link(cast: Cast) -> None:
    sent(cast, ours=2, theirs=0)
    kinds = sorted(Delivery.objects.values_list("kind", "address"))
    assert kinds == [
        ("contact_proposed", "lead.y00001@practices.example"),
        ("contact_proposed", "lead.y00002@practices.example"),
    ]


def test_an_agreement_whose_blanks_are_open_stays_a_draft(cast: Cast) -> None:
    issue = sent(cast, ours=1, theirs=0, blanks=False)
    assert states(cast) == ["blanks"]
    assert lines_of(issue, cast.ccg)[0].made.versions.get().is_draft


def test_each_may_negotiate_where_the_sender_says_so(cast: Cast) -> None:
    issue = sent(cast, ours=1, theirs=0, fixed=False)
    made = lines_of(issue, cast.ccg)[0].made
    assert (made.text_is_fixed, made.versions.get().state) == (False, "draft")
    assert states(cast) == ["sent"]


def test_what_one_cannot_be_made_for_stops_no_other_and_says_why(cast: Cast) -> None:
    issue = listed(cast, ours=2, theirs=0)
    job_share = sending.send(by=acting(cast.other_manager), issue=issue)
    assert job_share
    assert job_share.job
    first = lines_of(issue, cast.ccg)[0]
    IssueLine.objects.filter(pk=first.pk).update(end="opted_out", end_because="They closed.")
    work()
    assert Agreement.objects.count() == 1
    assert "opted out" in job_share.job.rows.get(subject=str(first.pk)).problem


def test_a_practice_that_is_in_two_groups_has_two_agreements(cast: Cast) -> None:
    first = sent(cast, ours=1, theirs=0)
    receiver = lines_of(first, cast.ccg)[0].organisation
    second = preparing.begin(
        by=acting(cast.other_manager), template_version=first.template_version, title="Again",
        slot="practice", text_is_fixed=True,
    )  # fmt: skip
    preparing.fill_blanks(by=acting(cast.other_manager), issue=second, values={"area": "x"})
    both = [line(receiver, cast.ccg), line(receiver, cast.ccg)]
    taken = preparing.add_lines(by=acting(cast.other_manager), issue=second, lines=both)
    assert taken.new == 1
    sending.send(by=acting(cast.other_manager), issue=second)
    work()
    assert Agreement.objects.filter(access__organisation=receiver).count() == 2


def test_a_list_is_prepared_by_its_sender_alone_and_not_after_it_is_sent(cast: Cast) -> None:
    issue = listed(cast, ours=1, theirs=0)
    more = [line(practices(1, start=9)[0], cast.ccg)]
    with pytest.raises(NotYours):
        preparing.add_lines(by=acting(cast.third_manager), issue=issue, lines=more)
    with pytest.raises(NotYours):
        sending.send(by=acting(cast.other_colleague), issue=issue)
    sending.send(by=acting(cast.other_manager), issue=issue)
    with pytest.raises(Refused, match="sent already"):
        preparing.add_lines(by=acting(cast.other_manager), issue=issue, lines=more)
