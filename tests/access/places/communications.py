from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreements.models import Agreement
from communications.models import Announcement, Draft, Share, TeamAsked
from communications.queries.readers import Reader
from communications.services.correcting import correct_final_text
from communications.services.outcomes import release
from communications.services.planning import plan
from communications.services.reading import comment
from communications.services.sharing import add_draft, share
from communications.services.teams import ask_team
from house import clock
from parties.acting import Acting
from parties.models import Team, TeamMember, User
from tests.access.world import FOR_OTHER_VIEWER, FOR_VIEWER
from tests.cast import acting, person_of

if TYPE_CHECKING:
    from tests.access.world import World

PDF = b"%PDF-1.7\n% a file for who may fetch it, not for what it says\n"


def places(world: World) -> dict[str, dict[str, Any]]:
    agreement = Agreement.objects.get(**world.places["in_force"])
    ours, text = _shared(world.us, agreement, FOR_OTHER_VIEWER, world.cast.other_viewer)
    comment(by=acting(world.cast.other_viewer), draft=text, text=f"A word on {FOR_OTHER_VIEWER}")
    file = add_draft(by=world.us, announcement=ours, pdf=PDF)
    theirs, embargoed = _shared(world.other, agreement, FOR_VIEWER, world.cast.viewer)
    comment(by=acting(world.cast.viewer), draft=embargoed, text=f"A word on {FOR_VIEWER}")
    released = _planned(world.other, agreement, "Released")
    release(
        by=world.other, announcement=released, released_at=clock.now(), pdf=PDF, because="Late."
    )
    corrected = _planned(world.us, agreement, "Corrected")
    release(by=world.us, announcement=corrected, released_at=clock.now(), pdf=PDF, because="Late.")
    correct_final_text(
        by=world.us, announcement=corrected, text="The right text.", because="A slip."
    )
    asked, asked_file = _teams_asked(world, agreement)
    here = {"public_id": ours.public_id}
    return {
        "month": {"year": clock.today().year, "month": clock.today().month},
        "announcement": here,
        "announcement_share": here | {"pk": Share.objects.get(draft=text).pk},
        "announcement_draft": here | {"number": text.number},
        "announcement_file": here | {"number": file.number},
        "announcement_released": {"public_id": released.public_id},
        "announcement_corrected": {"public_id": corrected.public_id, "number": 1},
        "announcement_ours_released": {"public_id": corrected.public_id},
        "team_asked": {"public_id": asked.announcement.public_id, "pk": asked.pk},
        "team_asked_file": {"public_id": asked_file.announcement.public_id, "pk": asked_file.pk},
        "draft_for_viewer": {"public_id": theirs.public_id, "number": embargoed.number},
    }


def _teams_asked(world: World, agreement: Agreement) -> tuple[TeamAsked, TeamAsked]:
    """Of drafts of the other party, a text and a PDF, which one team of ours may read."""
    team = Team.objects.create(
        organisation=world.cast.area_team, purpose="press", name="Press", address="p@moors.example"
    )
    TeamMember.objects.create(team=team, person=person_of(world.cast.viewer))
    found: list[TeamAsked] = []
    for draft in ({"text": f"The text of {FOR_VIEWER}"}, {"pdf": PDF}):
        planned = _planned(world.other, agreement, f"News of {FOR_VIEWER}, a {len(found)}")
        add_draft(by=world.other, announcement=planned, **draft)
        found.append(ask_team(by=world.other, announcement=planned, team=team))
    return found[0], found[1]


def _planned(by: Acting, agreement: Agreement, title: str) -> Announcement:
    soon = clock.now() + timedelta(hours=60)
    return plan(by=by, kind="publication", title=title, planned_for=soon, agreements=[agreement])


def _shared(
    by: Acting, agreement: Agreement, canary: str, reader: User
) -> tuple[Announcement, Draft]:
    """One with a draft that one person of the other party may read."""
    announcement = _planned(by, agreement, f"News of {canary}")
    draft = add_draft(by=by, announcement=announcement, text=f"The text of {canary}")
    organisation = acting(reader).organisation
    assert organisation
    named = Reader(organisation, person=person_of(reader))
    share(by=by, draft=draft, readers=[named], because=f"Short for {canary}")
    return announcement, draft
