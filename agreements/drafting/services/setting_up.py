"""Setting up a new agreement over a few pages, and making it once."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from agreements.contacts.services.naming import name_contacts
from agreements.core.parties import require_role
from agreements.core.telling import record, tell_managers
from agreements.drafting.services.making import first_draft, make_agreement
from agreements.models import Agreement, SetUp, TemplateVersion
from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Organisation, Role

MOST_NEWCOMERS = 50


def begin(*, by: Acting, template_version: TemplateVersion) -> SetUp:
    """Starts a set-up from a published template."""
    require_role(by, Role.EDITOR, Role.MANAGER)
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
    """Keeps title and parties. Where a side changes hands, its contacts are to be chosen anew."""
    before = set_up.answers.get("parties", {})
    same = {slot for slot, organisation in parties.items() if before.get(slot) == organisation}
    kept = {
        name: {slot: said for slot, said in set_up.answers.get(name, {}).items() if slot in same}
        for name in ("contacts", "newcomers")
    }
    answer(set_up=set_up, title=title, parties=parties, **kept)


def add_newcomer(*, set_up: SetUp, slot: str, newcomer: dict[str, str]) -> None:
    """Keeps somebody new for one side, to choose from. They come into being with the agreement."""
    newcomers = {slot: list(each) for slot, each in set_up.answers.get("newcomers", {}).items()}
    known = newcomers.setdefault(slot, [])
    if len(known) >= MOST_NEWCOMERS:
        raise Refused(f"{MOST_NEWCOMERS} people are added already. Create the agreement first.")
    if newcomer not in known:
        known.append(newcomer)
        answer(set_up=set_up, newcomers=newcomers)


def create(*, by: Acting, set_up: SetUp) -> Agreement:
    """Makes the agreement with its first draft; a second call gives the same one."""
    require_role(by, Role.EDITOR, Role.MANAGER)
    with transaction.atomic():
        current = lock(set_up)
        if current.agreement:
            return current.agreement
        said = current.answers
        if not said.get("title"):
            raise Refused("Enter a title for the agreement.", field="title")
        organisations = _organisations(said.get("parties", {}))
        agreement = make_agreement(
            by=by,
            template_version=current.template_version,
            title=said["title"],
            organisations=organisations,
        )
        names = {slot: organisation.name for slot, organisation in organisations.items()}
        first_draft(by=by, agreement=agreement, values=said.get("blanks", {}) | names)
        name_contacts(by=by, agreement=agreement, contacts=said.get("contacts", {}))
        happening = record(by=by, verb="drafted", agreement=agreement, title=agreement.title)
        current.agreement = agreement
        current.save(update_fields=["agreement"])
        tell_managers(of=happening, kind="agreement_drafted", by=by)
    return agreement


def _organisations(chosen: dict[str, int]) -> dict[str, Organisation]:
    found = Organisation.objects.named().in_bulk(list(chosen.values()))
    return {slot: found[pk] for slot, pk in chosen.items() if pk in found}
