"""Data that the Area Team and Eastmoor CCG share, as one of them records it."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements.data_sharing.queries import KEEPING
from agreements.data_sharing.room import DataSharingRoom
from agreements.data_sharing.said import End, Said
from agreements.data_sharing.services import record_sharing
from agreements.models import Agreement, DataSharing, DataSharingEntry, TemplateClause
from house import clock
from house.answers import Keeping
from parties.models import User
from tests.cast import Cast, acting
from tests.once import once
from tests.stages import ask, drafted, frozen, give, template

WHAT = "Names and NHS numbers of patients who are due a flu vaccination"


@once
def sharing(cast: Cast) -> Agreement:
    """In force on the short template, of which a clause asks for records of shared data."""
    source = template(cast.area_team)
    source.template.key = "sharing"
    source.template.save()
    clause = TemplateClause.objects.get(version=source, key="purpose")
    clause.bindings, clause.kind = [KEEPING], "duty"
    clause.save()
    version = frozen(cast, drafted(cast, source=source))
    for by, who in ((cast.manager, cast.signatory), (cast.other_manager, cast.other_signatory)):
        give(who, ask(by, version, who, because="Agreed."))
    return Agreement.objects.get(pk=version.agreement_id)


def said(agreement: Agreement, **other: Any) -> Said:
    """From the Area Team to the CCG, as a public task, for care."""
    ends = {slot: End(agreement.parties.get(slot=slot)) for slot in ("area_team", "ccg")}
    facts: dict[str, Any] = {
        "what": WHAT, "purpose": "To invite them", "safeguards": "NHSmail, to one mailbox",
        "sender": ends["area_team"], "receiver": ends["ccg"], "basis": "e", "special": "h",
        "agreed_on": clock.today(),
    } | other  # fmt: skip
    return Said(**facts)


def shared(by: User, agreement: Agreement, **other: Any) -> DataSharing:
    record = record_sharing(by=acting(by), agreement=agreement, said=said(agreement, **other))
    return DataSharing.objects.select_related("agreement").get(pk=record.pk)


def newest(record: DataSharing) -> DataSharingEntry:
    return record.entries.order_by("-seq")[0]


def kept(agreement: Agreement, by: User) -> Keeping:
    """What the page says of the clause now."""
    again = Agreement.objects.get(pk=agreement.pk)
    return DataSharingRoom().keepings([again], acting(by))[again.pk][KEEPING]


def typed(agreement: Agreement, **other: Any) -> dict[str, Any]:
    """What the form sends."""
    party = {slot: agreement.parties.get(slot=slot).pk for slot in ("area_team", "ccg")}
    today: date = clock.today()
    return {
        "what": WHAT, "sender": party["area_team"], "receiver": party["ccg"],
        "purpose": "To invite them", "safeguards": "NHSmail", "law": "uk_gdpr", "basis": "e",
        "special": "h", "agreed_on-day": today.day, "agreed_on-month": today.month,
        "agreed_on-year": today.year,
    } | other  # fmt: skip
