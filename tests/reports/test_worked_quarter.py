"""A quarter lived by the people of the cast; the report equals a sheet worked out by hand (B15)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from agreements.models import Agreement, Party, TemplateVersion
from agreements.terms import CommitmentTerm, Standard, as_stored
from commitments.models import Commitment
from commitments.owed.said import When
from commitments.owed.services.recording import record_commitment
from commitments.services.changing import answer_action, close_action, enter_in_error
from commitments.services.recording import record_action
from communications.heads_ups.services.outcomes import mark_sent
from communications.models import Announcement
from communications.services.outcomes import release
from communications.services.planning import plan
from communications.services.sharing import add_draft, share
from escalations.services.settling import accept, propose
from house import clock
from mail.sweep import send_due
from parties.models import User
from performance.models import Request
from performance.services.recording import record_request
from performance.services.steps import acknowledge, answer, exclude
from performance.services.steps import enter_in_error as request_in_error
from reports.content import Content, Counts
from reports.queries import content_of
from reports.rules import Quarter
from reports.services.drafting import draft_report
from tests.agreements.contacted import with_contacts
from tests.agreements.reviewed import on, reviewed
from tests.cast import Cast, acting
from tests.commitments.owed.owing import done
from tests.communications.desk import to
from tests.communications.telling import given, sent_first, went_out
from tests.conftest import ClientOf
from tests.disagreements import MANAGERS, hold, opened, up
from tests.meetings.stage import held, series_of
from tests.pdf import printed
from tests.performance.stage import STANDARDS, again
from tests.reading import words_of
from tests.setting_up import library_template

pytestmark = pytest.mark.django_db
SHEET: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "worked_quarter.yaml").read_text(encoding="utf-8")
)
APRIL = Quarter(date(2026, 4, 1))
NOT_VALIDATED = "what is not validated"


@pytest.mark.duty("B15")
def test_a_lived_quarter_is_reported_as_the_sheet_has_it(cast: Cast, client_of: ClientOf) -> None:
    agreement = with_contacts(
        cast, 2, promising(cast), area_team_responsible_officer=None, ccg_lead_clinician=None
    )
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
    with on(date(2026, 7, 10)):
        client, path = client_of(cast.manager), f"/reports/{report.key}/"
        client.post(f"{path}edit/", {"edit_no": 0, "text": "Share drafts sooner."})
        answered = client.get(path)
        pdf = printed(client.get(f"{path}report.pdf").content)
    assert "<svg" in answered.content.decode()
    for said in (words_of(answered), " ".join(pdf.split())):
        assert "Share drafts sooner." in said
        for line in content.lines:
            # A cell of the document may have several lines.
            assert all(word in said for word in f"{line.label} {line.who}".split()), line.label
        assert "62%" in said
        assert "57%" in said


def as_sheet(content: Content) -> list[list[Any]]:
    return [[line.key, line.who, *figures(line), line.said] for line in content.lines]


def figures(counts: Counts) -> list[int]:
    return [counts.met, counts.missed, counts.excluded, counts.open]


def promising(cast: Cast) -> TemplateVersion:
    """The library's text, with standards for what the Area Team is asked, and with figures that the
    CCG owes for each month."""
    version = library_template(cast)
    left_out = Standard(key="figures", label="Figures", slots=("ccg",), exclusions=(NOT_VALIDATED,))
    monthly = CommitmentTerm(
        key="figures", label="Figures of the month", slots=("ccg",), cadence="monthly",
        by_financial_year=True, standard="figures",
    )  # fmt: skip
    theirs = Standard(
        key="theirs", label="Queries", kind="query", slots=("ccg",), acknowledge_days=5
    )  # fmt: skip
    more = {"standards": (*STANDARDS, theirs, left_out), "commitments": (monthly,)}
    version.terms = as_stored(version.typed_terms.model_copy(update=more))
    version.save()
    return version


# --- What happened


def live(cast: Cast, agreement: Agreement) -> None:
    meet(cast, agreement)
    announce(cast, agreement)
    give_heads_up(cast, agreement)
    ask(cast, agreement)
    owe(cast, agreement)
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


def give_heads_up(cast: Cast, agreement: Agreement) -> None:
    with clock.at(london(18, 4).astimezone(UTC)):
        first = given(cast, agreement)
        send_due()
    with clock.at(london(20, 4).astimezone(UTC)):
        went_out(cast, first)
    with clock.at(london(12, 5).astimezone(UTC)):
        sent_first(cast, agreement)
    with clock.at(london(1, 6).astimezone(UTC)):
        theirs = given(cast, agreement, by=cast.other_colleague)
        send_due()
    with clock.at(london(3, 6).astimezone(UTC)):
        mark_sent(by=acting(cast.other_colleague), heads_up=theirs, sent_at=clock.now())


def ask(cast: Cast, agreement: Agreement) -> None:
    team = acting(cast.manager)
    first = asked(cast, agreement, date(2026, 4, 13))
    done_on(date(2026, 4, 16), acknowledge, by=team, request=first)
    done_on(date(2026, 5, 12), answer, by=team, request=first, text="Here it is.")
    second = asked(cast, agreement, date(2026, 5, 11))
    done_on(date(2026, 5, 20), acknowledge, by=team, request=second)
    done_on(date(2026, 6, 12), answer, by=team, request=second, text="Sorry.")
    third = asked(cast, agreement, date(2026, 6, 1))
    done_on(date(2026, 6, 3), acknowledge, by=team, request=third)
    done_on(
        date(2026, 6, 10), exclude, by=team, request=third,
        exclusion="what needs investigation", because="It goes deep.",
    )  # fmt: skip
    wrong = asked(cast, agreement, date(2026, 6, 15), "information")
    done_on(
        date(2026, 6, 16), request_in_error, by=acting(cast.other_manager), request=wrong,
        because="It was asked of somebody else.",
    )  # fmt: skip
    asked(cast, agreement, date(2026, 6, 22))
    last = asked(cast, agreement, date(2026, 6, 29), "information")
    theirs = asked(cast, agreement, date(2026, 6, 8), of="ccg")
    done_on(date(2026, 6, 12), acknowledge, by=acting(cast.other_manager), request=theirs)
    done_on(date(2026, 7, 2), acknowledge, by=team, request=last, until=date(2026, 7, 20))


def asked(
    cast: Cast, agreement: Agreement, day: date, kind: str = "query", of: str = "area_team"
) -> Request:
    """Of one party by the other; the CCG records it."""
    party, other = agreement.parties.get(slot=of), agreement.parties.exclude(slot=of).get()
    with on(day):
        return record_request(
            by=acting(cast.other_manager), agreement=agreement, kind=kind, subject="List sizes",
            asked_of=party, asked_by=other,
        )  # fmt: skip


def done_on(day: date, act: Callable[..., object], *, request: Request, **said: Any) -> None:
    with on(day):
        act(request=again(request), **said)


def owe(cast: Cast, agreement: Agreement) -> None:
    with on(date(2026, 4, 2)):
        ours = agreement.parties.get(slot="area_team")
        early, late, _ = (
            record_commitment(
                by=acting(cast.manager), agreement=agreement, what=f"A list by {day}",
                owed_by=ours, when=When("once", due_on=day),
            )
            for day in (date(2026, 5, 15), date(2026, 5, 31), date(2026, 6, 24))
        )  # fmt: skip
    for owed, day in ((early, date(2026, 5, 14)), (late, date(2026, 6, 3))):
        with on(day):
            done(cast.manager, owed, owed.counts_from)
    figures = Commitment.objects.select_related("agreement").get(
        agreement=agreement, term_key="figures"
    )
    for month, said_on, said in (
        (3, date(2026, 3, 31), {}),
        (4, date(2026, 4, 30), {}),
        (5, date(2026, 5, 29), {"outcome": "excluded", "done_on": None, "reason": NOT_VALIDATED}),
        (6, date(2026, 7, 3), {"done_on": date(2026, 6, 30)}),
    ):
        with on(said_on):
            done(cast.other_manager, figures, date(2026, month, 1), **said)


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
