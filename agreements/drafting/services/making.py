"""Making an agreement with its parties and its first draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from agreements.core.access import write_access
from agreements.drafting.rules.blanks import fill
from agreements.models import (
    Agreement,
    Clause,
    ClauseText,
    Counter,
    Party,
    PartySpell,
    TemplateVersion,
    Version,
)
from agreements.terms import as_stored
from house import clock
from house.refusals import Refused
from house.tracked import create_all
from parties.acting import Acting
from parties.models import Organisation


def make_agreement(
    *,
    by: Acting,
    template_version: TemplateVersion,
    title: str,
    organisations: Mapping[str, Organisation],
    origin: str = Agreement.Origin.DRAFTED,
) -> Agreement:
    """An agreement in preparation, with a party for each side of its template.

    `organisations` maps the template's slots to who takes them. Raises Refused when a side is
    empty, when one organisation takes two, or when nobody asks for their own organisation.
    """
    slots = template_version.typed_slots
    _check_sides([slot.key for slot in slots], organisations, by)
    with transaction.atomic():
        agreement = Agreement.objects.create(
            reference=next_reference(),
            title=title,
            template_version=template_version,
            origin=origin,
            created_at=clock.now(),
            created_by=by.who,
        )
        for position, slot in enumerate(slots, start=1):
            party = Party.objects.create(
                agreement=agreement, slot=slot.key, label=slot.label, position=position
            )
            PartySpell.objects.create(party=party, organisation=organisations[slot.key])
        write_access(agreement)
    return agreement


def _check_sides(
    slots: Sequence[str], organisations: Mapping[str, Organisation], by: Acting
) -> None:
    taken = [organisations[slot] for slot in slots if organisations.get(slot)]
    if len(taken) < len(slots):
        raise Refused("Choose an organisation for each side of the agreement.")
    if len({organisation.pk for organisation in taken}) < len(taken):
        raise Refused("Choose a different organisation for each side.")
    if by.organisation_id not in {organisation.pk for organisation in taken}:
        raise Refused("Your own organisation must be one of the parties.")


def next_reference() -> str:
    """The next free reference, such as MOU-0042; two people never get the same one."""
    with transaction.atomic():
        Counter.objects.get_or_create(name="agreement")
        counter = Counter.objects.select_for_update().get(name="agreement")
        counter.last += 1
        counter.save(update_fields=["last"])
    return f"MOU-{counter.last:04d}"


def first_draft(
    *, by: Acting, agreement: Agreement, values: Mapping[str, str], words: bool = True
) -> Version:
    """The draft with the template's clauses and terms, its blanks filled in from `values`.

    Without `words`, for a signed copy from elsewhere, the clauses carry headings and duties only.
    """
    source = agreement.template_version
    version = Version.objects.create(
        agreement=agreement,
        seq=1,
        terms=as_stored(source.typed_terms),
        author=by.who,
        author_organisation=by.on_behalf_of,
    )
    texts: list[ClauseText] = []
    for clause in source.clauses.order_by("position", "pk"):
        body = fill(clause.body, values) if words else ""
        texts.append(
            ClauseText(
                version=version,
                clause=Clause.objects.create(agreement=agreement, key=clause.key),
                position=len(texts) + 1,
                kind=clause.kind,
                heading=fill(clause.heading, values),
                body=body,
                bindings=clause.bindings,
                owed_by=clause.owed_by,
            )
        )
    create_all(texts)
    # Its terms say which contact roles there are, and so which are vacant.
    write_access(agreement)
    return version
