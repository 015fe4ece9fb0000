"""What the pages say of organisations and people, in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from house import clock
from nhsuk.dates import day
from parties.models import Absence, Organisation, OrganisationName, Role


def current_name(organisation: Organisation) -> OrganisationName | None:
    """The name row that holds today, the newest where there are two."""
    held = [name for name in organisation.names.all() if name.is_current]
    return held[-1] if held else None


def other_names(organisation: Organisation) -> list[str]:
    """What it was or will be called, each with its days."""
    now = current_name(organisation)
    return [
        f"{name.name}, {_span(name)}"
        for name in organisation.names.all()
        if now is None or name.name != now.name
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


def called_apart(organisation: Organisation) -> str:
    """ "Aldermoor CCG (Clinical commissioning group, ODS code 90A)": as no other is called."""
    said = [str(organisation.get_kind_display())]
    if organisation.ods_code:
        said.append(f"ODS code {organisation.ods_code}")
    if organisation.is_closed:
        said.append("closed")
    return f"{organisation.name} ({', '.join(said)})"


def absences_of(absences: QuerySet[Absence], *, name: bool = False) -> list[tuple[Absence, str]]:
    """Those of these from today on, the next time first; with what each says.

    `name` says which organisation each is of.
    """
    not_over = Q(ends_on=None) | Q(ends_on__gte=clock.today())
    found = (
        absences.filter(not_over)
        .order_by("starts_on", "pk")
        .select_related("organisation", "deputy")
    )
    return [(each, in_words(each, name=name)) for each in found]


def in_words(absence: Absence, *, name: bool = False, of_whom: bool = True) -> str:
    """ "From 1 September 2014 to 5 September 2014", "From 1 September 2014, no end is set"."""
    end = f" to {day(absence.ends_on)}" if absence.ends_on else ", no end is set"
    of = f", {absence.organisation or 'all organisations'}" if name else ""
    instead = f"; {absence.deputy} stands in" if of_whom and absence.deputy else ""
    return f"From {day(absence.starts_on)}{end}{of}{instead}"


def labels_of(roles: Iterable[str]) -> str:
    """ "Editor, MoU manager"."""
    return ", ".join(str(Role(role).label) for role in roles)
