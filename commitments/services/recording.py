"""Recording an action, alone or with others of a meeting."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from agreements.core.choices import people_of
from agreements.core.telling import record
from agreements.models import Agreement, Happening, Party
from commitments.models import Action
from commitments.rules import require_in_force, require_recorder, standing_for
from commitments.services.due import keep_deadlines
from commitments.services.telling import tell
from house import clock
from house.keys import key_of_form
from house.lifecycle import lock
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Person


def record_action(
    *,
    by: Acting,
    agreement: Agreement,
    what: str,
    owner: Party,
    person: Person | None = None,
    details: str = "",
    due_on: date | None = None,
    key: UUID | None = None,
) -> Action:
    """Records an action that no meeting agreed, and tells who has it and the other parties (A19).

    `key` is the number of the form: the same form sent twice makes one action. Raises Refused for
    a person of another organisation than the owner, NotYours for who may only read.
    """
    with transaction.atomic():
        locked = lock(agreement)
        if key and (known := Action.objects.filter(key=key, agreement=locked).first()):
            return known
        action, happening = write_action(
            by=by, agreement=locked, what=what, owner=owner, person=person, details=details,
            due_on=due_on, key=key,
        )  # fmt: skip
        tell(of=happening, action=action, by=by, newly_named=True)
    return action


def write_action(
    *,
    by: Acting,
    agreement: Agreement,
    what: str,
    owner: Party,
    person: Person | None = None,
    details: str = "",
    due_on: date | None = None,
    source_key: str = "",
    key: UUID | None = None,
) -> tuple[Action, Happening]:
    """The same without telling anybody: a meeting tells of all its actions in one e-mail.

    Call it with the agreement's row locked, which the number rests on.
    """
    require_recorder(by, agreement)
    require_in_force(agreement)
    check_owner(agreement, owner, person)
    newest = agreement.actions.order_by("-number").values_list("number", flat=True).first()
    action = Action.objects.create(
        agreement=agreement, number=(newest or 0) + 1, what=what, details=details, owner=owner,
        person=person, due_on=due_on, source_key=source_key, standing=standing_for(by, owner),
        recorded_by=by.who, recorded_for=by.on_behalf_of, recorded_at=clock.now(),
        **key_of_form(Action, key),
    )  # fmt: skip
    happening = note(by, action, "action_recorded", party=owner.name)
    keep_deadlines(action)
    return action, happening


def check_owner(agreement: Agreement, owner: Party, person: Person | None) -> None:
    """Raises Refused for another agreement's party, or a person of another organisation."""
    if owner.agreement_id != agreement.pk:
        raise Refused("Choose a party to this agreement.", field="owner")
    if person and not people_of(owner.organisation).filter(pk=person.pk).exists():
        raise Refused(f"{person} does not work for {owner.name}.", field="owner")


def note(by: Acting, action: Action, verb: str, **facts: object) -> Happening:
    """The timeline's row and the audit's, about this action by its number."""
    return record(
        by=by, verb=verb, agreement=action.agreement, about=action, number=action.number,
        key=str(action.key), **facts,
    )  # fmt: skip
