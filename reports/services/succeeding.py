"""Whose reports a successor goes on with (X07)."""

from __future__ import annotations

from django.db.models import QuerySet

from agreements.models import Agreement
from house.tracked import save_all
from parties.models import Succession
from reports.due import remarked
from reports.models import Assurance, Report


def lock_reports(agreement: Agreement) -> None:
    list(_of(agreement))


def take_over(succession: Succession, agreement: Agreement) -> None:
    """What the old one led under this agreement its successor leads, with what it said. A remark
    that waits is asked for of who holds the side by now; its own report it does not remark on."""
    for report in _of(agreement):
        if report.organisation_id == succession.old_id:
            report.organisation = succession.new
            report.save(update_fields=["organisation"])
        if report.is_sent:
            report.agreement = agreement
            own = [p for p in agreement.sides if p.organisation.pk == report.organisation_id]
            remarked(report, own, said=False)


def take_over_own(succession: Succession) -> None:
    """Reports on several agreements, and assurance reports: they go with who had them made."""
    own = Report.objects.filter(organisation=succession.old).select_for_update(no_key=True)
    reports = list(own.order_by("pk"))
    for report in reports:
        report.organisation = succession.new
    save_all(reports, ["organisation"])
    Assurance.objects.filter(organisation=succession.old).update(organisation=succession.new)


def _of(agreement: Agreement) -> QuerySet[Report]:
    rows = Report.objects.filter(agreement=agreement)
    return rows.select_for_update(no_key=True).order_by("pk")
