"""Who reads what somebody types of a meeting: everybody who meets, or the parties of some
agreements alone (record 0055)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from agreements.models import Agreement
from meetings.models import Meeting, Series
from meetings.queries.sides import agreements_at, agreements_of, parties_under
from nhsuk.words import and_list, plural
from parties.models import Organisation

Kind = Organisation.Kind
# So many of a kind are named; of more their number is.
MOST_NAMED = 3
_MANY = {
    Kind.AREA_TEAM: "NHS England teams",
    Kind.CCG: "CCGs",
    Kind.ICB: "ICBs",
    Kind.FEDERATION: "federations",
    Kind.PRACTICE: "practices",
    Kind.LMC: "local medical committees",
}


def is_joint(meeting: Meeting) -> bool:
    """Whether it is held for several agreements, so that some of it may be read by some alone."""
    return len(agreements_at(meeting)) > 1


def everybody(series: Series) -> str:
    """ "Both parties read this."; "Everybody who meets reads this: Eastmoor CCG and all 48
    practices."."""
    return everybody_of(agreements_of(series))


def everybody_at(meeting: Meeting) -> str:
    """The same of those for whom one meeting is held."""
    return everybody_of(agreements_at(meeting))


def everybody_of(agreements: Sequence[Agreement]) -> str:
    number = len({party.organisation.pk for party in parties_under(agreements)})
    if len(agreements) > 1:
        return f"Everybody who meets reads this: {in_words(agreements, every='all ')}."
    return "Both parties read this." if number <= 2 else f"All {number} parties read this."


def only(agreements: Sequence[Agreement]) -> str:
    """ "Only Bramble Street Surgery and Eastmoor CCG read this."."""
    return f"Only {in_words(agreements)} read this."


def who_read(about: Sequence[Agreement], meeting: Meeting) -> str:
    """Of something that is about these agreements; of none it is for everybody."""
    return only(about) if about else everybody_at(meeting)


def in_words(agreements: Sequence[Agreement], every: str = "") -> str:
    """The parties of these agreements: first who is a party to each; of many of a kind how many."""
    parties = {(party.agreement_id, party.organisation.pk) for party in parties_under(agreements)}
    shared = Counter(organisation for _, organisation in parties)
    found = {p.organisation.pk: p.organisation for p in parties_under(agreements)}
    hubs = [each.name for pk, each in found.items() if shared[pk] == len(agreements)]
    rest = [each for pk, each in found.items() if shared[pk] < len(agreements)]
    kinds = dict.fromkeys(each.kind for each in rest)
    return and_list([*hubs, *(each for kind in kinds for each in _of_kind(kind, rest, every))])


def _of_kind(kind: str, rest: Collection[Organisation], every: str) -> list[str]:
    names = [each.name for each in rest if each.kind == kind]
    if len(names) <= MOST_NAMED:
        return names
    return [f"{every}{plural(len(names), 'other', _MANY.get(Kind(kind), 'organisations'))}"]
