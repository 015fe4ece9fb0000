"""A press desk to test with: agreements in force, key contacts, announcements, drafts, shares."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

from agreements.contacts.services.naming import name_contact
from agreements.drafting.services.editing import edit_terms
from agreements.models import Agreement, TemplateVersion
from agreements.signing.services.asking import open_for_signature
from agreements.terms import LeadTimes
from agreements.versions.services.versions import freeze
from communications.models import Announcement, Draft, Share
from communications.queries.readers import Reader
from communications.services.planning import plan
from communications.services.sharing import add_draft, share
from house import clock
from parties.models import Organisation, Team, TeamMember, User
from tests.cast import Cast, acting, person_of
from tests.once import once
from tests.setting_up import library_template
from tests.stages import draft_of, give, make

# A Tuesday at noon in London.
NOW = datetime(2026, 6, 2, 11, tzinfo=UTC)
TITLE = "New contract for heron-5512 surgeries"
TEXT = "From October the **surgeries** open earlier."


def agreement_with(
    cast: Cast,
    source: TemplateVersion,
    ccg: Organisation,
    manager: User,
    signatory: User,
    lead_times: LeadTimes | None = None,
) -> Agreement:
    """In force between the Area Team and this CCG, with MoU managers as key contacts."""
    ours = acting(cast.manager)
    agreement = make(ours, source, {"area_team": cast.area_team, "ccg": ccg}, {"area": "the moors"})
    if lead_times:
        terms = draft_of(agreement).typed_terms.model_copy(update={"lead_times": lead_times})
        edit_terms(by=ours, version=draft_of(agreement), terms=terms)
    version = freeze(by=ours, version=draft_of(agreement), summary="First.")
    for by, slot, who in (
        (cast.manager, "area_team", cast.signatory), (manager, "ccg", signatory),
    ):  # fmt: skip
        key = version.typed_terms.signatories_of(slot)[0].key
        version.refresh_from_db()
        request = open_for_signature(
            by=acting(by), version=version, slot=key, person=person_of(who), because="Agreed."
        )
        give(who, request)
        party = agreement.parties.get(slot=slot)
        name_contact(by=acting(by), party=party, role="mou_manager", person=person_of(by))
    return Agreement.objects.get(pk=agreement.pk)


@once
def bilateral(cast: Cast) -> Agreement:
    """With Eastmoor CCG, whose primary liaison is Oscar Othersby."""
    source = library_template(cast)
    made = agreement_with(cast, source, cast.ccg, cast.other_manager, cast.other_signatory)
    party, liaison = made.parties.get(slot="ccg"), person_of(cast.other_colleague)
    by = acting(cast.other_manager)
    name_contact(by=by, party=party, role="primary_liaison", person=liaison)
    return made


def with_third(cast: Cast, lead_times: LeadTimes | None = None) -> Agreement:
    """The like with Westmoor CCG; call it after `bilateral`."""
    source = cast.area_team.templates.get().versions.get()
    return agreement_with(
        cast, source, cast.third_ccg, cast.third_manager, cast.third_signatory, lead_times
    )


def planned(
    cast: Cast,
    *agreements: Agreement,
    hours: float = 100,
    kind: str = "press_release",
    title: str = TITLE,
    by: User | None = None,
    about: Collection[int] | None = None,
) -> Announcement:
    """Planned by the Area Team's colleague, so many hours from now."""
    return plan(
        by=acting(by or cast.colleague),
        kind=kind,
        title=title,
        planned_for=clock.now() + timedelta(hours=hours),
        agreements=agreements or [bilateral(cast)],
        about=about,
    )


def drafted(cast: Cast, announcement: Announcement, text: str = TEXT) -> Draft:
    return add_draft(by=acting(cast.colleague), announcement=announcement, text=text)


def to(user: User) -> Reader:
    """The person as a reader for their organisation."""
    organisation = acting(user).organisation
    assert organisation
    return Reader(organisation, person=person_of(user))


def shared(cast: Cast, draft: Draft, *readers: Reader, because: str = "") -> list[Share]:
    """With Eastmoor CCG's colleague, unless others are said."""
    chosen = list(readers) or [to(cast.other_colleague)]
    return share(by=acting(cast.colleague), draft=draft, readers=chosen, because=because)


def press_team(organisation: Organisation, members: Iterable[User] = ()) -> Team:
    team = Team.objects.create(
        organisation=organisation,
        purpose="press",
        name=f"Press office {organisation.pk}",
        address=f"press{organisation.pk}@moors.example",
    )
    for user in members:
        TeamMember.objects.create(team=team, person=person_of(user))
    return team
