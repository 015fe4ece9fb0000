"""One agreement from each of the library's other templates, each in another state."""

from __future__ import annotations

from datetime import date, timedelta

from agreements.models import Template
from agreements.signing.services.ending import decline_to_sign, withdraw_request
from agreements.signing.wanted import Wanted
from agreements.terms import Commissioning, Period, ReviewTerm, Standard
from deadlines.holidays import bank_holidays
from deadlines.rules.working_days import working_days_after
from house import clock
from house.clock import months_after
from mou_portal.demonstration.acts import AMARA, approve, ask, ask_and_sign, by, days_ago
from mou_portal.demonstration.from_the_library import drafted, name_lead, numbered, sent
from mou_portal.demonstration.neighbours import (
    CHAIRS,
    COMMITTEES,
    FEDERATIONS,
    LEAD,
    PRACTICE,
    PRACTICE_LEAD,
    REGIONAL_TEAM,
)
from mou_portal.demonstration.people import (
    AREA,
    AREA_TEAM,
    CCGS,
    LMC,
)
from nhsuk.dates import day

GRETA, HAMISH, ISLA, JONAH = "Greta Holm", "Hamish Boyle", "Isla Fernandes", "Jonah Adeyemi"
ALDERMOOR = "Aldermoor CCG"
# The leads of the practice's MoU: side, role, name and a telephone number that is nobody's.
LEADS = (
    ("ccg", "strategic_lead", ISLA, "01632 960 101"),
    ("ccg", "mou_manager", GRETA, "01632 960 102"),
    ("practice", "mou_manager", PRACTICE_LEAD, "01632 960 103"),
)
# What the CCG promises the practice, by which requests are counted.
STANDARDS = (
    Standard(
        key="queries", label="Queries of the practice", kind="query", slots=("ccg",),
        acknowledge_days=5, answer_days=20, update_days=10, may_pause=True,
        exclusions=("what needs further investigation", "what others have to answer"),
    ),
    Standard(
        key="information", label="Data for the practice", kind="information", slots=("ccg",),
        acknowledge_days=5, exclusions=("what nobody collects as routine",),
    ),
)  # fmt: skip
FEDERATED = "Commissioning roles of federations"


def load() -> None:
    """Unless they are there already."""
    if Template.objects.filter(key="ccg-and-federations").exists():
        return
    one_practice()
    nine_federations()
    five_ccgs()
    three_committees()


def one_practice() -> None:
    """Aldermoor CCG and a practice: signed by both, in force until a day or an event."""
    ends_on = months_after(clock.today(), 5)
    with days_ago(60):
        agreement = drafted(
            GRETA,
            "practice-resilience",
            "Practice resilience",
            {"ccg": ALDERMOOR, "practice": PRACTICE},
            blanks={
                "lmc": LMC,
                "operational_group": "Aldermoor Primary Care Operational Group",
                "committee": "the Dales Primary Care Committee in Common",
                "assessed_by": day(clock.today() + timedelta(days=14)),
                "planned_by": day(clock.today() + timedelta(days=45)),
                "promised_by": day(clock.today() + timedelta(days=76)),
                "assured_by": f"{months_after(ends_on, -2):%B %Y}",
                "workshop": f"{months_after(ends_on, -1):%B %Y}",
            },
            contacts={},
            period=Period(
                ends_on=ends_on, ends_when="the improvement plan is delivered", notice_months=1
            ),
            standards=STANDARDS,
        )
        for side, role, name, phone in LEADS:
            manager = GRETA if side == "ccg" else name
            name_lead(agreement, side, role, name, phone, manager=manager)
        version = sent(GRETA, agreement)
    approve(GRETA, version, 52, "CiC 9.1")
    with days_ago(50):
        ask_and_sign(version, GRETA, ISLA)
        ask_and_sign(version, PRACTICE_LEAD, PRACTICE_LEAD)


