"""An agreement in force since March 2026 whose terms have standards, and requests under it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from agreements.models import Agreement, Party
from agreements.terms import Standard
from house import clock
from parties.models import User
from performance.models import Request
from performance.services.consulting import consult
from performance.services.recording import record_request
from tests.cast import Cast, acting
from tests.on_terms import in_force_on
from tests.once import once

BEGAN = datetime(2026, 3, 2, 10, tzinfo=UTC)
SUBJECT = "List sizes of heron-5512 surgeries"
STANDARDS = (
    Standard(
        key="data", label="Data", kind="information", slots=("area_team",), acknowledge_days=5,
        exclusions=("what nobody collects", "what is not validated"),
    ),
    Standard(
        key="queries", label="Queries", kind="query", slots=("area_team",), acknowledge_days=5,
        answer_days=20, update_days=10, may_pause=True, exclusions=("what needs investigation",),
    ),
)  # fmt: skip


@once
def with_standards(cast: Cast) -> Agreement:
    with clock.at(BEGAN):
        return in_force_on(cast, standards=STANDARDS)


def agreement_of(cast: Cast) -> Agreement:
    return with_standards(cast)


def side(agreement: Agreement, slot: str = "area_team") -> Party:
    found = next(party for party in agreement.sides if party.slot == slot)
    found.agreement = agreement
    return found


def on(day: date, hour: int = 10) -> Any:
    """The clock stands at this hour of a London day."""
    return clock.at(datetime.combine(day, time(hour), clock.LONDON))


def asked(cast: Cast, kind: str = "query", *, by: User | None = None, **more: Any) -> Request:
    """Asked of the Area Team by the CCG, unless you say otherwise; recorded by the CCG."""
    agreement = agreement_of(cast)
    said: dict[str, Any] = {
        "subject": SUBJECT, "asked_of": side(agreement), "asked_by": side(agreement, "ccg"),
    }  # fmt: skip
    said |= more
    recorder = acting(by or cast.other_manager)
    return record_request(by=recorder, agreement=agreement, kind=kind, **said)


def consulted(cast: Cast, view_by: date, **more: Any) -> Request:
    """The Area Team asks the CCG for its view."""
    agreement = agreement_of(cast)
    return consult(
        by=acting(cast.manager), agreement=agreement, reference="FOI-7", subject=SUBJECT,
        asked_of=side(agreement), source=side(agreement, "ccg"), view_by=view_by, **more,
    )  # fmt: skip


def again(request: Request) -> Request:
    """As the database has it now."""
    return Request.objects.select_related("agreement", "consultation").get(pk=request.pk)
