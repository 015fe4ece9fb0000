"""Feedback to one practice, in the log of heads-ups: who was told what, when, and who has read it.

It is given at once, and no clause makes it late. A practice that is a party is told through its
contacts; any other at an address, by a link that opens this one text (record 0076).
"""

from __future__ import annotations

from collections.abc import Sequence

from agreements.core.parties import require_role, there_today
from agreements.core.recipients import contacts_of
from agreements.core.telling import record
from agreements.models import Agreement, Party
from communications.heads_ups.rules import require_keeper, role_told
from communications.heads_ups.services.answering import READS
from communications.heads_ups.services.locking import lock_with_agreements, note
from communications.heads_ups.services.telling import GIVEN, read_contacts, send
from communications.models import HEADS_UP_LIFECYCLE, HeadsUp, HeadsUpAgreement, Told
from communications.queries.agreements import agreements_to_announce
from communications.services.locking import lock_agreements
from deadlines.kinds import Recipient
from house import clock
from house.lifecycle import move_locked
from house.once import one_job
from house.refusals import Refused
from house.tracked import create_all
from mail.links.sending import recall
from parties.acting import Acting
from parties.models import Organisation, Person
from parties.who import DRAFTERS

TAKEN_BACK = "It was given in error, and taken back."
NOT_OWN = "Feedback is given under an agreement in force to which your organisation is a party."


def give_feedback(
    *, by: Acting, agreement: Agreement, title: str, text: str,
    practice: Organisation | None = None, practice_name: str = "", address: str = "",
) -> HeadsUp:  # fmt: skip
    """Tells the practice that there is feedback to read. The same words to the same practice are
    given once. Raises Refused where nobody of it can be told and no address is given."""
    require_role(by, DRAFTERS)
    called = practice.name if practice else practice_name
    with one_job():
        lock_agreements([agreement.pk])
        current = _own(by, agreement)
        said = {
            "owner": by.on_behalf_of, "given_by": by.who, "kind": HeadsUp.Kind.FEEDBACK,
            "title": title, "text": text, "audience": called,
        }  # fmt: skip
        same = HeadsUp.objects.filter(**said, concerned__agreement=current)
        if known := same.exclude(state=HeadsUp.State.WITHDRAWN).first():
            return known
        readers = _readers(by, current, practice, called, address)
        now = clock.now()
        feedback = HeadsUp.objects.create(
            **said, state=HeadsUp.State.SENT, planned_for=now, given_at=now, sent_at=now,
            closed_at=now, closed_by=by.who,
        )  # fmt: skip
        HeadsUpAgreement.objects.bulk_create(
            [HeadsUpAgreement(heads_up=feedback, agreement=current)]
        )
        for each in readers:
            each.heads_up, each.asked_at = feedback, now
        send(feedback, create_all(readers), GIVEN)
        record(by=by, verb="feedback_given", agreement=current, about=feedback)
        note(by, "told", feedback, told=[each.pk for each in readers])
    return feedback


def take_back_feedback(*, by: Acting, feedback: HeadsUp, because: str) -> None:
    """It was an error, as where it went to another practice: whoever was told reads it no more, and
    its link opens nothing. That it was given, and who had read it, stays. Raises Refused a second
    time, and for what is no feedback."""
    require_keeper(by, feedback)
    with one_job():
        current = lock_with_agreements(feedback)
        if not current.is_feedback:
            raise Refused("Only feedback is taken back. What went out to many stays as it was.")
        move_locked(
            current, "take_back", lifecycle=HEADS_UP_LIFECYCLE, sent_at=None, closed_by=by.who,
            closed_at=clock.now(), because=because,
        )  # fmt: skip
        told = current.told.order_by("pk").values_list("pk", flat=True)
        recall(READS, [str(pk) for pk in told], TAKEN_BACK)
        note(by, "taken_back", current)


def _own(by: Acting, agreement: Agreement) -> Agreement:
    rows = agreements_to_announce(by).filter(pk=agreement.pk)
    found = rows.select_related("in_force_version").first()
    if found is None:
        raise Refused(NOT_OWN)
    return found


def _readers(
    by: Acting, agreement: Agreement, practice: Organisation | None, called: str, address: str
) -> list[Told]:
    """At the address that is given; else the contacts of the practice, where it is a party."""
    if address:
        why = f"{by.on_behalf_of} wrote to this address as that of {called}."
        return [Told(name=called, address=address.lower(), why=why)]
    party = _party(agreement, practice, by)
    if found := _contacts(party) if party else []:
        return found
    raise Refused(
        f"Nobody of {called} can be told here. Enter its e-mail address.", field="address"
    )


def _party(agreement: Agreement, practice: Organisation | None, by: Acting) -> Party | None:
    others = [p for p in there_today(agreement) if p.organisation.pk != by.organisation_id]
    return next((p for p in others if practice and p.organisation.pk == practice.pk), None)


def _contacts(party: Party) -> list[Told]:
    read_contacts([party])
    found = {each.address.lower(): each for each in contacts_of(party, role_told(party))}
    people = Person.objects.in_bulk([pk for each in found.values() if (pk := each.person_id)])
    return [_told(party, each, address, people) for address, each in found.items()]


def _told(party: Party, each: Recipient, address: str, people: dict[int, Person]) -> Told:
    person = people.get(each.person_id or 0)
    return Told(
        organisation=party.organisation, person=person, name=str(person or party.name),
        address=address, why=each.why,
    )  # fmt: skip


def names_of(feedback: HeadsUp) -> Sequence[str]:
    """Who is told, for the banner."""
    return list(feedback.told.order_by("pk").values_list("name", flat=True))
