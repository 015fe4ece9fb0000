"""Logs under the Area Team's MoUs: what was learned and passed on, whom a CCG asked, two risks."""

from __future__ import annotations

from datetime import timedelta

from agreements.models import Agreement
from commitments.logs.said import Said
from commitments.logs.services.recording import record_entry
from commitments.logs.services.references import Reference, keep_reference
from commitments.logs.services.reviewing import review_risk
from commitments.logs.services.sharing import pass_on
from commitments.models import LogEntry
from house import clock
from mou_portal.demonstration.acts import AMARA, by, days_ago
from mou_portal.demonstration.people import AREA_TEAM, organisation_called

GRETA = "Greta Holm"


def load() -> None:
    """Under the agreement with Aldermoor CCG, unless something is on a log already."""
    agreement = Agreement.objects.filter(state="in_force", origin="drafted").first()
    if agreement is None or LogEntry.objects.exists():
        return
    _learned(agreement)
    _asked(agreement)
    _risks(agreement)


def _learned(agreement: Agreement) -> None:
    """The CCG learned it; the Area Team passes it on to another CCG."""
    with days_ago(48), by(GRETA) as greta:
        learned = record_entry(
            by=greta, agreement=agreement, kind="learning",
            said=Said(
                "Nurses who see minor illness first free a tenth of appointments",
                clock.today() - timedelta(days=9),
                "Two practices tried it for **three months**. What made it work:\n\n"
                "- a list of what nurses see, agreed in advance\n- a GP next door to ask",
                may_be_passed_on=True,
            ),
        )  # fmt: skip
    if others := _others(agreement):
        with days_ago(41), by(AMARA) as amara:
            pass_on(by=amara, entry=learned, agreements=others[:1])
    with days_ago(30), by(AMARA) as amara:
        record_entry(
            by=amara, agreement=agreement, kind="learning",
            said=Said("One form for all local schemes saves practices a day in each quarter",
                      clock.today()),
        )  # fmt: skip


def _others(agreement: Agreement) -> list[Agreement]:
    """Further ones in force of the Area Team, by reference."""
    team = organisation_called(AREA_TEAM)
    rows = Agreement.objects.taking_acts().filter(parties__spells__organisation=team)
    return list(rows.exclude(pk=agreement.pk).order_by("reference")[:2])


def _asked(agreement: Agreement) -> None:
    with days_ago(27), by(GRETA) as greta:
        record_entry(
            by=greta, agreement=agreement, kind="engagement",
            said=Said(
                "Evening appointments", clock.today() - timedelta(days=2),
                "Most want one late evening in each week. Carers want to book by telephone.",
                groups="Patients of four practices (about 60), two carers' groups",
                mechanism="Two public meetings and a survey on paper",
            ),
        )  # fmt: skip


def _risks(agreement: Agreement) -> None:
    """One that both have in their registers, and one whose review is late."""
    with days_ago(60), by(AMARA) as amara:
        nurses = record_entry(
            by=amara, agreement=agreement, kind="risk",
            said=Said(
                "Too few practice nurses by spring", clock.today(),
                "Eleven of 40 can retire within a year.",
                review_on=clock.today() + timedelta(days=30),
            ),
            reference=Reference("PC-17", "https://area-team.example/risks/17"),
        )  # fmt: skip
    with days_ago(52), by(GRETA) as greta:
        keep_reference(by=greta, entry=nurses, said=Reference("ACCG 2/4"))
    with days_ago(29), by(AMARA) as amara:
        review_risk(
            by=amara, entry=nurses, reviewed_on=clock.today(),
            next_on=clock.today() + timedelta(days=90),
            found="It holds. Four posts are advertised, and two people are in training.",
        )  # fmt: skip
    with days_ago(50), by(GRETA) as greta:
        record_entry(
            by=greta, agreement=agreement, kind="risk",
            said=Said(
                "The lease of one surgery ends, and no other place is found", clock.today(),
                review_on=clock.today() + timedelta(days=45),
            ),
            reference=Reference("ACCG 3/1"),
        )  # fmt: skip
