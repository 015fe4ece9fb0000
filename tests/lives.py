"""An agreement from any template of the library, with invented parties, up to its signature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from agreements.associated.said import Said
from agreements.associated.services import add_document
from agreements.core.associated import missing
from agreements.core.parties import parties_of
from agreements.core.seats import at_levels
from agreements.drafting.services.editing import edit_terms
from agreements.library import library
from agreements.models import Agreement, Party, TemplateVersion, Version
from agreements.templates.services.keeping import take_from_library
from agreements.terms import Commissioning, Slot
from agreements.versions.services.versions import freeze, send_for_approval
from parties.acting import Acting
from parties.models import Figure, Membership, Organisation, OrganisationName, Role, User
from tests.cast import acting, organisation, user
from tests.stages import approve, ask, give, make

# How many take a side that many may take.
SHARING = {"federation": 9, "ccg": 5, "committee": 3}
AS_OF = date(2012, 4, 1)
KINDS = Figure.Kind


def drafted(key: str, sharing: Mapping[str, int] = SHARING, since: date | None = None) -> Agreement:
    """Everybody of it manages and signs for their own organisation; every blank is filled in.

    `since` is when they began, where the MoU is older than the cast.
    """
    source = library()[key]
    sides = dict(each for slot in source.slots for each in _taken(slot, sharing))
    people = [
        user(f"Somebody of {each.name}", each, Role.MANAGER, Role.SIGNATORY)
        for each in sides.values()
    ]
    if since:
        _began(since)
    version = take_from_library(by=acting(people[0]), source=source).versions.get()
    return make(acting(people[0]), version, sides, _blanks(version))


def listed(agreement: Agreement) -> None:
    """Every document that its text names, by each party that brings it; levels are said first."""
    draft = agreement.versions.get(state="draft")
    parties = at_levels(agreement)
    said = tuple(
        Commissioning(party=party.key, level="joint" if place else "delegated")
        for place, party in enumerate(parties)
    )
    if said:
        terms = draft.typed_terms.model_copy(update={"commissioning": said})
        edit_terms(by=first(agreement), version=draft, terms=terms)
    for each in missing(agreement, agreement.versions.get(state="draft").typed_terms):
        for party in each.parties or parties_of(agreement)[:1]:
            where = Said(each.expected.label, link=f"https://{party.key}.example/document.pdf")
            add_document(
                by=acting(of(party)), agreement=agreement, said=where, kind="other",
                term=each.expected.key,
            )  # fmt: skip


def frozen(agreement: Agreement) -> Version:
    by, draft = first(agreement), agreement.versions.get(state="draft")
    version = freeze(by=by, version=draft, summary="First version, from the template.")
    send_for_approval(by=by, version=version)
    return version


def signed(version: Version) -> Version:
    """Approved by each side that approves, then signed by all."""
    agreement = version.agreement
    for party in parties_of(agreement):
        if any(route.route != "none" for route in version.typed_terms.routes_of(party.slot)):
            approve(of(party), version)
    for party in parties_of(agreement):
        give(of(party), ask(of(party), version, of(party)))
    return Version.objects.get(pk=version.pk)


def of(party: Party) -> User:
    """Who manages and signs for this party."""
    return User.objects.get(
        memberships__organisation=party.organisation, memberships__role="manager"
    )


def first(agreement: Agreement) -> Acting:
    """The first party's manager, who wrote the draft."""
    return acting(of(parties_of(agreement)[0]))


def _began(since: date) -> None:
    for model, field in (
        (Membership, "starts_on"), (Organisation, "opened_on"), (OrganisationName, "starts_on"),
    ):  # fmt: skip
        for row in model._default_manager.all():
            setattr(row, field, since)
            row.save()


def _taken(slot: Slot, sharing: Mapping[str, int]) -> Iterator[tuple[str, Organisation]]:
    kind = slot.organisation_kinds[-1]
    if not slot.many:
        yield slot.key, organisation(f"Hazel {slot.key.replace('_', ' ')}", kind)
        return
    for number in range(1, sharing[slot.key] + 1):
        made = organisation(f"Alder {number} {slot.key}", kind)
        for each, many in (
            (KINDS.PRACTICES, 1),
            (KINDS.MALES, 900),
            (KINDS.FEMALES, 1_000),
            (KINDS.POPULATION, 1_900),
        ):
            Figure.objects.create(organisation=made, kind=each, number=number * many, as_of=AS_OF)
        yield f"{slot.key}-{number}", made


def _blanks(version: TemplateVersion) -> dict[str, str]:
    return {blank.key: f"the {blank.label.lower()}" for blank in version.typed_blanks}
