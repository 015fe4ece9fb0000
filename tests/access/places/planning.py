"""A body of ours with a meeting, and a paper for it that is due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreements.core.due import REVIEW
from agreements.models import Agreement
from agreements.planning.due import PAPER_DUE, key_of_date
from deadlines.models import Deadline
from deadlines.services.setting import For, set_deadline
from house import clock
from parties.models import Body, Role
from parties.services.diaries import keep_dates
from parties.services.meeting_dates import MeetingLine

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    reference = world.places["in_force"]["reference"]
    agreement, soon = Agreement.objects.get(reference=reference), clock.today() + timedelta(days=90)
    body = Body.objects.get(pk=world.places["body"]["body_pk"])
    keep_dates(by=world.us, body=body, meetings=[MeetingLine(soon, None)])
    review = Deadline.objects.about(reference).get(kind=REVIEW, state="open")
    own = agreement.parties.get(slot="area_team")
    key = key_of_date(review.pk)
    set_deadline(
        kind=PAPER_DUE, subject_key=key, occurrence=f"{own.pk}:1:{review.generation}", due_on=soon,
        holders=[For(own.organisation, role=Role.MANAGER)], references=[reference],
    )  # fmt: skip
    paper = Deadline.objects.get(kind=PAPER_DUE, subject_key=key)
    return {
        "paper_due": {"reference": reference, "pk": paper.pk},
        "body_dates": {"pk": body.pk},
        "body_date": {"pk": body.pk, "meeting_pk": body.meetings.get().pk},
    }
