"""Letters of an agreement that no font of the PDF has, named before the text gets its number.

Everything that is printed is looked at, the names of people too. A name is never refused: somebody
is called so, and the finding says what the paper will show. People are named later than a text is
frozen, and change: names are looked at again before somebody signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.urls import reverse

from agreements.core.associated import listed
from agreements.core.parties import contacts_in
from agreements.core.states import ApprovalStanding
from agreements.core.texts import numbers
from agreements.drafting.blanks import MOST_NAMED
from agreements.drafting.pages.terms import terms_in_words
from agreements.models import Agreement, ClauseText, KeyContact, Party, Version
from agreements.terms import Terms
from documents.letters import missing_in
from nhsuk.components import Link
from nhsuk.words import and_list, plural
from parties.models import OrganisationName, Person

Found = tuple[str, Link | None]
# What it is called, and what is printed of it.
Printed = tuple[str, str]

PRINTS_AS = "\N{REPLACEMENT CHARACTER}"
OTHERWISE = "Write it otherwise."
ASK = "Ask whose name it is how it is written in other letters."


def unprintable_in(
    agreement: Agreement, parties: Sequence[Party], texts: Sequence[ClauseText], terms: Terms
) -> list[Found]:
    """A sentence for everything printed that has such letters, the people's names too.

    With it stands a link to the clause. At most as many as a list names one by one.
    """
    return list(_found_in(agreement, parties, texts, terms))[:MOST_NAMED]


def unprintable_names(
    version: Version, standings: Iterable[ApprovalStanding], people: Iterable[Person]
) -> list[str]:
    """Under a numbered version: of key contacts, of those who decided, and of `people`, who sign
    or may be asked to."""
    standings = list(standings)
    parties = [standing.party for standing in standings]
    return said_in(
        [
            *((f"The name {person}", person.name) for person in people),
            *_of_decisions(standings),
            *_names_of_contacts(parties, version.typed_terms),
        ]
    )


def _of_decisions(standings: Iterable[ApprovalStanding]) -> Iterator[Printed]:
    for standing in standings:
        for each in standing.approvals:
            said = (each.decider, each.by_whom, each.in_words, each.minute_reference, each.changes)
            yield f"The decision of {standing.party.name}", "\n".join(said)


def _found_in(
    agreement: Agreement, parties: Sequence[Party], texts: Sequence[ClauseText], terms: Terms
) -> Iterator[Found]:
    for called, printed in [("The title", agreement.title), *_of_parties(parties)]:
        yield from ((said, None) for said in said_of(called, printed))
    for text, number in zip(texts, numbers(text.kind for text in texts), strict=True):
        page = reverse("agreements:clause", args=[agreement.reference, text.key])
        for said in said_of(f"Clause {number}", f"{text.heading}\n{text.body}"):
            yield said, Link("Edit", page, f"clause {number}")
    page = reverse("agreements:terms", args=[agreement.reference])
    sides = {party.slot: party.called for party in parties}
    for term in terms_in_words(terms, sides, {party.key: party.name for party in parties}):
        printed = "\n".join([term.heading, *term.sentences])
        for said in said_of(f"What the terms say of {term.heading.lower()}", printed):
            yield said, Link("Change", page, "the terms")
    for each in listed(agreement):
        printed = f"{each.title}\n{each.label}\n{each.file.name if each.file else ''}"
        yield from ((said, None) for said in said_of(f"The document “{each.title}”", printed))
    for called, printed in _names_of_contacts(parties, terms):
        yield from ((said, None) for said in said_of(called, printed, then=ASK))


def _of_parties(parties: Sequence[Party]) -> Iterator[Printed]:
    """Names, and the addresses that they have today (one query)."""
    here = [party.organisation.pk for party in parties]
    held = OrganisationName.objects.current().filter(organisation__in=here)
    addresses = dict(held.order_by("starts_on", "pk").values_list("organisation", "address"))
    for party in parties:
        yield party.label, party.name
        yield f"The address of {party.name}", addresses.get(party.organisation.pk, "")


def _names_of_contacts(parties: Sequence[Party], terms: Terms) -> Iterator[Printed]:
    """Whoever is printed as a key contact or a deputy today (one query)."""
    held = contacts_in(party.pk for party in parties)
    for party in parties:
        for role in terms.contact_roles_of(party.slot):
            if contact := held.get((party.pk, role.key)):
                yield from _names_of(contact, f"{role.label} of {party.name}")


def _names_of(contact: KeyContact, role: str) -> Iterator[Printed]:
    name = str(contact.person or contact.team)
    said = (name, contact.job_title, contact.phone, contact.postal_address)
    yield f"{name}, {role},", "\n".join(said)
    if contact.deputy:
        yield f"{contact.deputy}, deputy of the {role},", contact.deputy.name


def said_in(printed: Iterable[Printed], then: str = ASK) -> list[str]:
    """A sentence for each of these that has such letters, each once."""
    found = (said for called, text in printed for said in said_of(called, text, then=then))
    return list(dict.fromkeys(found))[:MOST_NAMED]


def said_of(called: str, text: str, then: str = OTHERWISE) -> Iterator[str]:
    """The sentence of one, if it has any; `then` says what to do about it."""
    letters = missing_in(text)
    if not letters:
        return
    named = [f"“{each}” (U+{ord(each):04X})" for each in letters[:MOST_NAMED]]
    more = len(letters[MOST_NAMED:])
    shown = and_list([*named, *([plural(more, "other")] if more else [])])
    yield (f"{called} has {shown}. No font of the PDF has that: it prints as {PRINTS_AS}. {then}")
