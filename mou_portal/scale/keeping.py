"""What the parties of a pattern do while their agreement is in force, in the rooms above."""

from __future__ import annotations

from datetime import time, timedelta

from agreements.contacts.services.confirming import confirm_all
from agreements.models import Agreement, Review
from agreements.reviews.services import Outcome, record_review, say_of_review
from commitments.services.changing import close_action, note_progress
from commitments.services.recording import record_action
from communications.models import Announcement, Draft
from communications.queries.readers import Reader
from communications.services.outcomes import final_from, release
from communications.services.planning import plan
from communications.services.reading import acknowledge, log_read
from communications.services.sharing import add_draft, share
from escalations.services.naming import name_person
from escalations.services.noting import say_wanted
from escalations.services.opening import open_disagreement
from house import clock
from meetings.models import Series
from meetings.services.actions import Agreed
from meetings.services.agenda import add_item
from meetings.services.correcting import answer_record
from meetings.services.recording import Account, record_meeting
from meetings.services.scheduling import schedule_meeting
from mou_portal.scale.acts import Sides, by
from parties.models import Role

NOTES = "## What the sources say\n\nTwo practices declared late.\n\n## Agreed\n\n- Read the plan."


def with_actions(sides: Sides, agreement: Agreement, *, due_in: int, done: bool = False) -> None:
    """One of each of the first two sides."""
    for side, party in zip(sides[:2], agreement.sides, strict=False):
        with by(side) as manager:
            action = record_action(
                by=manager,
                agreement=agreement,
                what="Send the list of contract reviews",
                owner=party,
                person=side.person(Role.EDITOR),
                due_on=clock.today() + timedelta(days=due_in),
            )
            note_progress(by=manager, action=action, text="All but two practices answered.")
            if done:
                close_action(by=manager, action=action, as_what="done", because="It was sent.")


def met(sides: Sides, agreement: Agreement) -> None:
    """The wider meeting was held, its record confirmed, and the next one is planned."""
    series = Series.objects.get(serves__agreement=agreement, purpose=Series.Purpose.WIDER)
    with by(sides[0]) as manager:
        meeting = schedule_meeting(
            by=manager, series=series, day=clock.today(), time=time(9), place="Meeting room 2"
        )
        add_item(by=manager, meeting=meeting, heading="Access to appointments in winter")
    came = [(side.organisation, side.person(Role.MANAGER)) for side in sides]
    owner, person = agreement.sides[0], sides[0].person(Role.EDITOR)
    due_on = clock.today() + timedelta(days=200)
    agreed = [Agreed("Read the practice's plan and send comments", owner, person, due_on)]
    with clock.at(clock.now() + timedelta(hours=6)):
        with by(sides[0]) as manager:
            account = Account(notes=NOTES, came=came, agreed=agreed)
            record_meeting(by=manager, meeting=meeting, account=account)
        for side in sides[1:]:
            with by(side) as other:
                answer_record(by=other, meeting=meeting, agrees=True)


def announced(sides: Sides, agreement: Agreement) -> None:
    """Shared in time, read, acknowledged and released."""
    draft = _shared(sides, _plan(sides, agreement))
    with by(sides[1]) as other:
        log_read(by=other, draft=draft, how="viewed")
        acknowledge(by=other, draft=draft)
    later = clock.now() + timedelta(days=6)
    with clock.at(later), by(sides[0]) as manager:
        announcement = Announcement.objects.get(pk=draft.announcement_id)
        at = min(announcement.planned_for, later)
        release(by=manager, announcement=announcement, released_at=at, **final_from(draft))


def planned(sides: Sides, agreement: Agreement) -> None:
    """Shared with the others, and not released yet."""
    _shared(sides, _plan(sides, agreement))


def _plan(sides: Sides, agreement: Agreement) -> Announcement:
    with by(sides[0], Role.EDITOR) as editor:
        return plan(
            by=editor,
            kind="publication",
            title="A new clinic",
            planned_for=clock.london_instant(clock.today() + timedelta(days=5), time(9)),
            agreements=[agreement],
        )


def _shared(sides: Sides, announcement: Announcement) -> Draft:
    readers = [Reader(side.organisation, person=side.person(Role.MANAGER)) for side in sides[1:]]
    with by(sides[0], Role.EDITOR) as editor:
        draft = add_draft(by=editor, announcement=announcement, text="The clinic opens **soon**.")
        share(by=editor, draft=draft, readers=readers)
    return draft


def disagreed(sides: Sides, agreement: Agreement) -> None:
    """Opened by one side and answered by the other; it goes on."""
    with by(sides[0]) as manager:
        opened = open_disagreement(
            by=manager, agreement=agreement, subject="Who writes first to practices",
            wanted="We send our letter when it is ready.", between=agreement.sides,
        )  # fmt: skip
    with by(sides[1]) as other:
        name_person(
            by=other, disagreement=opened, level=opened.level,
            person=sides[1].person(Role.MANAGER),
        )  # fmt: skip
        say_wanted(by=other, disagreement=opened, text="We want to hear of it three days before.")


def contacts_confirmed(sides: Sides, agreement: Agreement) -> None:
    for side, party in zip(sides, agreement.sides, strict=True):
        with by(side) as manager:
            confirm_all(by=manager, party=party)


def reviewed(sides: Sides, agreement: Agreement) -> None:
    """Held and recorded by the first side, confirmed by the others a week later."""
    agreement.refresh_from_db()
    said = Outcome(
        held_on=clock.today(),
        outcome=Review.Outcome.CONTINUE,
        next_on=clock.today() + timedelta(days=365),
        note="It works well.",
    )
    with by(sides[0]) as manager:
        review = record_review(by=manager, agreement=agreement, number=1, said=said)
    with clock.at(clock.now() + timedelta(days=7)):
        for side in sides[1:]:
            with by(side) as other:
                say_of_review(by=other, review=review, agrees=True)
