"""Who is meant by a name and an address, among an organisation's own people.

An address alone is nobody: a practice's mailbox belongs to many. Nobody is looked for outside the
organisation, so that no answer tells who is there.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from house.refusals import Refused
from house.text import tidy_line
from nhsuk.words import and_list
from parties.models import Organisation, Person


class MailboxShared(Refused):
    """Somebody else of the organisation has the address: they share it, or the name is another's.

    Whoever typed it says that they share it, or types the name that is there.
    """

    def __init__(self, others: Iterable[Person], organisation: Organisation, field: str) -> None:
        names = [person.name for person in others]
        have = "has" if len(names) == 1 else "have"
        super().__init__(
            f"{and_list(names)} of {organisation.name} {have} this address already. If it is the "
            "same person, use that name. If not, say that they share the mailbox.",
            field=field,
        )


def with_address(organisation: Organisation, email: str) -> list[Person]:
    """The organisation's own people behind an address, by name (one query)."""
    if not email:
        return []
    theirs = Q(email__iexact=email) | Q(user__email__iexact=email)
    return list(Person.objects.of(organisation.pk).filter(theirs).order_by("name", "pk"))


def one_called(people: Iterable[Person], name: str) -> Person | None:
    """The first of these people who has this name, in whatever case."""
    wanted = tidy_line(name).casefold()
    return next((each for each in people if tidy_line(each.name).casefold() == wanted), None)


def meant_here(
    organisation: Organisation, name: str, email: str, *, shares: bool = False, field: str = "email"
) -> Person | None:
    """The organisation's own person of this name and address; None for somebody new.

    Raises MailboxShared when others have the address and nobody said that they share it.
    """
    others = with_address(organisation, email)
    known = one_called(others, name)
    if known is None and others and not shares:
        raise MailboxShared(others, organisation, field)
    return known


def meant_or_made(
    organisation: Organisation, name: str, email: str, *, shares: bool = False, field: str = "email"
) -> Person:
    """The same, or a new person. Call it with the organisation locked: two at once make one."""
    known = meant_here(organisation, name, email, shares=shares, field=field)
    return known or Person.objects.create(name=name, email=email.lower())
