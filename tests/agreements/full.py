"""An MoU with something in every room, so that a disposal has all of it to take."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from agreements.associated.said import Brought, Said
from agreements.associated.services import add_document, take_off
from agreements.models import Agreement
from agreements.retention.services.keeping import lift_hold, place_hold
from agreements.sheets.services import write_note
from agreements.signing.services.sealing import seal_due
from commitments.models import Action
from commitments.services.changing import close_action, note_progress
from communications.services.correcting import correct_final_text
from communications.services.outcomes import release
from communications.services.reading import comment
from documents.uploads import BroughtPdf
from escalations.services.noting import add_note
from escalations.services.opening import open_disagreement
from escalations.services.settling import withdraw
from house import clock
from meetings.models import Series
from tests.agreements import full_beside as beside
from tests.agreements.disposed import SIGNED, ends
from tests.agreements.reviewed import on, reviewed
from tests.cast import Cast, acting
from tests.commitments.stage import recorded
from tests.communications import desk
from tests.meetings.stage import held, scheduled
from tests.pdf import a_pdf

DAY = timedelta(days=1)


def full(cast: Cast) -> Agreement:
    """Signed and sealed, lived in for a year, and ended."""
    with on(SIGNED):
        agreement = desk.bilateral(cast)
        seal_due()
    with on(SIGNED + 30 * DAY):
        _acted(cast, agreement)
        _disagreed(cast, agreement)
        _announced(cast, agreement)
        _listed(cast, agreement)
        beside.owed(cast, agreement)
        beside.logged(cast, agreement)
        beside.data_shared(cast, agreement)
        beside.asked(cast, agreement)
        beside.told(cast, agreement)
        beside.feared(cast, agreement)
    _met(cast, agreement)
    with on(SIGNED + 200 * DAY):
        hold = place_hold(
            by=acting(cast.manager), agreement=agreement, kind="request", because="Request 4."
        )
        lift_hold(by=acting(cast.manager), hold=hold, because="Answered.")
        beside.looked(cast, agreement)
        beside.reported(cast, agreement)
        beside.emailed(cast, agreement)
        reviewed(cast.manager, agreement, clock.today(), clock.today() + 365 * DAY, note="Went on.")
    return ends(cast, agreement)


def _acted(cast: Cast, agreement: Agreement) -> None:
    owner = agreement.parties.get(slot="area_team")
    action: Action = recorded(cast.manager, owner, details="All of them.")
    note_progress(by=acting(cast.manager), action=action, text="Half of it.")
    close_action(by=acting(cast.manager), action=action, as_what="done", because="Sent.")


def _disagreed(cast: Cast, agreement: Agreement) -> None:
    by = acting(cast.manager)
    one = open_disagreement(by=by, agreement=agreement, subject="The visits", wanted="More.")
    add_note(by=by, disagreement=one, text="Rang them.", own=True)
    withdraw(by=by, disagreement=one, because="They came.")


def _announced(cast: Cast, agreement: Agreement) -> None:
    announcement = desk.planned(cast, agreement)
    draft = desk.drafted(cast, announcement)
    desk.shared(cast, draft)
    comment(by=acting(cast.other_colleague), draft=draft, text="Is the day right?")
    beside.team_asked(cast, announcement)
    who: dict[str, Any] = {"by": acting(cast.colleague), "announcement": announcement}
    release(
        **who,
        released_at=clock.now(),
        text="It was.",
        because="It could not wait.",
        without_team="So could they not.",
    )
    announcement.refresh_from_db()
    correct_final_text(**who, text="It is.", because="One word.")


def _listed(cast: Cast, agreement: Agreement) -> None:
    by = acting(cast.manager)
    brought = Brought(BroughtPdf(a_pdf()), "scheme.pdf")
    document = add_document(
        by=by, agreement=agreement, said=Said("Our scheme", brought), kind="policy"
    )
    take_off(by=by, document=document, because="It is old.")
    own = agreement.parties.get(slot="area_team")
    write_note(by=by, party=own, edit_no=0, text="Ring them before ten.")


def _met(cast: Cast, agreement: Agreement) -> None:
    series = Series.objects.filter(serves__agreement=agreement).order_by("pk")[0]
    held(cast.manager, series, SIGNED + 40 * DAY, notes="All went well.")
    with on(SIGNED + 41 * DAY):
        scheduled(cast.manager, series, SIGNED + 80 * DAY, place="Room 4")
