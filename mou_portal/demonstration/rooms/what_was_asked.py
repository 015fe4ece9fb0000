"""Requests in six states, by the standards of a practice's MoU; a visit and a consultation."""

from __future__ import annotations

from datetime import date

from agreements.models import Agreement, Party
from deadlines.holidays import bank_holidays
from deadlines.rules.working_days import working_days_after
from house import clock
from mou_portal.demonstration.acts import AMARA, by, days_ago
from mou_portal.demonstration.neighbours import PRACTICE_LEAD
from performance.models import Request
from performance.services.consulting import consult
from performance.services.recording import record_request
from performance.services.saying import agree_extent
from performance.services.steps import (
    acknowledge,
    answer,
    exclude,
    pause,
    reopen,
    update,
)

GRETA, CARYS = "Greta Holm", "Carys Lindqvist"


def load() -> None:
    """Unless there are some already."""
    bilateral = Agreement.objects.filter(state="in_force", origin="drafted").first()
    of_practice = Agreement.objects.filter(template_version__template__key="practice-resilience")
    practice = of_practice.filter(origin="drafted", issue_line=None).first()
    if bilateral is None or practice is None or Request.objects.exists():
        return
    of_the_practice(practice)
    visit(bilateral)
    consultation(bilateral)


def of_the_practice(agreement: Agreement) -> None:
    """One answered, one late, one left out, one that stands still, one opened again, one new."""
    ccg, practice = (agreement.parties.get(slot=slot) for slot in ("ccg", "practice"))
    answered(ccg, practice)
    late(ccg, practice)
    left_out(ccg, practice)
    waits(ccg, practice)
    opened_again(ccg, practice)
    with days_ago(1):
        asks(ccg, practice, "query", "Who pays for the second room in the summer?")


def answered(ccg: Party, practice: Party) -> None:
    """By telephone: the CCG wrote it down."""
    with days_ago(30), by(GRETA) as greta:
        request = record_request(
            by=greta, agreement=ccg.agreement, kind="information", how="phone", asked_of=ccg,
            asked_by=practice, subject="The list of training grants for nurses",
        )  # fmt: skip
    with days_ago(28), by(GRETA) as greta:
        acknowledge(by=greta, request=request, until=in_working_days(5))
    with days_ago(24), by(GRETA) as greta:
        answer(by=greta, request=request, text="Sent to the practice's lead.")


def late(ccg: Party, practice: Party) -> None:
    with days_ago(45):
        request = asks(ccg, practice, "query", "How is winter cover paid for?")
    with days_ago(43), by(GRETA) as greta:
        acknowledge(by=greta, request=request)
    with days_ago(4), by(GRETA) as greta:
        answer(by=greta, request=request, text="With the January payment, as one sum.")


def left_out(ccg: Party, practice: Party) -> None:
    with days_ago(20):
        request = asks(ccg, practice, "information", "Home visits by hour of the day")
    with days_ago(18), by(GRETA) as greta:
        exclude(
            by=greta, request=request, exclusion="what nobody collects as routine",
            because="No system records the hour of a home visit.",
        )  # fmt: skip


def waits(ccg: Party, practice: Party) -> None:
    with days_ago(12):
        request = asks(ccg, practice, "query", "May two practices share one pharmacist?")
    with days_ago(10), by(GRETA) as greta:
        acknowledge(by=greta, request=request)
        pause(by=greta, request=request, because="We asked which practices, and for how long.")


def opened_again(ccg: Party, practice: Party) -> None:
    with days_ago(25):
        request = asks(ccg, practice, "query", "Which building works are paid for?")
    with days_ago(22), by(GRETA) as greta:
        update(
            by=greta, request=request, until=in_working_days(4), text="We asked the estates team."
        )
    with days_ago(17), by(GRETA) as greta:
        answer(by=greta, request=request, text="Those in the plan of March.")
    with days_ago(6), by(PRACTICE_LEAD) as lead:
        reopen(by=lead, request=request, because="The ramp is not in that plan.")


def visit(agreement: Agreement) -> None:
    team, ccg = agreement.parties.get(slot="area_team"), agreement.parties.get(slot="ccg")
    with days_ago(16), by(GRETA) as greta:
        request = record_request(
            by=greta, agreement=agreement, kind="practice_visit", asked_of=team, asked_by=ccg,
            subject="A visit to a practice that wants to change how it books",
        )  # fmt: skip
    with days_ago(13), by(CARYS) as carys:
        agree_extent(
            by=carys, request=request, text="One locality manager for half a day, and a short note."
        )


def consultation(agreement: Agreement) -> None:
    team, ccg = agreement.parties.get(slot="area_team"), agreement.parties.get(slot="ccg")
    with days_ago(5), by(AMARA) as amara:
        consult(
            by=amara, agreement=agreement, reference="NDAT-FOI-118", asked_of=team, source=ccg,
            subject="What the CCG paid for enhanced services last year",
            view_by=in_working_days(8),
        )  # fmt: skip


def asks(ccg: Party, practice: Party, kind: str, subject: str) -> Request:
    with by(PRACTICE_LEAD) as lead:
        return record_request(
            by=lead, agreement=ccg.agreement, kind=kind, asked_of=ccg, asked_by=practice,
            subject=subject,
        )  # fmt: skip


def in_working_days(number: int) -> date:
    return working_days_after(clock.today(), number, bank_holidays())
