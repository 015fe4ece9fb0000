"""Those of the four other documents: federations, a practice, a regional team, committees."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from house import clock
from mou_portal.demonstration.people import (
    AREA,
    OPENED,
    Somebody,
    add_organisation,
    add_person,
    encode,
    organisation_called,
    person_called,
)
from parties.models import Area, Body, BodyOrganisation, Figure, Organisation, Role, Seat

CHAIR: Final = (Role.MANAGER, Role.SIGNATORY)
# Practices, males and females among their patients: together 76 and 544,328.
FEDERATIONS: Final = {
    "Curlew Federation": (15, 56_326, 58_472),
    "Dunlin Federation": (17, 53_568, 55_854),
    "Fieldfare Federation": (11, 40_402, 40_942),
    "Goldcrest Federation": (6, 24_320, 24_939),
    "Harebell Federation": (5, 23_560, 24_265),
    "Lapwing Federation": (8, 22_692, 23_420),
    "Plover Federation": (3, 21_121, 21_502),
    "Sandpiper Federation": (5, 14_799, 14_928),
    "Teasel Federation": (6, 11_207, 12_011),
}
CHAIRS: Final = ["Alma Whitcombe", "Benedikt Asante", "Clara Moreau", "Davit Tan", "Elsie Lindgren",
                 "Fintan Pike", "Gloria Okoye", "Henryk Reyes", "Ines Castellano"]  # fmt: skip
STRATEGIC_LEAD: Final = "Isla Fernandes"
PRACTICE: Final = "Mill Beck Surgery"
# One of those to which a text goes among others.
SURGERY: Final = "Beck Street Surgery"
REGIONAL_TEAM: Final = "Marches and Vales Regional Team"


class Committee(NamedTuple):
    """Who chairs it, and signs; who is its secretary, and acts; whose seats there are on it."""

    chair: str
    secretary: str
    members: tuple[str, ...]


# Of the last, at the delegated level, the regional team has a seat that does not fit.
COMMITTEES: Final = {
    "Fernhollow Joint Committee": Committee(
        "Idris Calloway", "Liv Arkwright", ("Fernhollow CCG", REGIONAL_TEAM)
    ),
    "Gorsedale Joint Committee": Committee(
        "Juno Bellamy", "Magnus Pell", ("Gorsedale CCG", REGIONAL_TEAM)
    ),
    "Heatherby Delegated Committee": Committee(
        "Kaspar Doyle", "Nerys Quayle", ("Heatherby CCG", REGIONAL_TEAM)
    ),
}
SURGERY_MANAGER: Final = "Agnes Thorne"
PRACTICE_LEAD, LEAD, DIRECTOR = "Freya Nakamura", "Gideon Frost", "Hestia Lowe"

NEIGHBOURS: Final = [
    *(
        Somebody(chair, federation, "Chair of the Federation", CHAIR)
        for federation, chair in zip(FEDERATIONS, CHAIRS, strict=True)
    ),
    Somebody(SURGERY_MANAGER, SURGERY, "Practice Manager", CHAIR),
    Somebody(PRACTICE_LEAD, PRACTICE, "Practice Manager", CHAIR),
    Somebody(LEAD, REGIONAL_TEAM, "Head of Primary Care", (Role.MANAGER, Role.EDITOR)),
    Somebody(DIRECTOR, REGIONAL_TEAM, "Director of Primary Care", (Role.SIGNATORY,)),
    *(
        Somebody(each.chair, name, "Chair of the Committee", (Role.SIGNATORY,))
        for name, each in COMMITTEES.items()
    ),
    *(
        Somebody(each.secretary, name, "Secretary", (Role.MANAGER, Role.SECRETARY))
        for name, each in COMMITTEES.items()
    ),
]


def load_neighbours(password: str) -> None:
    """Makes everybody who is not there yet, after those of `people`."""
    area = Area.objects.get(name=AREA)
    vales, _ = Area.objects.get_or_create(name="Marches and Vales")
    for name, figures in FEDERATIONS.items():
        _with_figures(add_organisation(name, Organisation.Kind.FEDERATION, None, area), *figures)
    add_organisation(PRACTICE, Organisation.Kind.PRACTICE, "P90001", area)
    add_organisation(SURGERY, Organisation.Kind.PRACTICE, "P91002", area)
    add_organisation(REGIONAL_TEAM, Organisation.Kind.AREA_TEAM, "Q91", vales)
    for name in COMMITTEES:
        add_organisation(name, Organisation.Kind.COMMITTEE, None, vales)
    _operational_group()
    same = encode(password)
    for somebody in NEIGHBOURS:
        add_person(somebody, same)
    for name, committee in COMMITTEES.items():
        _seats(name, committee, vales)


def _operational_group() -> None:
    """The group on which the strategic lead of a practice's MoU has a seat."""
    body, made = Body.objects.get_or_create(
        name="Primary Care Operational Group", defaults={"kind": Body.Kind.GROUP}
    )
    if made:
        ccg = organisation_called("Aldermoor CCG")
        BodyOrganisation.objects.create(body=body, organisation=ccg, starts_on=OPENED)
        Seat.objects.create(
            body=body, organisation=ccg, person=person_called(STRATEGIC_LEAD),
            kind=Seat.Kind.EXECUTIVE, starts_on=OPENED,
        )  # fmt: skip


def _seats(name: str, committee: Committee, area: Area) -> None:
    """The committee as a body, with the seat of its chair and those of its members."""
    own = organisation_called(name)
    if own.served_by.exists():
        return
    body = Body.objects.create(name=name, kind=Body.Kind.JOINT_COMMITTEE)
    BodyOrganisation.objects.create(body=body, organisation=own, starts_on=OPENED)
    Seat.objects.create(
        body=body, organisation=own, person=person_called(committee.chair),
        kind=Seat.Kind.CHAIR, starts_on=OPENED,
    )  # fmt: skip
    for member in committee.members:
        of = add_organisation(member, Organisation.Kind.CCG, None, area)
        Seat.objects.create(body=body, organisation=of, kind=Seat.Kind.EXECUTIVE, starts_on=OPENED)


def _with_figures(federation: Organisation, practices: int, males: int, females: int) -> None:
    """As of the 1st of April before: how many practices and patients."""
    if federation.figures.exists():
        return
    kinds = Figure.Kind
    as_of = date(clock.today().year - 1, 4, 1)
    said = [(kinds.PRACTICES, practices), (kinds.MALES, males), (kinds.FEMALES, females),
            (kinds.POPULATION, males + females)]  # fmt: skip
    for kind, number in said:
        Figure.objects.create(organisation=federation, kind=kind, number=number, as_of=as_of)
