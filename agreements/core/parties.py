"""Who the parties of agreements are, whom each has named, and which side somebody acts for.

With `parties.reader` the one way to read these: many at once, and each once a page or service.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects

from agreements.models import Agreement, KeyContact, Party, PartySpell, Version, read_parties
from agreements.terms import ContactRole, Terms
from house.once import each_once, once_a_page
from house.refusals import NotYours
from nhsuk.dates import day
from nhsuk.words import in_sentence
from parties.acting import Acting
from parties.models import Person, Team, User
from parties.who import Who

# Of more parties a page says how many they are.
MOST_SENTENCES = 3


def parties_of(agreement: Agreement) -> list[Party]:
    """The parties in their order, with organisations and names at hand (three queries).

    None where they have been read already: the steps of a service and the rooms of a page ask the
    same agreement again and again. For many agreements call `read_parties` first.
    """
    return list(agreement.sides)


def versions_in_force(agreements: Iterable[Agreement]) -> list[Version]:
    """The version in force of each that ever was, with its parties at hand (four queries)."""
    signed = [each for each in agreements if each.in_force_version_id]
    prefetch_related_objects(signed, "in_force_version")
    read_parties(signed)
    versions = []
    for each in signed:
        if version := each.in_force_version:
            version.agreement = each
            versions.append(version)
    return versions


def with_organisations(to_party: str) -> Prefetch[str]:
    """For a query of rows that a party owns, read later: who holds it, by name (two queries).

    `to_party` is the way to the party from the rows: "owner" for actions.
    """
    spells = PartySpell.objects.select_related("organisation")
    return Prefetch(f"{to_party}__spells", spells.prefetch_related("organisation__names"))


def contacts_in(parties: Iterable[int]) -> dict[tuple[int, str], KeyContact]:
    """(party, role) -> who holds the role today, with people, accounts and teams (one query)."""
    found = current_contacts(parties)
    return {(pk, each.role): each for pk, contacts in found.items() for each in contacts}


@each_once(KeyContact, Person, User, Team)
def current_contacts(parties: Collection[int]) -> dict[int, list[KeyContact]]:
    """By party, all that hold a role today, with people, accounts and teams (one query)."""
    found: dict[int, list[KeyContact]] = {pk: [] for pk in parties}
    rows = KeyContact.objects.filter(party__in=found).current()
    for contact in rows.select_related("person__user", "team", "deputy__user").order_by("pk"):
        found[contact.party_id].append(contact)
    return found


def sides_of(agreement: Agreement, acting: Acting) -> list[Party]:
    """The sides that the acting organisation holds today; after a merger there may be two."""
    return [
        party
        for party in parties_of(agreement)
        if party.organisation.pk == acting.organisation_id and not party.left_on
    ]


def there_today(agreement: Agreement) -> list[Party]:
    """The parties without those that have left."""
    return [party for party in parties_of(agreement) if not party.left_on]


def side_of(agreement: Agreement, acting: Acting) -> Party:
    """The side that the acting organisation holds. Raises NotYours when it holds none."""
    sides = sides_of(agreement, acting)
    if not sides:
        raise NotYours("Your organisation is not a party to this agreement.")
    return sides[0]


def require_role(acting: Acting, who: Who) -> None:
    """Raises NotYours, naming who may, for everybody else."""
    if not who.includes(acting):
        raise NotYours(f"Only {who.one_of_them} of your organisation may do this.")


@dataclass(frozen=True)
class Vacancy:
    party: Party
    role: ContactRole
    # Who holds it for the last days, and until when; nobody follows yet.
    leaving: KeyContact | None = None

    @property
    def sentence(self) -> str:
        label = in_sentence(self.role.label)
        if self.leaving and self.leaving.ends_on:
            after = day(self.leaving.ends_on + timedelta(days=1))
            return f"{self.party.name} has no {label} from {after}."
        return f"{self.party.name} has no {label}."


def vacancies(agreement: Agreement) -> list[Vacancy]:
    """The required roles without a current contact, party by party."""
    terms = version_of_terms(agreement).typed_terms
    parties = parties_of(agreement)
    return missing_roles(terms, parties, contacts_in(party.pk for party in parties))


def missing_roles(
    terms: Terms, parties: Iterable[Party], held: Mapping[tuple[int, str], KeyContact]
) -> list[Vacancy]:
    """The same from what is at hand; `held` has who holds what, by party and role, today.

    A role whose holder is known to leave is vacant at once: somebody has to be found.
    """
    return [
        Vacancy(party, role, contact)
        for party in parties
        for role in terms.contact_roles_of(party.slot)
        if role.required
        and ((contact := held.get((party.pk, role.key))) is None or contact.ends_on is not None)
    ]


def vacant_in_words(found: Sequence[Vacancy]) -> Iterator[str]:
    """A sentence for each party that has roles to fill, and for each that will be vacant soon; of
    many parties one for all."""
    yield from (vacancy.sentence for vacancy in found if vacancy.leaving)
    now = [vacancy for vacancy in found if not vacancy.leaving]
    lacking = [(name, list(each)) for name, each in groupby(now, key=lambda v: v.party.name)]
    if len(lacking) > MOST_SENTENCES:
        yield f"{len(lacking)} parties have roles that nobody holds. Their key contacts say which."
        return
    yield from (f"{name} has no {or_list(of_party)}." for name, of_party in lacking)


def or_list(vacant: Iterable[Vacancy]) -> str:
    """The roles in a sentence: "quality lead, lead clinician or MoU manager". Once each, though who
    holds several sides lacks one in each of them."""
    *most, last = dict.fromkeys(in_sentence(vacancy.role.label) for vacancy in vacant)
    return f"{', '.join(most)} or {last}" if most else last


@once_a_page
def version_of_terms(agreement: Agreement) -> Version:
    """The version whose terms hold now: the one in force, else the newest (one query a page)."""
    return agreement.in_force_version or _newest([agreement.pk])[agreement.pk]


def versions_of_terms(agreements: Collection[Agreement]) -> dict[int, Version]:
    """The same for several, by agreement id (two queries; one where those in force are at hand)."""
    signed = [agreement for agreement in agreements if agreement.in_force_version_id]
    prefetch_related_objects(signed, "in_force_version")
    newest = _newest(each.pk for each in agreements if not each.in_force_version_id)
    return {each.pk: each.in_force_version or newest[each.pk] for each in agreements}


@each_once(Version)
def _newest(agreements: Collection[int]) -> dict[int, Version]:
    """By agreement: each was made with its first version."""
    later = Version.objects.filter(agreement=OuterRef("agreement"), seq__gt=OuterRef("seq"))
    rows = Version.objects.filter(~Exists(later), agreement__in=agreements)
    return {version.agreement_id: version for version in rows.order_by()}
