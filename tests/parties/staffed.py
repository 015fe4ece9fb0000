"""People of the Area Team, on whose pages an administrator looks after them."""

from __future__ import annotations

from datetime import date

from parties.models import Person, Post
from tests.cast import Cast, person

MONDAY = "2014-09-01 10:00+01:00"


def at(cast: Cast, path: str = "") -> str:
    return f"/organisations/{cast.area_team.pk}/{path}"


def person_page(cast: Cast, who: Person, path: str = "") -> str:
    return at(cast, f"people/{who.pk}/{path}")


def staff(cast: Cast, name: str = "Ada Analyst") -> Person:
    somebody = person(name)
    Post.objects.create(
        person=somebody, organisation=cast.area_team, title="Analyst", starts_on=date(2013, 4, 1)
    )
    return somebody
