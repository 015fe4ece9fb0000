"""An agreement in force with levels, the people on them, and a disagreement at each stage.

The Area Team: Colin Colleague deals with the matter, Maud Manager is MoU manager, Sid Signatory is
Area Team Director. Eastmoor CCG: Oscar Othersby, Olga Other, and Orla Officer, Accountable Officer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from agreements.contacts.services.naming import name_contacts
from agreements.library import library
from agreements.models import Agreement, Template, TemplateVersion
from agreements.register.services import register_signed
from agreements.templates.services.keeping import take_from_library
from agreements.terms import Level, Slot, Terms, as_stored
from documents.storage import store
from escalations.models import Disagreement, Step
from escalations.services.naming import name_person
from escalations.services.opening import open_disagreement
from escalations.services.settling import propose, take_up
from house import clock
from parties.models import Organisation, Post, User
from tests.cast import Cast, acting, person_of
from tests.once import once
from tests.pdf import a_pdf
from tests.stages import USUAL

SUBJECT, WANTED = "Visits to practices", "Fewer visits in winter."
WORKING, MANAGERS, RESPONSIBLE, CHIEFS = (
    "working_level",
    "mou_managers",
    "those_responsible",
    "chief_executives",
)


@once
def in_force(cast: Cast, source: TemplateVersion | None = None) -> Agreement:
    """Between the Area Team and Eastmoor CCG, by the library's template: four levels."""
    source = source or _from_library(cast)
    hold(cast.signatory, cast.area_team, "Area Team Director")
    hold(cast.other_signatory, cast.ccg, "Accountable Officer")
    first, second = (slot.key for slot in source.typed_slots)
    managers = {first: cast.manager, second: cast.other_manager}
    number = Agreement.objects.count()
    today = clock.today()
    agreement = register_signed(
        by=acting(cast.manager), template_version=source, title="Working together",
        organisations={first: cast.area_team, second: cast.ccg},
        file=store(a_pdf() + b"%" * number, name="mou.pdf", content_type="application/pdf"),
        signed_on=today, review_on=today + timedelta(days=365),
    )  # fmt: skip
    for slot, manager in managers.items():
        held = {slot: {"mou_manager": {"person": person_of(manager).pk}}}
        name_contacts(by=acting(manager), agreement=agreement, contacts=held)
    return agreement


def hold(user: User, of: Organisation, title: str) -> Post:
    """A post from the beginning, once."""
    return Post.objects.get_or_create(
        person=person_of(user), organisation=of, title=title, ends_on=None
    )[0]


def _from_library(cast: Cast) -> TemplateVersion:
    found = TemplateVersion.objects.filter(template__key="area-team-and-ccg").first()
    if found:
        return found
    taken = take_from_library(by=acting(cast.manager), source=library()["area-team-and-ccg"])
    version = taken.versions.published().first()
    assert version
    return version


def with_levels(
    cast: Cast,
    levels: Sequence[tuple[str, Mapping[str, str]]],
    word: str = "disagreement",
    sides: Sequence[str] = ("area_team", "ccg"),
) -> TemplateVersion:
    """A template of almost nothing but its levels: (label, post for each side)."""
    made = Template.objects.create(organisation=cast.area_team, key="small", name="Small")
    terms = Terms(
        **USUAL,
        disagreement_word=word,
        levels=tuple(
            Level(key=f"level_{number}", label=label, posts=dict(posts))
            for number, (label, posts) in enumerate(levels, start=1)
        ),
    )
    return TemplateVersion.objects.create(
        template=made,
        seq=1,
        state=TemplateVersion.State.PUBLISHED,
        slots=[Slot(key=key, label=key).model_dump(mode="json") for key in sides],
        terms=as_stored(terms),
    )


def opened(cast: Cast, agreement: Agreement | None = None, subject: str = SUBJECT) -> Disagreement:
    """By Colin Colleague, who deals with the matter; Oscar Othersby does at the CCG."""
    disagreement = open_disagreement(
        by=acting(cast.colleague), agreement=agreement or in_force(cast), subject=subject,
        wanted=WANTED,
    )  # fmt: skip
    name_person(
        by=acting(cast.other_manager), disagreement=disagreement, level=disagreement.level,
        person=person_of(cast.other_colleague),
    )  # fmt: skip
    return disagreement


def at_managers(cast: Cast, agreement: Agreement | None = None) -> Disagreement:
    """Taken up from the working level by Colin Colleague."""
    disagreement = opened(cast, agreement)
    return up(cast.colleague, disagreement, MANAGERS)


def up(by: User, disagreement: Disagreement, target: str, skipped: str = "") -> Disagreement:
    take_up(
        by=acting(by), disagreement=disagreement, at_level=disagreement.level, target=target,
        because="We could not settle it.", skipped_because=skipped,
    )  # fmt: skip
    disagreement.refresh_from_db()
    return disagreement


def proposed(by: User, disagreement: Disagreement, text: str = "Monthly visits.") -> Step:
    return propose(by=acting(by), disagreement=disagreement, at_level=disagreement.level, text=text)


def url_of(disagreement: Disagreement, page: str = "") -> str:
    return f"/escalations/{disagreement.agreement.reference}/{disagreement.number}/{page}"
