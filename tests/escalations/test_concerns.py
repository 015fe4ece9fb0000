"""A practice concern from its record to its end, on its pages (A14, A15, A22, A23)."""

from __future__ import annotations

import re

import pytest

from deadlines.models import Deadline
from escalations.concerns.services.actions import add_action
from escalations.models import ConcernAction, ConcernStep
from house import clock
from tests.cast import Cast, acting
from tests.concerns import (
    KNOWN,
    ConcernDesk,
    agreement_of,
    confidential,
    newest,
    recorded,
    shared,
)
from tests.conftest import Mailbox
from tests.reading import words_at

pytestmark = pytest.mark.django_db


@pytest.mark.duty("A22")
def test_what_a_party_learns_is_told_where_that_is_appropriate(
    cast: Cast, mailbox: Mailbox
) -> None:
    desk, practice = ConcernDesk(cast.manager), cast.practice
    said = desk.records(agreement_of(cast), practice=practice.pk, practice_name="")
    assert "The concern is recorded. You alone read it." in said
    concern = newest()
    assert (concern.practice, concern.source, concern.severity) == (practice, "cqc", "high")
    assert ConcernDesk(cast.other_manager).code(concern) == 404
    # The decision has its reason, who made it and when; the other's MoU manager has a notice.
    assert "Give the reason" in desk.sends(concern, "decide/", decision="share")
    answer = desk.sends(concern, "decide/", decision="share", because="Their patients wait.")
    assert "We told the MoU manager of Eastmoor CCG." in answer
    step = concern.steps.get(kind=ConcernStep.Kind.SHARED)
    assert (step.text, step.by, step.about) == ("Their patients wait.", cast.manager, ["ccg"])
    [notice] = confidential(mailbox, cast.other_manager)
    assert "ead a confidential record that was shared with you" in notice.subject
    theirs = ConcernDesk(cast.other_manager).reads(concern)
    assert KNOWN in theirs
    assert "Their patients wait." in theirs
    # Who may see it: those who are named, of each party by its own.
    assert ConcernDesk(cast.other_colleague).code(concern) == 404
    ConcernDesk(cast.other_manager).sends(
        concern, "readers/", person=cast.other_colleague.person_id
    )
    assert KNOWN in ConcernDesk(cast.other_colleague).reads(concern)


@pytest.mark.duty("A22")
def test_that_it_is_not_shared_is_a_decision_with_its_reason(cast: Cast, mailbox: Mailbox) -> None:
    concern, desk = recorded(cast), ConcernDesk(cast.manager)
    assert "Nobody has decided yet" in desk.reads(concern)
    assert "Give the reason" in desk.sends(concern, "decide/", decision="keep")
    desk.sends(concern, "decide/", decision="keep", because="The police ask us to wait.")
    read = desk.reads(concern)
    assert "Decided not to share it for now" in read
    assert "The police ask us to wait." in read
    assert ConcernDesk(cast.other_manager).code(concern) == 404
    assert not confidential(mailbox, cast.other_manager)


@pytest.mark.duty("A14")
def test_services_at_risk_open_what_the_practitioner_has_to_say(cast: Cast) -> None:
    desk = ConcernDesk(cast.manager)
    url = f"/concerns/{agreement_of(cast).reference}/open/"
    assert "A performer's name is never stored here." in words_at(desk.client, url)
    asked = desk.records(agreement_of(cast), risk="yes", known="Dr Hale is under investigation.")
    assert "“Dr Hale” looks like somebody's name." in asked
    desk.records(agreement_of(cast), risk="yes", known="A performer is under investigation.")
    concern = newest()
    assert "The practitioner informs Eastmoor CCG" in desk.reads(concern)
    said = {"as_what": "done", "evidence": "They rang us.", **_today()}
    desk.sends(concern, "actions/1/close/", **said)
    read = desk.reads(concern)
    assert re.search(r"Done on .*, recorded by Maud Manager: They rang us.", read)


