"""What the list and the page of agreements read, one organisation at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import JSONObject

from agreements.core.searching import holds_text, shared_with
from agreements.drafting.blanks import fill, marks_in
from agreements.drafting.wording import words_of
from agreements.models import (
    Access,
    Agreement,
    Approval,
    ClauseText,
    Happening,
    KeyContact,
    OtherParty,
    Party,
    PartySpell,
    SignatureRequest,
    Version,
)
from house import clock
from house.wall import WhoAsks, there_is
from nhsuk.words import with_whom
from parties.acting import Acting
from parties.models.dated import holds_on
from parties.models.organisations import name_today
from parties.reader import names

State = Agreement.State
# A longer list to choose from helps nobody and costs time; the text box finds them.
MOST_OTHERS = 60


@dataclass
class ListedAgreement:
    """One row: the access row with its agreement, and the other parties' names by their ids."""

    access: Access
    others: dict[int, str] = field(default_factory=dict)

    @property
    def agreement(self) -> Agreement:
        return self.access.agreement

    @property
    def newest(self) -> dict[str, str] | None:
        """Label and state of its newest version, as long as it is being prepared."""
        newest: dict[str, str] | None = self.access.newest  # type: ignore[attr-defined]
        return newest

    @property
    def with_whom(self) -> str:
        return with_whom(list(self.others.values()))


def needing_attention(today: date) -> Q:
    """In force, and what is due next is past or a required contact role is vacant."""
    return Q(state__in=Agreement.WITH_DUTIES) & (Q(next_due_on__lt=today) | Q(vacant_roles__gt=0))


def found(acting: Acting, wanted: Mapping[str, Any], *, folded: bool = False) -> QuerySet[Access]:
    """The access rows that match; `wanted` is what the filter form holds, any of it empty.

    With `folded` without those that stand in a group, which is one line of its own.

    `newest` of each is its newest version, in short, as long as it is being prepared.
    """
    rows = _of(acting).filter(_matching(acting, wanted)).select_related("agreement")
    if folded:
        rows = rows.filter(in_group=False)
    rows = rows.annotate(newest=Case(When(state=State.BEING_PREPARED, then=_newest())))
    if wanted.get("sort") == "title":
        return rows.order_by("words", "agreement_id")
    return rows.order_by(F("next_due_on").asc(nulls_last=True), "agreement_id")


def _newest() -> Subquery:
    versions = Version.objects.filter(agreement=OuterRef("agreement")).exclude(state="withdrawn")
    return Subquery(
        versions.order_by("-seq").values(short=JSONObject(label="label", state="state"))[:1]
    )


def counts(acting: Acting, wanted: Mapping[str, Any]) -> dict[str, int]:
    """How many there are in all, in each state, needing attention, and matching (one query)."""
    return _of(acting).aggregate(
        all=Count("pk"),
        in_group=Count("pk", filter=Q(in_group=True)),
        attention=Count("pk", filter=needing_attention(clock.today())),
        matching=Count("pk", filter=_matching(acting, wanted)),
        **{state: Count("pk", filter=Q(state=state)) for state in State.values},
    )


def _of(acting: Acting) -> QuerySet[Access]:
    return Access.objects.filter(organisation=acting.organisation_id)


def _matching(acting: Acting, wanted: Mapping[str, Any]) -> Q:
    matching = Q(pk__isnull=False)
    if wanted.get("state"):
        matching &= Q(state=wanted["state"])
    if wanted.get("party"):
        matching &= shared_with([wanted["party"]])
    if wanted.get("attention"):
        matching &= needing_attention(clock.today())
    if wanted.get("text"):
        matching &= holds_text(acting, wanted["text"])
    return matching


def with_others(rows: Iterable[Access], acting: Acting) -> list[ListedAgreement]:
    """The rows of one page, each with whom it is with (one query)."""
    listed = {row.agreement_id: ListedAgreement(row) for row in rows}
    spells = PartySpell.objects.filter(holds_on(clock.today()), party__agreement__in=listed)
    others = spells.exclude(organisation=acting.organisation_id).order_by("party__position", "pk")
    held = others.annotate(called=name_today("organisation"), before=name_today("succession__old"))
    sides = list(held.values_list("party__agreement", "organisation", "called", "before"))
    nearest = names({organisation for _, organisation, called, _ in sides if called is None})
    for agreement, organisation, called, before in sides:
        name = called or nearest[organisation]
        listed[agreement].others[organisation] = f"{name} (before: {before})" if before else name
    return list(listed.values())


def others_of(acting: Acting) -> dict[int, str]:
    """Whom the organisation has agreements with, by name; none when they are too many to choose."""
    others = OtherParty.objects.visible_to(acting)
    called = others.annotate(called=name_today("other")).exclude(called=None)
    found = dict(called.values_list("other", "called")[: MOST_OTHERS + 1])
    if len(found) > MOST_OTHERS:
        return {}
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def blanks_open_in(version: Version) -> int:
    """How many blanks of the draft nobody has filled in yet."""
    texts = ClauseText.objects.filter(version=version).values_list("heading", "body")
    words = words_of(version)
    return len(marks_in(*(fill(part, words) for text in texts for part in text)))


def happenings_of(agreement: Agreement, verbs: Collection[str] | None) -> QuerySet[Happening]:
    """What happened, the newest first; with verbs only what they say. For `with_names`."""
    happenings = agreement.happenings.select_related("actor__person", "organisation")
    chosen = happenings if verbs is None else happenings.filter(verb__in=verbs)
    return chosen.order_by("-at", "-pk")


def with_names(happenings: Iterable[Happening], parties: Sequence[Party]) -> list[Happening]:
    """The same with the names of organisations at hand: none is asked for that a party has."""
    found, known = list(happenings), {each.organisation.pk: each.organisation for each in parties}
    for happening in found:
        happening.organisation = known.get(happening.organisation_id or 0, happening.organisation)
    others = [h.organisation for h in found if h.organisation_id and h.organisation_id not in known]
    prefetch_related_objects([each for each in others if each], "names")
    return found


def has_part_in_agreements_of(acting: WhoAsks) -> list[Q]:
    """Contacts, deputies, signatories and delegates on the agreements that one may see.

    Conditions for a query of people.
    """
    contacts = KeyContact.objects.each_visible_to(acting)
    requests = SignatureRequest.objects.each_visible_to(acting)
    approvals = Approval.objects.each_visible_to(acting)
    return [
        there_is(contacts.filter(person=OuterRef("pk"))),
        there_is(contacts.filter(deputy=OuterRef("pk"))),
        there_is(requests.filter(person=OuterRef("pk"))),
        there_is(approvals.filter(delegated_to=OuterRef("pk"))),
    ]
