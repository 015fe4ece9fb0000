"""What the list and the page of agreements read, one organisation at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, prefetch_related_objects

from agreements.drafting.rules import missing_in
from agreements.models import (
    Access,
    Agreement,
    Approval,
    ClauseText,
    Happening,
    KeyContact,
    Party,
    PartySpell,
    SignatureRequest,
    Version,
)
from house import clock
from house.wall import WhoAsks
from nhsuk.words import with_whom
from parties.acting import Acting
from parties.models import OrganisationName
from parties.models.dated import holds_on
from parties.reader import names

State = Agreement.State
# A longer list to choose from helps nobody and costs time; the text box finds them.
MOST_OTHERS = 60


@dataclass
class ListedAgreement:
    """One row: the access row with its agreement, the other parties' names, what is under way."""

    access: Access
    others: list[str] = field(default_factory=list)
    newest: Version | None = None

    @property
    def agreement(self) -> Agreement:
        return self.access.agreement

    @property
    def with_whom(self) -> str:
        return with_whom(self.others)


def needing_attention(today: date) -> Q:
    """In force, and what is due next is past or a required contact role is vacant."""
    return Q(state__in=Agreement.WITH_DUTIES) & (Q(next_due_on__lt=today) | Q(vacant_roles__gt=0))


def found(acting: Acting, wanted: Mapping[str, Any]) -> QuerySet[Access]:
    """The access rows that match; `wanted` is what the filter form holds, any of it empty."""
    rows = _of(acting).filter(_matching(wanted)).select_related("agreement")
    if wanted.get("sort") == "title":
        return rows.order_by("agreement__title", "agreement_id")
    return rows.order_by(F("next_due_on").asc(nulls_last=True), "agreement_id")


def counts(acting: Acting, wanted: Mapping[str, Any]) -> dict[str, int]:
    """How many there are in all, in each state, needing attention, and matching (one query)."""
    return _of(acting).aggregate(
        all=Count("pk"),
        attention=Count("pk", filter=needing_attention(clock.today())),
        matching=Count("pk", filter=_matching(wanted)),
        **{state: Count("pk", filter=Q(state=state)) for state in State.values},
    )


def _of(acting: Acting) -> QuerySet[Access]:
    return Access.objects.filter(organisation=acting.organisation_id)


def _matching(wanted: Mapping[str, Any]) -> Q:
    matching = Q(pk__isnull=False)
    if wanted.get("state"):
        matching &= Q(state=wanted["state"])
    if wanted.get("party"):
        matching &= Q(_has_party(organisation=wanted["party"]))
    if wanted.get("attention"):
        matching &= needing_attention(clock.today())
    if wanted.get("text"):
        matching &= _holds_text(wanted["text"])
    return matching


def _holds_text(text: str) -> Q:
    return (
        Q(agreement__title__icontains=text)
        | Q(agreement__reference__icontains=text)
        | Q(_has_party(organisation__names__name__icontains=text))
    )


def _has_party(**which: Any) -> Exists:
    return Exists(PartySpell.objects.filter(party__agreement=OuterRef("agreement"), **which))


def with_details(
    rows: Iterable[Access], acting: Acting, others: Mapping[int, str] | None = None
) -> list[ListedAgreement]:
    """The rows of one page with what they show besides (two queries; three without `others`)."""
    listed = {row.agreement_id: ListedAgreement(row) for row in rows}
    _put_others(listed, acting, others or {})
    preparing = [pk for pk, each in listed.items() if each.access.state == State.BEING_PREPARED]
    versions = Version.objects.filter(agreement__in=preparing).exclude(state="withdrawn")
    for version in versions.only("agreement", "seq", "label", "state").order_by("seq"):
        listed[version.agreement_id].newest = version
    return list(listed.values())


def _put_others(
    listed: dict[int, ListedAgreement], acting: Acting, known: Mapping[int, str]
) -> None:
    spells = PartySpell.objects.filter(holds_on(clock.today()), party__agreement__in=listed)
    others = spells.exclude(organisation=acting.organisation_id).order_by("party__position", "pk")
    held = list(others.values_list("party__agreement", "organisation"))
    missing = {organisation for _, organisation in held} - known.keys()
    called = {**known, **names(missing)}
    for agreement, organisation in held:
        listed[agreement].others.append(called[organisation])


def others_of(acting: Acting) -> dict[int, str]:
    """Whom the organisation has agreements with, by name; none when they are too many to choose."""
    shared = Access.objects.filter(organisation=acting.organisation_id).values("agreement")
    others = Access.objects.filter(agreement__in=shared)
    ids = others.exclude(organisation=acting.organisation_id).values("organisation")
    rows = OrganisationName.objects.filter(holds_on(clock.today()), organisation__in=ids)
    called = dict(rows.values_list("organisation_id", "name")[: MOST_OTHERS + 1])
    if len(called) > MOST_OTHERS:
        return {}
    return dict(sorted(called.items(), key=lambda pair: pair[1].casefold()))


def blanks_open_in(version: Version) -> int:
    """How many blanks of the draft nobody has filled in yet."""
    texts = ClauseText.objects.filter(version=version).values_list("heading", "body")
    return len(missing_in(part for text in texts for part in text))


def happenings_of(
    agreement: Agreement, parties: Sequence[Party], most: int | None
) -> list[Happening]:
    """What happened, the newest first, with names at hand (one query, three at most)."""
    happenings = agreement.happenings.select_related("actor__person", "organisation")
    found = list(happenings.order_by("-at", "-pk")[:most])
    known = {party.organisation.pk: party.organisation for party in parties}
    for happening in found:
        happening.organisation = known.get(happening.organisation_id or 0, happening.organisation)
    others = [h.organisation for h in found if h.organisation_id and h.organisation_id not in known]
    prefetch_related_objects([each for each in others if each], "names")
    return found


def people_on_agreements_of(acting: WhoAsks) -> set[int]:
    """Contacts, deputies, signatories and delegates on the agreements that one may see.

    Ids of people, in three queries.
    """
    seen = Access.objects.filter(organisation=acting.organisation_id or 0).values("agreement")
    contacts = KeyContact.objects.filter(party__agreement__in=seen)
    requests = SignatureRequest.objects.filter(version__agreement__in=seen)
    approvals = Approval.objects.filter(version__agreement__in=seen)
    found = {pk for pair in contacts.values_list("person", "deputy") for pk in pair}
    found.update(requests.values_list("person", flat=True))
    found.update(approvals.values_list("delegated_to", flat=True))
    return {pk for pk in found if pk is not None}
