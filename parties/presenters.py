"""What the pages of organisations show, as records of the design system's components."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from house import clock
from nhsuk.components import Cell, Column, Link, SummaryRow, Tag
from nhsuk.dates import day
from parties.models import Organisation, OrganisationName
from parties.queries import PersonHere


@dataclass(frozen=True)
class Table:
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def organisation_table(organisations: Iterable[Organisation]) -> Table:
    columns = [Column("Name"), Column("Kind"), Column("ODS code"), Column("Area")]
    return Table(
        columns,
        [
            [
                Cell(
                    organisation.name,
                    href=reverse("parties:organisation", args=[organisation.pk]),
                    tag=_closed(organisation),
                ),
                Cell(organisation.get_kind_display()),
                Cell(organisation.ods_code or ""),
                Cell(organisation.area.name if organisation.area else ""),
            ]
            for organisation in organisations
        ],
    )


def _closed(organisation: Organisation) -> Tag | None:
    closed = organisation.closed_on and organisation.closed_on < clock.today()
    return Tag("Closed", "grey") if closed else None


def current_name(organisation: Organisation) -> OrganisationName | None:
    """The name row that holds today, the newest where there are two."""
    held = [name for name in organisation.names.all() if name.is_current]
    return held[-1] if held else None


def facts(organisation: Organisation, looks_after: bool) -> list[SummaryRow]:
    """What is known of the organisation itself; what is not known is left out."""
    now = current_name(organisation)
    change = [Link("Change", reverse("parties:name", args=[organisation.pk]), "name and address")]
    rows = [
        SummaryRow("Name", organisation.name, change if looks_after else ()),
        SummaryRow("Address", now.address.splitlines() if now else ""),
        SummaryRow("Other names", _other_names(organisation, now)),
        SummaryRow("ODS code", organisation.ods_code or ""),
        SummaryRow("Area", organisation.area.name if organisation.area else ""),
        SummaryRow("Opened", day(organisation.opened_on)),
        SummaryRow("Closed", day(organisation.closed_on)),
    ]
    return [row for row in rows if any(row.lines)]


def _other_names(organisation: Organisation, now: OrganisationName | None) -> list[str]:
    return [
        f"{name.name}, {_span(name)}"
        for name in organisation.names.all()
        if name != now and (now is None or name.name != now.name)
    ]


def _span(name: OrganisationName) -> str:
    """From when to when, "1 April 2013 to 30 June 2014", as far as it is known."""
    if name.starts_on is None and name.ends_on is None:
        return "dates not known"
    if name.ends_on is None:
        return f"from {day(name.starts_on)}"
    if name.starts_on is None:
        return f"until {day(name.ends_on)}"
    return f"{day(name.starts_on)} to {day(name.ends_on)}"


def people_table(organisation: Organisation, people: Iterable[PersonHere], *, links: bool) -> Table:
    columns = [Column("Name"), Column("Post"), Column("Roles")]
    return Table(
        columns,
        [
            [
                Cell(
                    each.person.name,
                    href=_person_page(organisation, each) if links else "",
                    under=each.person.email,
                ),
                Cell(", ".join(each.titles)),
                Cell(", ".join(each.roles) or "None"),
            ]
            for each in people
        ],
    )


def _person_page(organisation: Organisation, each: PersonHere) -> str:
    return reverse("parties:person", args=[organisation.pk, each.person.pk])
