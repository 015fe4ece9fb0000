"""An MoU with its first quarters over, and reports on them at each stage."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements.models import Agreement, TemplateClause
from jobs.sweep import work_due
from parties.models import User
from reports.models import Assurance, Report
from reports.rules import Quarter
from reports.services.assuring import begin_assurance
from reports.services.drafting import draft_of_several, draft_report
from reports.services.sending import send
from tests.agreements.contacted import with_contacts
from tests.agreements.reviewed import on
from tests.cast import Cast, acting
from tests.once import once
from tests.setting_up import library_template

FIRST, APRIL = Quarter(date(2026, 1, 1)), Quarter(date(2026, 4, 1))
# Ten days after the quarter, and the last day for remarks.
AFTER, BY = date(2026, 7, 10), date(2026, 7, 31)


@once
def in_force(cast: Cast) -> Agreement:
    """Since 3 February 2026, by a text that asks for a report on performance of the Area Team."""
    version = library_template(cast)
    clause = TemplateClause.objects.get(version=version, key="twice-yearly-meeting")
    clause.bindings, clause.owed_by = [*clause.bindings, "performance_report"], ["area_team"]
    clause.save()
    return with_contacts(cast, source=version)


def drafted(cast: Cast, quarter: Quarter = APRIL, by: User | None = None) -> Report:
    """By the Area Team's colleague, ten days after the quarter."""
    with on(AFTER):
        return draft_report(
            by=acting(by or cast.colleague), agreement=in_force(cast), quarter=quarter
        )


def sent(cast: Cast, quarter: Quarter = APRIL) -> Report:
    """By the Area Team's manager, with three weeks for remarks."""
    report = drafted(cast, quarter)
    with on(AFTER):
        send(by=acting(cast.manager), report=report, remarks_by=BY)
    report.refresh_from_db()
    return report


def of_several(cast: Cast, **about: Any) -> Report:
    """Counted by a background job."""
    with on(AFTER):
        report = draft_of_several(by=acting(cast.manager), quarter=APRIL, **about)
        work_due()
    report.refresh_from_db()
    return report


def assured(cast: Cast, day: date = AFTER, since: date | None = None) -> Assurance:
    """Begun by the Area Team's secretary, and made."""
    with on(day):
        made = begin_assurance(by=acting(cast.secretary), since=since)
        work_due()
    return Assurance.objects.select_related("register").get(pk=made.pk)
