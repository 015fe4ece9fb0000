"""What organisations there are, and what each is called from one day to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from audit.services import record
from documents.spreadsheets import rows_from
from house import clock
from house.refusals import NotYours, Refused
from house.tracked import create_all
from nhsuk.dates import day
from parties.acting import Acting
from parties.models import Area, Organisation, OrganisationName
from parties.services.lists import (
    ColumnOf,
    Row,
    Taken,
    WrongRows,
    at_most,
    must_have,
    one_of,
    read_all,
    text_of,
)
from parties.who import administering


def rename(
    *, by: Acting, organisation: Organisation, name: str, address: str, starts_on: date
) -> OrganisationName:
    """Gives a name and address from a day on; the name before ends with the day before.

    The same day as that of the newest name corrects it. An earlier day is refused: what stood in
    a signed agreement must not change behind it.
    """
    with administering(by, organisation):
        newest = organisation.names.order_by("starts_on", "pk").last()
        named = _named(organisation, newest, starts_on)
        if (named.name, named.address) == (name, address):
            raise Refused("Nothing is different. Change the name or the address.")
        named.name, named.address = name, address
        named.save()
        record(by, "named", organisation, name=named.pk, starts_on=starts_on.isoformat())
    return named


def _named(
    organisation: Organisation, newest: OrganisationName | None, starts_on: date
) -> OrganisationName:
    """The row to write: the newest one when the day is the same, otherwise one that follows it."""
    if newest is None:
        return OrganisationName(organisation=organisation, starts_on=starts_on)
    if newest.starts_on == starts_on:
        return newest
    if newest.starts_on and starts_on < newest.starts_on:
        raise Refused(
            f"The name and address now hold from {day(newest.starts_on)}. Enter that day or a "
            "later one.",
            field="starts_on",
        )
    newest.ends_on = starts_on - timedelta(days=1)
    newest.save(update_fields=["ends_on"])
    return OrganisationName(
        organisation=organisation,
        starts_on=starts_on,
        name=newest.name,
        address=newest.address,
    )


NAME: ColumnOf = ("name", "organisation", "organisation name", "practice name", "full name")
KIND: ColumnOf = ("kind", "type", "organisation type", "kind of organisation")
ODS_CODE: ColumnOf = ("ods code", "ods", "code", "organisation code", "practice code")
AREA: ColumnOf = ("area", "region")
ADDRESS: ColumnOf = ("address", "postal address")
KNOWN = {heading for each in (NAME, KIND, ODS_CODE, AREA, ADDRESS) for heading in each}
FORM = "An ODS code has 3 to 10 letters and digits."


@dataclass(frozen=True)
class OrganisationLine:
    name: str
    kind: str
    ods_code: str
    area: str
    address: str


def read_organisations(file: UploadedFile) -> list[OrganisationLine]:
    """Reads the file and writes nothing. Raises WrongRows when a row is wrong, Refused else."""
    rows = rows_from(file, KNOWN)
    must_have(rows, (NAME, KIND))
    return read_all(rows, _line)


def new_among(lines: Iterable[OrganisationLine]) -> list[OrganisationLine]:
    """Those that are not there yet; one that has the ODS code, or without a code the name, is.

    Raises WrongRows where a code belongs to another name.
    """
    known = _Known()
    new = [line for line in lines if not known.has(line)]
    if known.contradictions:
        raise WrongRows(known.contradictions)
    return new


def take_organisations(*, by: Acting, lines: Sequence[OrganisationLine]) -> Taken:
    """Adds the organisations of a list that are not there yet; the others stay as they are."""
    if not getattr(by.user, "is_staff", False):
        raise NotYours("Only a system administrator may upload organisations.")
    with transaction.atomic():
        new = new_among(lines)
        make_organisations(by, new)
    return Taken(new=len(new), known=len(lines) - len(new))


def _line(row: Row) -> OrganisationLine:
    return OrganisationLine(
        name=at_most(text_of(row, NAME), 200, what="name"),
        kind=one_of(text_of(row, KIND), Organisation.Kind.choices, what="a kind of organisation"),
        ods_code=ods_code_of(text_of(row, ODS_CODE)),
        area=at_most(text_of(row, AREA), 120, what="area") if text_of(row, AREA) else "",
        address=text_of(row, ADDRESS)[:500],
    )


def ods_code_of(text: str) -> str:
    """The code in capitals, or nothing. Raises Refused for what is none."""
    code = text.upper()
    if not code or re.fullmatch(r"[A-Z0-9]{3,10}", code):
        return code
    odd = next((letter for letter in code if not re.match("[A-Z0-9]", letter)), "")
    named = {"-": "a hyphen", " ": "a space", "": f"{len(code)} characters"}
    raise Refused(f"the ODS code {text} has {named.get(odd, f'“{odd}”')}. {FORM}")


class _Known:
    """What is in the portal, and what this list has named so far."""

    def __init__(self) -> None:
        everything = list(Organisation.objects.named())
        self.by_code = {each.ods_code: each.name for each in everything if each.ods_code}
        self.names = {each.name.lower() for each in everything}
        self.contradictions: list[str] = []

    def has(self, line: OrganisationLine) -> bool:
        """Whether the organisation is there already; afterwards it counts as there."""
        called = self.by_code.get(line.ods_code) if line.ods_code else None
        if called is not None and called.lower() != line.name.lower():
            self.contradictions.append(
                f"{line.name}: the ODS code {line.ods_code} belongs to {called}. "
                "Correct the code, or change the name on the page of that organisation."
            )
        there = called is not None or (not line.ods_code and line.name.lower() in self.names)
        if line.ods_code:
            self.by_code.setdefault(line.ods_code, line.name)
        self.names.add(line.name.lower())
        return there


def make_organisations(by: Acting, lines: list[OrganisationLine]) -> list[Organisation]:
    """They have their names from today. For services that have checked who asks."""
    areas = {name: _area_called(name) for name in {x.area for x in lines if x.area}}
    organisations = create_all(
        [
            Organisation(kind=x.kind, ods_code=x.ods_code or None, area=areas.get(x.area))
            for x in lines
        ]
    )
    pairs = zip(organisations, lines, strict=True)
    names = [
        OrganisationName(
            organisation=made, name=line.name, address=line.address, starts_on=clock.today()
        )
        for made, line in pairs
    ]
    create_all(names)
    for made in organisations:
        record(by, "added an organisation", made)
    return organisations


def _area_called(name: str) -> Area:
    """In whatever case: "northern dales" makes no second one."""
    return Area.objects.filter(name__iexact=name).first() or Area.objects.create(name=name)
