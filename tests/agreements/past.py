"""The five documents as somebody registers them years later, each between invented parties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agreements.library import library
from agreements.models import Agreement, TemplateVersion
from agreements.templates.services.keeping import take_from_library
from agreements.terms import Slot
from nhsuk.forms import date_boxes
from parties.models import Organisation, Role, User
from tests.cast import acting, organisation, user
from tests.conftest import ClientOf
from tests.pdf import a_pdf_that_says

WORDS = ("Ash", "Birch", "Cedar", "Elm", "Hazel", "Larch", "Oak", "Rowan", "Willow")
CALLED = {"area_team": "Area Team", "regional_team": "Regional Team", "ccg": "CCG",
          "federation": "Federation", "committee": "Joint Committee",
          "practice": "Surgery"}  # fmt: skip
FORM = "/agreements/new/signed/"


@dataclass(frozen=True)
class Past:
    """A signed document: how many take its shared side, and what is typed of it."""

    key: str
    sharing: int = 0
    days: Mapping[str, date] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    # Which side's manager registers it, and when the party of the last side closed.
    by: str = ""
    closed_on: date | None = None


DOCUMENTS = {
    # One area team and one CCG, 2013.
    "000": Past("area-team-and-ccg", days={"signed_on": date(2013, 9, 3)}, by="ccg"),
    # A regional team and committees, signed after it took effect, extended to the end of 2016.
    "001": Past(
        "regional-team-and-committees", sharing=3, by="regional_team",
        days={"signed_on": date(2015, 5, 20), "end_on": date(2016, 12, 31)},
    ),
    # The area team and five CCGs at once.
    "002": Past(
        "area-team-and-several-ccgs", sharing=5, by="area_team",
        days={"signed_on": date(2014, 6, 12)},
        said={"who_signed": "Ash Area Team; director\nAsh CCG; its chair\nBirch CCG; its chair"},
    ),
    # One CCG and nine federations, a month after it took effect.
    "003": Past(
        "ccg-and-federations", sharing=9, by="ccg", days={"signed_on": date(2012, 8, 8)},
        said={"who_approved": "Ash CCG; Governing Body; 1 August 2012; item 9"},
    ),
    # One of 48: a practice that has closed since.
    "004": Past(
        "practice-resilience", by="ccg", days={"signed_on": date(2017, 9, 11)},
        closed_on=date(2019, 3, 31),
    ),
}  # fmt: skip


def registered_from_paper(client_of: ClientOf, past: Past, **more: Any) -> tuple[Agreement, User]:
    """By the page, from a PDF that names the parties; and who registered it."""
    client, path, said = typed_of(client_of, past)
    page = client.post(path, said | more, follow=True).content.decode()
    assert "is registered" in page, page[page.index("<main") :]
    agreement = Agreement.objects.get()
    return agreement, agreement.created_by


def typed_of(client_of: ClientOf, past: Past) -> tuple[Client, str, dict[str, Any]]:
    """Who registers it, on which page, and what they type there."""
    sides = {slot: _taken(slot, past.sharing) for slot in library()[past.key].slots}
    who = _manager(next(taken[0] for slot, taken in sides.items() if slot.key == past.by))
    if past.closed_on:
        closes([*sides.values()][-1][0], past.closed_on)
    version = _template(who, past.key)
    names = ", ".join(each.name for taken in sides.values() for each in taken)
    said: dict[str, Any] = {"title": "As it was agreed then", **_typed(version), **past.said}
    said |= {slot.key: _value(slot, taken) for slot, taken in sides.items()}
    for name, day in past.days.items():
        said |= date_boxes(name, day)
    said["file"] = SimpleUploadedFile("mou.pdf", a_pdf_that_says(f"Between {names}"))
    return client_of(who), f"{FORM}?template={version.pk}", said


def _template(who: User, key: str) -> TemplateVersion:
    return take_from_library(by=acting(who), source=library()[key]).versions.get()


def _typed(version: TemplateVersion) -> dict[str, Any]:
    """What stands in the form already, as the template says it."""
    period = version.typed_terms.period
    said: dict[str, Any] = {"ends_when": period.ends_when}
    for name, day in (("effective_on", period.starts_on), ("end_on", period.ends_on)):
        said |= date_boxes(name, day) if day else {}
    return said


def _taken(slot: Slot, sharing: int) -> list[Organisation]:
    kind, called = slot.organisation_kinds[-1 if slot.many else 0], CALLED[slot.key]
    number = sharing if slot.many else 1
    return [_of_old(f"{word} {called}", kind) for word in WORDS[:number]]


def _of_old(name: str, kind: str) -> Organisation:
    """Nobody knows any more when it opened."""
    made = organisation(name, kind)
    made.opened_on = None
    made.save()
    return made


def _value(slot: Slot, taken: list[Organisation]) -> Any:
    return [each.pk for each in taken] if slot.many else taken[0].pk


def _manager(of: Organisation) -> User:
    return user(f"Mia {of.name}", of, Role.MANAGER)


def closes(organisation: Organisation, on: date) -> None:
    organisation.closed_on = on
    organisation.save()