def nine_federations() -> None:
    """Aldermoor CCG and nine federations: out for signature, signed by the CCG and six of them. One
    is asked to sign by a day, with a message; one declined; of one the request was withdrawn."""
    last = date(clock.today().year + 1, 3, 31)
    sides = numbered("federation", FEDERATIONS)
    with days_ago(40):
        agreement = drafted(
            GRETA,
            "ccg-and-federations",
            FEDERATED,
            {"ccg": ALDERMOOR} | sides,
            blanks={
                "area": AREA,
                "comments_to": "federations@aldermoor-ccg.example",
                "year": f"{last.year - 1}/{last:%y}",
                "next_year": f"{last.year}/{last.year + 1 - 2000}",
                "support_review": f"in summer {last.year - 1}",
            },
            contacts={"ccg": {"mou_manager": GRETA, "communications_team": JONAH}}
            | {key: {"mou_manager": chair} for key, chair in zip(sides, CHAIRS, strict=True)},
            period=Period(starts_on=months_after(last, -8).replace(day=1), ends_on=last),
            review=ReviewTerm(in_month=f"{last.year - 1}-12", offsets_days=(60, 30)),
        )
        version = sent(GRETA, agreement)
    approve(GRETA, version, 30, "GB 8.4")
    with days_ago(25):
        ask_and_sign(version, GRETA, HAMISH)
    for ago, chair in zip((20, 18, 15, 11, 7, 4), CHAIRS, strict=False):
        with days_ago(ago):
            ask_and_sign(version, chair, chair)
    with days_ago(3):
        by_day = working_days_after(clock.today(), 10, bank_holidays())
        message = "Please sign before the plans go to the region. Ring me with any question."
        ask(version, CHAIRS[6], CHAIRS[6], wanted=Wanted(by_day, message))
        declining = ask(version, CHAIRS[7], CHAIRS[7])
        withdrawn = ask(version, CHAIRS[8], CHAIRS[8])
    with days_ago(2), by(CHAIRS[7]) as declines:
        because = "Our members want the support for extended hours written into section 4 first."
        decline_to_sign(by=declines, request=declining, because=because)
    with days_ago(1), by(CHAIRS[8]) as withdraws:
        because = "The board decides on Thursday. We ask again after it."
        withdraw_request(by=withdraws, request=withdrawn, because=because)


def five_ccgs() -> None:
    """The Area Team and five CCGs: out for approval, approved by three of the six."""
    sides = numbered("ccg", CCGS)
    managers = [GRETA, "Mirela Popa", "Oona Keane", "Quentin Moss", "Soren Bakke"]
    team = {"mou_manager": AMARA, "responsible_officer": "Dmitri Novak",
            "quality_lead": "Esme Hartley", "primary_liaison": "Carys Lindqvist"}  # fmt: skip
    with days_ago(35):
        agreement = drafted(
            AMARA,
            "area-team-and-several-ccgs",
            "Joint primary care strategy: working together",
            {"area_team": AREA_TEAM} | sides,
            blanks={"area": AREA, "lmcs": LMC, "plans_by": f"June {clock.today().year + 1}"},
            contacts={"area_team": team}
            | {
                key: dict.fromkeys(("mou_manager", "primary_liaison"), manager)
                for key, manager in zip(sides, managers, strict=True)
            },
        )
        version = sent(AMARA, agreement)
    for manager, ago, reference in ((AMARA, 25, "ATD/41"), (GRETA, 14, "GB 9.2"),
                                    ("Quentin Moss", 6, "GB 12")):  # fmt: skip
        approve(manager, version, ago, reference)


def three_committees() -> None:
    """A regional team and three committees: a draft in which some things are still open."""
    starts_on = date(clock.today().year + 1, 4, 1)
    names = list(COMMITTEES)
    with days_ago(10):
        drafted(
            LEAD,
            "regional-team-and-committees",
            "Co-commissioning of primary care: core principles",
            {"regional_team": REGIONAL_TEAM} | numbered("committee", names),
            blanks={
                "region": "Marches and Vales",
            },
            contacts={"regional_team": {"mou_manager": LEAD}},
            period=Period(
                starts_on=starts_on,
                ends_on=date(starts_on.year + 1, 3, 31),
                extension_by=date(starts_on.year, 9, 1),
                notice_months=6,
            ),
            commissioning=tuple(
                Commissioning(party=key, level="joint" if place < 2 else "delegated")
                for place, key in enumerate(numbered("committee", names))
            ),
        )
