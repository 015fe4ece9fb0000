"""One CCG and nine federations that share a side, with a manager and a signatory each."""

from __future__ import annotations

from typing import Any

from agreements.models import Agreement, Template, TemplateClause, TemplateVersion, Version
from agreements.terms import (
    ApprovalRoute,
    ContactRole,
    Level,
    Signatory,
    Slot,
    Terms,
    as_stored,
)
from house.tracked import create_all
from parties.models import Organisation, Role, User
from tests.cast import Cast, acting, organisation, user
from tests.put_back import put_back
from tests.stages import USUAL, approve, ask, frozen, give, make

NAMES = ("Ash", "Birch", "Cedar", "Elm", "Hazel", "Larch", "Oak", "Rowan", "Willow")
BOTH = ("ccg", "federation")
# key, kind, heading, body, owed by
CLAUSES: tuple[tuple[str, str, str, str, list[str]], ...] = (
    ("between", "statement", "Parties", "Between {{ccg}} and {{federation}}.", []),
    ("plan", "duty", "Plans", "Each Federation writes a plan.", ["federation"]),
    ("meet", "duty", "Meetings", "The parties meet **twice** in each year.", []),
    ("settle", "duty", "If we disagree", "{{levels:list}}", []),
)


def federation(name: str) -> Organisation:
    return organisation(f"{name} Federation", Organisation.Kind.FEDERATION)


def template(keeper: Organisation) -> TemplateVersion:
    """The CCG's body approves, and each federation's chair; one signature each."""
    made = Template.objects.create(organisation=keeper, key="federations", name="Federations")
    slots = [
        Slot(key="ccg", label="the CCG", organisation_kinds=("ccg",)),
        Slot(
            key="federation", label="the Federation", plural="the Federations", many=True,
            organisation_kinds=("federation",),
        ),
    ]  # fmt: skip
    version = TemplateVersion.objects.create(
        template=made,
        seq=1,
        state=TemplateVersion.State.PUBLISHED,
        slots=[slot.model_dump(mode="json") for slot in slots],
        terms=as_stored(terms()),
    )
    bound = {"meet": ["meetings"]}
    create_all(
        [
            TemplateClause(version=version, position=place, key=key, kind=kind, heading=heading,
                           body=body, owed_by=owed_by, bindings=bound.get(key, []))
            for place, (key, kind, heading, body, owed_by) in enumerate(CLAUSES, start=1)
        ]
    )  # fmt: skip
    return version


def terms() -> Terms:
    return Terms(
        **USUAL,
        contact_roles=(
            ContactRole(key="mou_manager", label="MoU manager", slots=BOTH),
            ContactRole(key="lead", label="Federation lead", slots=("federation",)),
        ),
        levels=(
            Level(
                key="managers", label="MoU managers", posts=dict.fromkeys(BOTH, "MoU manager"),
                roles=dict.fromkeys(BOTH, "mou_manager"),
            ),
            Level(key="top", label="At the top", posts={"ccg": "Director", "federation": "Chair"}),
        ),
        approval_routes=(
            ApprovalRoute(slot="ccg", route="body", name="Governing Body"),
            ApprovalRoute(slot="federation", route="post", name="Chair"),
        ),
        signatories=(
            Signatory(slot="ccg", key="officer", label="Accountable Officer"),
            Signatory(slot="federation", key="chair", label="Chair"),
        ),
    )  # fmt: skip


def sides(cast: Cast, number: int = len(NAMES)) -> dict[str, Organisation]:
    """The parties by their keys: the CCG, and federation-1 to federation-9."""
    names = NAMES[:number] + tuple(f"Copse {n}" for n in range(len(NAMES), number))
    shared = {f"federation-{n}": federation(name) for n, name in enumerate(names, start=1)}
    return {"ccg": cast.ccg} | shared


@put_back
def drafted(cast: Cast, number: int = len(NAMES)) -> Agreement:
    """A draft between Eastmoor CCG and so many federations, nine unless you say so."""
    return make(acting(cast.other_manager), template(cast.ccg), sides(cast, number), {})


def manager_of(agreement: Agreement, key: str) -> User:
    """Who was made manager of this federation."""
    organisation = next(each.organisation for each in agreement.sides if each.key == key)
    return User.objects.get(memberships__organisation=organisation, memberships__role=Role.MANAGER)


def people_of(agreement: Agreement) -> dict[str, tuple[User, User]]:
    """The manager and the signatory of each federation, by the party's key."""
    return {
        party.key: (
            user(f"Mo {party.name.split()[0]}", party.organisation, Role.MANAGER),
            user(f"Si {party.name.split()[0]}", party.organisation, Role.SIGNATORY),
        )
        for party in agreement.sides
        if party.number
    }


@put_back
def signed(cast: Cast) -> Version:
    """Approved and signed by all ten."""
    agreement = drafted(cast)
    version = frozen(cast, agreement, by=cast.other_manager)
    pairs: list[Any] = [(cast.other_manager, cast.other_signatory), *people_of(agreement).values()]
    for manager, _ in pairs:
        approve(manager, version)
    for manager, signatory in pairs:
        give(signatory, ask(manager, version, signatory))
    return Version.objects.get(pk=version.pk)
