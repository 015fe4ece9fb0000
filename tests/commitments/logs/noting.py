"""Logs of the area team and two CCGs, whose text asks for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client

from agreements.library import library
from agreements.models import Agreement
from agreements.register.services import register_signed
from agreements.templates.services.keeping import take_from_library
from commitments.logs.said import Said
from commitments.logs.services.recording import record_entry
from commitments.models import LogEntry
from documents.storage import store
from house import clock
from parties.models import Organisation, User
from tests.agreements.registered import confirm
from tests.cast import Cast, acting
from tests.once import once
from tests.typed import fields_of

SOURCE = "area-team-and-ccg"


@once
def mou(cast: Cast) -> Agreement:
    """The area team's MoU with Eastmoor CCG, in force between both."""
    take_from_library(by=acting(cast.manager), source=library()[SOURCE])
    return with_ccg(cast, cast.ccg, cast.other_manager)


def with_ccg(cast: Cast, ccg: Organisation, manager: User) -> Agreement:
    from agreements.models import TemplateVersion

    today, by = clock.today(), acting(cast.manager)
    made = register_signed(
        by=by, template_version=TemplateVersion.objects.get(template__key=SOURCE),
        title=f"Working with {ccg.name}", organisations={"area_team": cast.area_team, "ccg": ccg},
        file=store(f"%PDF-1.7 {ccg.name}".encode(), name="mou.pdf",
                   content_type="application/pdf"),
        signed_on=today, review_on=today + timedelta(days=365),
    )  # fmt: skip
    confirm(manager, made.registered_copy)
    return Agreement.objects.get(pk=made.pk)


def recorded(user: User, agreement: Agreement, kind: str = "learning", **said: Any) -> LogEntry:
    facts: dict[str, Any] = {"what": "Shared notes help", "happened_on": clock.today()} | said
    if kind == "engagement":
        facts = {"groups": "Patients", "mechanism": "A meeting"} | facts
    return record_entry(by=acting(user), agreement=agreement, kind=kind, said=Said(**facts))


def sent(client: Client, path: str, **boxes: object) -> str:
    """The page after the form was filled in and sent."""
    fields = fields_of(client.get(path).content.decode()) | boxes
    return client.post(path, fields, follow=True).content.decode()