@pytest.mark.duty("A15")
def test_a_gap_opens_what_the_contractor_and_the_commissioner_are_asked(cast: Cast) -> None:
    desk = ConcernDesk(cast.manager)
    assert "Say which commissioner is told" in desk.records(agreement_of(cast), gap="yes")
    desk.records(agreement_of(cast), gap="yes", commissioner=cast.third_ccg.pk)
    concern = newest()
    read = desk.reads(concern)
    assert "The contractor is asked to check other commissioners' specifications" in read
    assert "Westmoor CCG is told of the gap" in read
    told = concern.actions.get(kind=ConcernAction.Kind.TOLD)
    assert told.commissioner == cast.third_ccg
    for number in (1, 2):
        said = {"as_what": "done", "evidence": "Letter of today.", **_today()}
        desk.sends(concern, f"actions/{number}/close/", **said)
    assert {action.state for action in concern.actions.all()} == {"done"}


def test_an_agreed_plan_is_actions_and_closing_with_open_ones_is_recorded(cast: Cast) -> None:
    concern, desk = shared(cast), ConcernDesk(cast.manager)
    desk.sends(concern, "actions/", what="The practice orders emergency drugs")
    desk.sends(concern, "actions/", what="We visit again")
    said = {"as_what": "done", "evidence": "Seen.", **_today()}
    ConcernDesk(cast.other_manager).sends(concern, "actions/1/close/", **said)
    assert "Why it is closed" in desk.sends(concern, "close/", outcome="It is safe now.")
    desk.sends(concern, "close/", outcome="It is safe now.", open_because="The visit is booked.")
    read = desk.reads(concern)
    assert "Closed with action 2 open" in read
    assert "The visit is booked." in read
    assert desk.code(concern, "decide/") == 404
    desk.sends(concern, "actions/2/close/", as_what="dropped", evidence="No longer needed.")
    assert concern.actions.get(number=2).state == "dropped"


def test_a_closed_one_is_opened_again_with_a_reason_and_its_close_stays(
    cast: Cast, mailbox: Mailbox
) -> None:
    concern, desk = shared(cast), ConcernDesk(cast.manager)
    add_action(by=acting(cast.manager), concern=concern, what="We visit", due_on=clock.today())
    desk.sends(concern, "close/", outcome="It is safe now.", open_because="It is booked.")
    due = Deadline.objects.filter(kind="concern_action")
    assert due.get().state == "cancelled"
    told = len(confidential(mailbox, cast.other_manager))
    assert ConcernDesk(cast.other_manager).code(concern, "reopen/") == 403
    assert "Say why it is opened again" in desk.sends(concern, "reopen/")
    desk.sends(concern, "reopen/", because="It happened again.")
    read = ConcernDesk(cast.other_manager).reads(concern)
    for said in ("It happened again.", "Closed with action 1 open", "It is safe now."):
        assert said in read
    assert len(confidential(mailbox, cast.other_manager)) == told + 1
    concern.refresh_from_db()
    assert (concern.state, concern.closed_at, due.get().state) == ("shared", None, "open")
    assert desk.code(concern, "reopen/") == 404


def test_what_was_not_shared_is_opened_again_to_its_own_readers(cast: Cast) -> None:
    concern, desk = recorded(cast), ConcernDesk(cast.manager)
    desk.sends(concern, "decide/", decision="keep", because="It is small.")
    desk.sends(concern, "close/", outcome="Nothing was found.")
    desk.sends(concern, "reopen/", because="It happened again.")
    concern.refresh_from_db()
    assert concern.state == "not_shared"
    assert ConcernDesk(cast.other_manager).code(concern) == 404


def _today() -> dict[str, str]:
    now = clock.today()
    return {"done_on-day": str(now.day), "done_on-month": str(now.month),
            "done_on-year": str(now.year)}  # fmt: skip


def test_only_the_owner_decides_and_viewers_write_nothing(cast: Cast) -> None:
    concern = shared(cast)
    theirs = ConcernDesk(cast.other_manager)
    for page in ("decide/", "take-back/", "close/", "error/"):
        assert theirs.code(concern, page) in {403, 404}
    assert theirs.code(concern, "notes/") == 200
