from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from audit.services import write_entry
from deadlines.kinds import kinds
from deadlines.models import MailPreference
from house.actor import acting_as
from parties.models import Person, User


def preference_of(person: Person) -> MailPreference:
    """What the person said, or what holds for who said nothing: everything, each at once."""
    return MailPreference.objects.filter(person=person).first() or MailPreference(person=person)


def prefer(*, person: Person, one_digest_a_day: bool, switched_off: Collection[str]) -> None:
    """Keeps how a person wants to be told. What a clause requires stays on, whatever is said."""
    may_go = {kind.key for kind in kinds().values() if not kind.required}
    # Many people have no account: then it is the portal that writes down what they said.
    who = User.objects.filter(person=person).first() or User.objects.system()
    with transaction.atomic(), acting_as(who):
        wishes, _ = MailPreference.objects.get_or_create(person=person)
        wishes.one_digest_a_day = one_digest_a_day
        wishes.switched_off = sorted(may_go.intersection(switched_off))
        wishes.save()
        write_entry(
            actor=who,
            organisation_id=None,
            verb="changed mail preferences",
            about=wishes,
            payload={"person": person.pk, "digest": one_digest_a_day},
        )
