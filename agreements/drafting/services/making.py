"""Making an agreement: set up over a few pages, made once, with its parties and first draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from agreements.contacts.services.naming import name_contacts
from agreements.core.access import write_access
from agreements.core.parties import parties_of, require_role
from agreements.core.telling import record, tell_managers
from agreements.core.texts import named_in_text
from agreements.drafting.blanks import LONGEST_HEADING, fill, show_missing
from agreements.drafting.wording import words_of_template
from agreements.models import (
    Agreement,
    Clause,
    ClauseText,
    Counter,
    Party,
    PartySpell,
    SetUp,
    TemplateVersion,
    Version,
)
from agreements.terms import Slot, as_stored, keys_of, number_in
from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from house.text import shortened
from house.tracked import create_all
from parties.acting import Acting
from parties.models import Organisation
from parties.services.knowing import meant_here
from parties.who import DRAFTERS

MOST_NEWCOMERS = 50


def begin(*, by: Acting, template_version: TemplateVersion) -> SetUp:
    """Starts a set-up from a published template."""
    require_role(by, DRAFTERS)
    if template_version.state != TemplateVersion.State.PUBLISHED:
        raise Refused("This template is not published yet. Publish it, or choose another.")
    return SetUp.objects.create(
        organisation=by.on_behalf_of,
        made_by=by.who,
        template_version=template_version,
        created_at=clock.now(),
    )


def answer(*, set_up: SetUp, **answers: Any) -> None:
    """Keeps what one page of the set-up said. Raises Refused once the agreement is made."""
    with transaction.atomic():
        current = lock(set_up)
        if current.agreement_id:
            raise Refused("This agreement has been created already.")
        current.answers |= answers
        current.save(update_fields=["answers"])
    set_up.answers = current.answers


def choose_parties(*, set_up: SetUp, title: str, parties: dict[str, int]) -> None:
    """Keeps title and parties, by their keys. Where a side changes hands, its contacts are to be
    chosen anew."""
    before = set_up.answers.get("parties", {})
    same = {key for key, organisation in parties.items() if before.get(key) == organisation}
    kept = {
        name: {key: said for key, said in set_up.answers.get(name, {}).items() if key in same}
        for name in ("contacts", "newcomers")
    }
    answer(set_up=set_up, title=title, parties=parties, **kept)


def add_newcomer(
    *, set_up: SetUp, slot: str, newcomer: dict[str, str], shares: bool = False
) -> None:
    """Keeps somebody new for one side, to choose from. They come into being with the agreement.

    Of one's own organisation MailboxShared asks who it is; of the others nothing is looked up.
    """
    newcomers = {slot: list(each) for slot, each in set_up.answers.get("newcomers", {}).items()}
    known = newcomers.setdefault(slot, [])
    if len(known) >= MOST_NEWCOMERS:
        raise Refused(f"{MOST_NEWCOMERS} people are added already. Create the agreement first.")
    if set_up.answers.get("parties", {}).get(slot) == set_up.organisation_id:
        meant_here(set_up.organisation, newcomer["name"], newcomer["email"], shares=shares)
    if newcomer not in known:
        known.append(newcomer)
        answer(set_up=set_up, newcomers=newcomers)


def organisations_of(set_up: SetUp) -> dict[str, Organisation]:
    """The organisations chosen so far, by the keys of the parties to come."""
    chosen: dict[str, int] = set_up.answers.get("parties", {})
    found = Organisation.objects.named().in_bulk(list(chosen.values()))
    return {key: found[pk] for key, pk in chosen.items() if pk in found}


def create(*, by: Acting, set_up: SetUp) -> Agreement:
    """Makes the agreement with its first draft; a second call gives the same one."""
    require_role(by, DRAFTERS)
    with transaction.atomic():
        current = lock(set_up)
        if current.agreement:
            return current.agreement
        said = current.answers
        if not said.get("title"):
            raise Refused("Enter a title for the agreement.", field="title")
        sides, version = organisations_of(current), current.template_version
        agreement = make_agreement(
            by=by, template_version=version, title=said["title"], organisations=sides
        )
        names = named_in_text(parties_of(agreement))
        first_draft(by=by, agreement=agreement, values=said.get("blanks", {}) | names)
        name_contacts(by=by, agreement=agreement, contacts=said.get("contacts", {}))
        happening = record(by=by, verb="drafted", agreement=agreement, title=agreement.title)
        current.agreement = agreement
        current.save(update_fields=["agreement"])
        tell_managers(of=happening, kind="agreement_drafted", by=by)
    return agreement


def make_agreement(
    *,
    by: Acting,
    template_version: TemplateVersion,
    title: str,
    organisations: Mapping[str, Organisation],
    origin: str = Agreement.Origin.DRAFTED,
) -> Agreement:
    """An agreement in preparation, with a party for each side of its template.

    `organisations` maps the keys of the parties to who takes them: the template's slots, and of one
    that many share each with a number. Raises Refused when a side is empty, when one organisation
    takes two, or when nobody asks for their own organisation.
    """
    slots = template_version.typed_slots
    check_sides(slots, organisations, by)
    with transaction.atomic():
        agreement = Agreement.objects.create(
            reference=next_reference(),
            title=title,
            template_version=template_version,
            origin=origin,
            created_at=clock.now(),
            created_by=by.who,
        )
        _take_sides(agreement, slots, organisations)
        write_access(agreement)
    return agreement


def _take_sides(
    agreement: Agreement, slots: Sequence[Slot], organisations: Mapping[str, Organisation]
) -> None:
    places = [(slot, key) for slot in slots for key in keys_of(slot, organisations)]
    parties = Party.objects.bulk_create(
        Party(
            agreement=agreement,
            slot=slot.key,
            label=slot.label,
            position=position,
            number=number_in(key),
        )
        for position, (slot, key) in enumerate(places, start=1)
    )
    spells = [PartySpell(party=each, organisation=organisations[each.key]) for each in parties]
    create_all(spells)


def check_sides(
    slots: Sequence[Slot], organisations: Mapping[str, Organisation], by: Acting
) -> None:
    if not all(keys_of(slot, organisations) for slot in slots):
        raise Refused("Choose an organisation for each side of the agreement.")
    taken = [each.pk for each in organisations.values()]
    if len(set(taken)) < len(taken):
        raise Refused("Choose a different organisation for each side.")
    if by.organisation_id not in taken:
        raise Refused("Your own organisation must be one of the parties.")


def next_reference() -> str:
    """The next free reference, such as MOU-0042; two people never get the same one."""
    with transaction.atomic():
        counter, _ = Counter.objects.select_for_update().get_or_create(name="agreement")
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
    said = {**words_of_template(source), **values}
    version = Version.objects.create(
        agreement=agreement,
        seq=1,
        terms=as_stored(source.typed_terms),
        author=by.who,
        author_organisation=by.on_behalf_of,
    )
    texts = [
        ClauseText(
            version=version,
            clause=Clause.objects.create(agreement=agreement, key=clause.key),
            position=position,
            kind=clause.kind,
            heading=fill(clause.heading, values) if words else _as_read(clause.heading, said),
            body=fill(clause.body, values) if words else "",
            status=clause.status,
            bindings=clause.bindings,
            owed_by=clause.owed_by,
        )
        for position, clause in enumerate(source.clauses.order_by("position", "pk"), start=1)
    ]
    create_all(texts)
    # Its terms say which contact roles there are, and so which are vacant.
    write_access(agreement)
    return version


def _as_read(heading: str, values: Mapping[str, str]) -> str:
    """A heading that nobody edits any more: what is open in it stands on the paper."""
    return shortened(show_missing(fill(heading, values), {}), LONGEST_HEADING)
