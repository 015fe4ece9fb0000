"""A quarter lived by the people of the cast; the report equals a sheet worked out by hand (B15)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from agreements.models import Agreement, Party
from commitments.services.changing import answer_action, close_action, enter_in_error
from commitments.services.recording import record_action
from communications.models import Announcement
from communications.services.outcomes import release
from communications.services.planning import plan
from communications.services.sharing import add_draft, share
from escalations.services.settling import accept, propose
from house import clock
from parties.models import User
from reports.content import Content, Counts
from reports.queries import content_of
from reports.rules import Quarter
from reports.services.drafting import draft_report
from tests.agreements.contacted import with_contacts
from tests.agreements.reviewed import on, reviewed
from tests.cast import Cast, acting
from tests.communications.desk import to
from tests.disagreements import MANAGERS, hold, opened, up
from tests.meetings.stage import held, series_of

pytestmark = pytest.mark.django_db
SHEET: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "worked_quarter.yaml").read_text(encoding="utf-8")
)
APRIL = Quarter(date(2026, 4, 1))


def test_a_lived_quarter_is_reported_as_the_sheet_has_it(cast: Cast) -> None:
    agreement = with_contacts(cast, 2, area_team_responsible_officer=None, ccg_lead_clinician=None)
    hold(cast.other_manager, cast.ccg, "Manager")
    live(cast, agreement)
    with on(date(2026, 7, 10)):
        report = draft_report(by=acting(cast.manager), agreement=agreement, quarter=APRIL)
        content = content_of(report)
    assert content
    assert as_sheet(content) == SHEET["lines"]
    assert figures(content.total) == SHEET["total"]
    assert content.total.share == SHEET["share"]
    assert content.total.share_of_all == SHEET["share_of_all"]
    assert [[each.first, *figures(each)] for each in content.trend] == SHEET["trend"]


def as_sheet(content: Content) -> list[list[Any]]:
    return [[line.key, line.who, *figures(line), line.said] for line in content.lines]


def figures(counts: Counts) -> list[int]:
    return [counts.met, counts.missed, counts.excluded, counts.open]


# --- What happened


def live(cast: Cast, agreement: Agreement) -> None:
    meet(cast, agreement)
    announce(cast, agreement)
    act(cast, agreement)
    with on(date(2026, 6, 11)):
        reviewed(cast.manager, agreement, date(2026, 6, 10), date(2027, 2, 3))
    disagree(cast, agreement)


def meet(cast: Cast, agreement: Agreement) -> None:
    for day in (date(2026, 3, 30), date(2026, 6, 5)):
        held(cast.manager, series_of(agreement), day)


def announce(cast: Cast, agreement: Agreement) -> None:
    ours, theirs = cast.colleague, cast.other_colleague
    press, publication = "press_release", "publication"
    announced(ours, theirs, agreement, press, london(10, 4), london(8, 4))
    announced(ours, theirs, agreement, press, london(5, 5), london(5, 5, 8), "It was urgent.")
    announced(ours, theirs, agreement, press, london(3, 6), None, "Nobody thought of it.")
    late = london(30, 6, 23, 30)
    announced(theirs, ours, agreement, publication, late, london(25, 6))
    announced(ours, theirs, agreement, press, london(1, 7, 0, 30), london(20, 6))


def london(day: int, month: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(date(2026, month, day), time(hour, minute), clock.LONDON)


def announced(
    by: User, reader: User, agreement: Agreement, kind: str, at: datetime,
    shared_at: datetime | None, because: str = "",
) -> Announcement:  # fmt: skip
    """Planned at the end of March, and released at the time planned."""
    with on(date(2026, 3, 31)):
        planned = plan(
            by=acting(by), kind=kind, title=f"News of {at}", planned_for=at, agreements=[agreement]
        )
    if shared_at:
        with clock.at(shared_at.astimezone(UTC)):
            draft = add_draft(by=acting(by), announcement=planned, text="A draft.")
            share(by=acting(by), draft=draft, readers=[to(reader)], because=because)
    with clock.at(at.astimezone(UTC)):
        planned.refresh_from_db()
        release(
            by=acting(by), announcement=planned, released_at=clock.now(), text="Final.",
            because=because,
        )  # fmt: skip
    return planned


def act(cast: Cast, agreement: Agreement) -> None:
    ours, theirs = (agreement.parties.get(slot=slot) for slot in ("area_team", "ccg"))
    team, ccg = cast.manager, cast.other_manager
    action(team, ours, "Done in time", date(2026, 5, 20), done=date(2026, 5, 15))
    action(team, ours, "Done late", date(2026, 4, 30), done=date(2026, 5, 12))
    action(team, ours, "Long late", date(2026, 3, 28))
    action(team, ours, "Dropped", date(2026, 6, 10), done=date(2026, 6, 1), how="dropped")
    action(ccg, theirs, "Late", date(2026, 6, 20))
    action(ccg, theirs, "Without a date", None, done=date(2026, 6, 3))
    action(ccg, theirs, "To come", date(2026, 7, 15))
    with on(date(2026, 4, 2)):
        wrong = record_action(by=acting(team), agreement=agreement, what="Not so", owner=theirs,
                              due_on=date(2026, 6, 1))  # fmt: skip
        answer_action(by=acting(ccg), action=wrong, agrees=False, because="We never agreed it.")
        error = record_action(by=acting(team), agreement=agreement, what="Twice", owner=ours,
                              due_on=date(2026, 4, 20))  # fmt: skip
        enter_in_error(by=acting(team), action=error, because="It stood here twice.")
    with on(date(2026, 7, 2)):
        record_action(by=acting(team), agreement=agreement, what="Later", owner=ours)


def action(
    by: User, owner: Party, what: str, due_on: date | None, done: date | None = None,
    how: str = "done",
) -> None:  # fmt: skip
    with on(date(2026, 3, 3)):
        made = record_action(
            by=acting(by), agreement=owner.agreement, what=what, owner=owner, due_on=due_on
        )
    if done:
        with on(done):
            close_action(by=acting(by), action=made, as_what=how, because="So it is.")


def disagree(cast: Cast, agreement: Agreement) -> None:
    with on(date(2026, 4, 10)):
        first = opened(cast, agreement, "Visits")
    with on(date(2026, 4, 20)):
        up(cast.colleague, first, MANAGERS)
    with on(date(2026, 4, 30)):
        first.refresh_from_db()
        proposal = propose(
            by=acting(cast.manager), disagreement=first, at_level=MANAGERS, text="Half of them."
        )
        accept(by=acting(cast.other_manager), proposal=proposal)
    with on(date(2026, 6, 20)):
        opened(cast, agreement, "Money")
