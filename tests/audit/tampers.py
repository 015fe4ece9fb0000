"""A chain of audit entries, and what somebody does to it who can write into its tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from audit.chain import head, link_new_entries
from audit.heads import Noted
from audit.models import Entry, Link
from audit.services import write_entry
from house import clock
from parties.models import User

START = clock.now() - timedelta(hours=3)
MINUTES = timedelta(minutes=1)


@dataclass
class Chain:
    """Six linked entries, a minute apart; the heads 3 and 6 are noted. A seventh has no link."""

    entries: list[Entry]
    noted: list[Noted]

    def entry(self, number: int) -> int:
        return self.entries[number - 1].pk


def write(actor: User, number: int) -> Entry:
    with transaction.atomic(), clock.at(START + number * MINUTES):
        said = {"number": number}
        return write_entry(actor=actor, organisation_id=7, verb="did", about=actor, payload=said)


def a_chain(actor: User) -> Chain:
    entries, noted = [], []
    for number in range(1, 7):
        entries.append(write(actor, number))
        link_new_entries()
        if number in (3, 6):
            noted.append(Noted(*head(), where=f"copy {number}"))
    return Chain([*entries, write(actor, 7)], noted)


Tamper = Callable[[Chain], object]


def entry(number: int, **change: object) -> Tamper:
    return lambda chain: Entry.objects.filter(pk=chain.entry(number)).update(**change)


def link(number: int, **change: object) -> Tamper:
    return lambda _: Link.objects.filter(seq=number).update(**change)


def cut(first: int, last: int, *, entries: bool = True) -> Tamper:
    def act(chain: Chain) -> None:
        Link.objects.filter(seq__range=(first, last)).delete()
        if entries:
            pks = [chain.entry(number) for number in range(first, last + 1)]
            Entry.objects.filter(pk__in=pks).delete()

    return act


def forged(number: int, minutes: int, **more: object) -> Tamper:
    """A copy of an entry, without a link, of so many minutes after the start."""

    def act(chain: Chain) -> None:
        row = Entry.objects.get(pk=chain.entry(number))
        row.pk, row.at = None, START + minutes * MINUTES
        for name, value in more.items():
            setattr(row, name, value)
        row.save(force_insert=True)

    return act


def inserted_with_a_link(chain: Chain) -> None:
    forged(2, 2)(chain)
    seq, previous = head()
    entry = Entry.objects.latest("pk")
    Link.objects.create(entry=entry, seq=seq + 1, previous=previous, hash="f" * 64)


def by_another(chain: Chain) -> None:
    entry(3, actor=User.objects.system())(chain)


def swapped(chain: Chain) -> None:
    for seq, other in ((90, 2), (2, 3), (3, 90)):
        Link.objects.filter(seq=other).update(seq=seq)


def entries_swapped(chain: Chain) -> None:
    two, three = chain.entry(2), chain.entry(3)
    for seq, other in ((2, chain.entry(7)), (3, two), (2, three)):
        Link.objects.filter(seq=seq).update(entry=other)


def then(*acts: Tamper) -> Tamper:
    return lambda chain: [act(chain) for act in acts]


def chained_anew(chain: Chain) -> None:
    link_new_entries()


ALL_LINKS = cut(1, 6, entries=False)
