"""What was done is written down, and the parties are told of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any

from django.db import models

from agreements.core.in_groups import put_in_digest
from agreements.core.parties import there_today
from agreements.core.recipients import has_manager, managers_by_party, why_of
from agreements.models import Agreement, Happening, Party
from audit.services import write_entries, write_entry
from deadlines.kinds import of_role
from house import clock
from mail.models import Delivery
from mail.services import delivery, queue_all
from nhsuk.words import and_list
from parties.acting import Acting
from parties.models import Role

# A banner names no more parties than this.
MOST_NAMED = 12
# Facts of happenings that hold what somebody typed.
_TYPED = frozenset({"because", "summary", "subject", "heading", "how", "title", "series"})


class Typed(str):
    """What somebody typed, as a fact that holds in other cases what the portal knows."""

    __slots__ = ()


def record(
    *,
    by: Acting,
    verb: str,
    agreement: Agreement,
    about: models.Model | None = None,
    **data: Any,
) -> Happening:
    """Writes both rows in the caller's transaction. `data` holds plain facts for the sentence."""
    if by.by_link:
        data["by_link"] = by.by_link
    known = {"agreement": agreement.reference, **dict(map(_as_audited, data.items()))}
    write_entry(
        actor=by.user,
        organisation_id=by.organisation_id,
        verb=verb,
        about=about or agreement,
        payload=known,
    )
    return Happening.objects.create(
        agreement=agreement,
        at=clock.now(),
        actor=by.who,
        organisation=by.organisation,
        verb=verb,
        data=data,
    )


def _as_audited(fact: tuple[str, Any]) -> tuple[str, Any]:
    """The audit, from which nothing is ever taken, has of what people typed its hash alone."""
    name, said = fact
    if not (name in _TYPED or isinstance(said, Typed)) or not isinstance(said, str) or not said:
        return fact
    return f"{name}_sha256", sha256(said.encode()).hexdigest()


def record_each(
    *,
    by: Acting,
    verb: str,
    about: models.Model,
    told: Iterable[tuple[Agreement, dict[str, Any]]],
) -> None:
    """The same of one act that concerns many agreements, each with its own facts (two statements
    for any number)."""
    by_link = {"by_link": by.by_link} if by.by_link else {}
    facts = [(agreement, data | by_link) for agreement, data in told]
    write_entries(
        actor=by.user, organisation_id=by.organisation_id, verb=verb, about=about,
        payloads=[
            {"agreement": agreement.reference, **dict(map(_as_audited, data.items()))}
            for agreement, data in facts
        ],
    )  # fmt: skip
    now = clock.now()
    Happening.objects.bulk_create(
        Happening(
            agreement=agreement, at=now, actor=by.who, organisation=by.organisation, verb=verb,
            data=data,
        )
        for agreement, data in facts
    )  # fmt: skip


def tell_managers(
    *,
    of: Happening,
    kind: str,
    by: Acting,
    others_only: bool = False,
    but: Collection[Party] = (),
    only: Collection[Party] | None = None,
) -> None:
    """Queues one e-mail to each party's MoU manager, but not to the person who did it.

    `but` are parties that are told of it in another e-mail; `only` are those that it concerns. A
    party that looks after the agreement in a group is told once a day of what the others did.
    """
    own = getattr(by.user, "email", None)
    every = there_today(of.agreement) if only is None else only
    parties = [party for party in every if party not in but]
    if others_only:
        parties = [p for p in parties if p.organisation.pk != by.organisation_id]
    managers = managers_by_party(parties)
    for party in (each for each in parties if each.told_daily):
        if party.organisation.pk != by.organisation_id:
            put_in_digest(of, managers[party.pk])
    queue_all(
        letter
        for party in parties if not party.told_daily
        for each in managers[party.pk] if each.address != own
        for letter in letters(
            [each.address], of=of, kind=kind, at=party.organisation.pk, party=party.pk,
            person=each.person_id, **why_of(each),
        )
    )  # fmt: skip


def tell(addresses: Iterable[str], *, of: Happening, kind: str, at: int, **context: Any) -> None:
    """Queues one e-mail about what happened to each address, once however often it is asked.

    `at` is the id of the organisation whose managers see it when the e-mail fails.
    """
    queue_all(letters(addresses, of=of, kind=kind, at=at, **context))


def letters(
    addresses: Iterable[str], *, of: Happening, kind: str, at: int, **context: Any
) -> Iterator[Delivery]:
    for address in addresses:
        yield delivery(
            kind=kind,
            address=address,
            organisation_id=at,
            context={"happening": of.pk, **context},
            dedupe=f"{kind}:{of.pk}:{address}",
        )


def told_others(agreement: Agreement, by: Acting) -> str:
    """ "We told the MoU manager of Eastmoor CCG."; whom nobody could tell is named as well."""
    return told_parties(there_today(agreement), by)


def told_parties(parties: Iterable[Party], by: Acting) -> str:
    """The same for the parties of several agreements."""
    others = [party for party in parties if party.organisation.pk != by.organisation_id]
    reached = managers_by_party(others)
    told = dict.fromkeys(party.name for party in others if reached[party.pk])
    managed = {party.name for party in others if has_manager(party)}
    of_managers = [name for name in told if name in managed]
    administered = {p.name for p in others if of_role(p.organisation, Role.ADMINISTRATOR)}
    of_others = [name for name in told if name in administered - managed]
    of_contacts = [name for name in told if name not in administered | managed]
    sentences = [
        _told(of_managers, "MoU manager"),
        _told(of_others, "administrator"),
        _told(of_contacts, "key contact"),
    ]
    if nobody := dict.fromkeys(p.name for p in others if p.name not in told):
        verb = "has" if len(nobody) == 1 else "have"
        sentences.append(f"{_each(nobody)} {verb} nobody here yet: nobody there is told yet.")
    return " ".join(filter(None, sentences))


def _told(names: Sequence[str], whom: str) -> str:
    many = "s" if len(names) > 1 else ""
    return f"We told the {whom}{many} of {_each(names)}." if names else ""


def _each(names: Collection[str]) -> str:
    """By name; of more than a banner can hold how many they are."""
    return and_list(names) if len(names) <= MOST_NAMED else f"{len(names)} parties"
