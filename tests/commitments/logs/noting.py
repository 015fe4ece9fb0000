"""Agreements whose texts ask for logs, and what is noted in them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client

from agreements.models import Agreement, TemplateClause, TemplateVersion
from agreements.register.services import register_signed, say_of_copy
from agreements.terms import Source, as_stored
from commitments.logs.said import Said
from commitments.logs.services.recording import record_entry
from commitments.models import LogEntry
from documents.storage import store
from house import clock
from house.tracked import save_all
from parties.models import Organisation, User
from tests.cast import Cast, acting
from tests.once import once
from tests.stages import template
from tests.typed import fields_of

# Which clause of the short text asks for which log.
BOUND = {"purpose": ["learning_log"], "meet": ["meetings", "engagement_log"], "review": ["risks"]}
GOOD_PRACTICE = Source(key="good_practice", heading="Good practice to pass on")


def logging_template(cast: Cast) -> TemplateVersion:
    """The short text, which asks for all three logs, and looks at good practice when all meet."""
    made = template(cast.area_team)
    terms = made.typed_terms
    series = [
        each.model_copy(update={"topics": (GOOD_PRACTICE,)}) for each in terms.meetings.series
    ]
    meetings = terms.meetings.model_copy(update={"series": tuple(series)})
    made.terms = as_stored(terms.model_copy(update={"meetings": meetings}))
    made.save()
    made.template.key = "logging"
    made.template.save()
    clauses = list(TemplateClause.objects.filter(version=made, key__in=BOUND))
    for clause in clauses:
        clause.bindings, clause.kind = BOUND[clause.key], "duty"
    save_all(clauses, ["bindings", "kind"])
    return made


@once
def logging(cast: Cast) -> Agreement:
    """The Area Team's MoU with Eastmoor CCG, in force between both; that with Westmoor CCG too."""
    source = logging_template(cast)
    in_force(cast, source, cast.third_ccg, cast.third_manager)
    return in_force(cast, source, cast.ccg, cast.other_manager)


def in_force(cast: Cast, source: TemplateVersion, ccg: Organisation, manager: User) -> Agreement:
    today = clock.today()
    made = register_signed(
        by=acting(cast.manager), template_version=source, title=f"Working with {ccg.name}",
        organisations={"area_team": cast.area_team, "ccg": ccg},
        file=store(f"%PDF-1.7 {ccg.name}".encode(), name="mou.pdf", content_type="application/pdf"),
        signed_on=today, review_on=today + timedelta(days=365),
    )  # fmt: skip
    say_of_copy(by=acting(manager), copy=made.registered_copy, agrees=True)
    return Agreement.objects.get(pk=made.pk)


def other_mou(cast: Cast) -> Agreement:
    """The one with Westmoor CCG."""
    return Agreement.objects.get(parties__spells__organisation=cast.third_ccg)


def recorded(user: User, agreement: Agreement, kind: str = "learning", **said: Any) -> LogEntry:
    facts: dict[str, Any] = {"what": "Shared notes help", "happened_on": clock.today()} | said
    if kind == "engagement":
        facts = {"groups": "Patients", "mechanism": "A meeting"} | facts
    return record_entry(by=acting(user), agreement=agreement, kind=kind, said=Said(**facts))


def at(entry: LogEntry, step: str = "") -> str:
    return f"/commitments/logs/{entry.key}/{step}"


def sent(client: Client, path: str, **boxes: object) -> str:
    """The page after the form was filled in and sent."""
    fields = fields_of(client.get(path).content.decode()) | boxes
    return client.post(path, fields, follow=True).content.decode()


def kept_line(client: Client, agreement: Agreement, key: str) -> str:
    """What the page says of whether what is bound to this is kept."""
    page = client.get(f"/agreements/{agreement.reference}/kept/").content.decode()
    return page.split(f'id="kept-{key}"')[1].split("</li>")[0]
