"""Meetings under way: held and confirmed, owed, scheduled, not recorded yet, of a group."""

from __future__ import annotations

from datetime import date, time, timedelta

from agreements.models import Agreement
from commitments.models import Action
from commitments.services.changing import close_action
from deadlines.holidays import bank_holidays
from deadlines.rules.working_days import last_working_day_before
from house import clock
from meetings.models import Meeting, Series
from meetings.services.actions import Agreed
from meetings.services.agenda import add_item
from meetings.services.correcting import answer_record
from meetings.services.due import time_passed
from meetings.services.recording import Account, record_elsewhere, record_meeting
from meetings.services.scheduling import schedule_meeting
from meetings.services.series import make_series, set_cadence
from mou_portal.demonstration.acts import AMARA, by, days_ago
from mou_portal.demonstration.people import AREA_TEAM, organisation_called, person_called
from parties.models import Organisation, Person

CARYS, GRETA, ISLA, KIRAN = "Carys Lindqvist", "Greta Holm", "Isla Fernandes", "Kiran Desai"
CCG = "Aldermoor CCG"


def load() -> None:
    """Under the agreements with Aldermoor CCG and Elmsworth CCG, unless there are some already."""
    agreement = Agreement.objects.filter(state="in_force", origin="drafted").first()
    if agreement is None or Meeting.objects.exists():
        return
    wider_meetings(agreement)
    locality_meetings(agreement)
    group(agreement)
    time_passed()


def wider_meetings(agreement: Agreement) -> None:
    """One of two held, with actions; the second is scheduled, and its agenda is growing."""
    series = series_of(agreement, Series.Purpose.WIDER)
    with days_ago(200), by(AMARA) as amara:
        meeting = schedule_meeting(
            by=amara, series=series, day=working_day(20), time=time(14),
            place="Meeting room 2, Northern Dales Area Team",
        )  # fmt: skip
    with days_ago(190), by(GRETA) as greta:
        add_item(
            by=greta, meeting=meeting, heading="Practices without a lead for infection control"
        )
    with days_ago(179), by(CARYS) as carys:
        record_meeting(by=carys, meeting=meeting, account=first_account(agreement))
    with days_ago(170), by(ISLA) as isla:
        answer_record(by=isla, meeting=meeting, agrees=True)
    with days_ago(120), by(ISLA) as isla:
        done = Action.objects.get(what__startswith="List the practices")
        close_action(by=isla, action=done, as_what="done", because="Sent to the Area Team.")
    with days_ago(12), by(KIRAN) as kiran:
        following = schedule_meeting(
            by=kiran, series=series, day=working_day(33), time=time(10, 30),
            ends=time(12), place="Aldermoor CCG, board room",
        )  # fmt: skip
        add_item(
            by=kiran, meeting=following, heading="Access to appointments in winter",
            body="- What practices plan\n- What the CCG can pay for",
        )  # fmt: skip


def first_account(agreement: Agreement) -> Account:
    team, ccg = agreement.parties.get(slot="area_team"), agreement.parties.get(slot="ccg")
    return Account(
        notes=(
            "## What the sources say\n\nTwo practices declared late. The CQC inspected one "
            "practice and asks for a plan.\n\n## Agreed\n\n- Each side reads the plan before the "
            "next meeting.\n- Both look at access in winter next time."
        ),
        came=[*came(AREA_TEAM, AMARA, CARYS), *came(CCG, GRETA, ISLA)],
        others=["Practice manager, Beck Street Surgery"],
        agreed=[
            Agreed("List the practices that declared late", ccg, person_called(ISLA), in_days(45)),
            Agreed("Read the practice's plan and send comments", team, person_called(CARYS),
                   in_days(200)),
            Agreed("Name who checks infection control", ccg),
        ],
    )  # fmt: skip


def locality_meetings(agreement: Agreement) -> None:
    """Monthly, since the CCG asked; the last one is not recorded yet."""
    series = series_of(agreement, Series.Purpose.LOCALITY)
    with days_ago(90), by(GRETA) as greta:
        set_cadence(by=greta, series=series, cadence="monthly")
    with days_ago(58), by(CARYS) as carys:
        account = Account(notes="Contracts of two practices.", came=came(AREA_TEAM, CARYS))
        held = record_elsewhere(
            by=carys, series=series, day=clock.today() - timedelta(days=2), account=account
        )
    with days_ago(55), by(ISLA) as isla:
        answer_record(by=isla, meeting=held, agrees=True)
    with days_ago(20), by(CARYS) as carys:
        schedule_meeting(by=carys, series=series, day=working_day(17), time=time(9))


def group(agreement: Agreement) -> None:
    """A quarterly group of two agreements of the Area Team; its record is not confirmed."""
    other = Agreement.objects.filter(state="in_force", origin="registered").first()
    if other is None:
        return
    with days_ago(4), by(AMARA) as amara:
        series = make_series(
            by=amara, agreements=[agreement, other], name="Primary care quality group",
            cadence="quarterly", standing=["Good practice to pass on"],
        )  # fmt: skip
        account = Account(
            notes="The first meeting of the group. Each CCG told of one practice that does well.",
            came=[
                *came(AREA_TEAM, AMARA),
                *came(CCG, GRETA),
                *came("Elmsworth CCG", "Soren Bakke"),
            ],
        )
        record_elsewhere(by=amara, series=series, day=clock.today(), account=account)


def series_of(agreement: Agreement, purpose: str) -> Series:
    return Series.objects.get(serves__agreement=agreement, purpose=purpose)


def came(organisation: str, *names: str) -> list[tuple[Organisation, Person]]:
    here = organisation_called(organisation)
    return [(here, person_called(name)) for name in names]


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


def working_day(days: int) -> date:
    """The day that is so many days away, or the last before it on which people work."""
    return last_working_day_before(in_days(days + 1), bank_holidays())
