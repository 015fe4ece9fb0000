"""Private notes to the successor: of both parties of one agreement, each for itself alone."""

from __future__ import annotations

from agreements.models import Agreement, HandoverNote
from agreements.sheets.services import write_note
from mou_portal.demonstration.acts import AMARA, by, days_ago

GRETA = "Greta Holm"
OF_THE_CCG = (
    "Ring Carys before nine: she knows which practices have a visit booked.\n"
    "The Governing Body wants the paper for the review ten days before it meets."
)
OF_THE_AREA_TEAM = (
    "Aldermoor answers fastest by telephone.\n"
    "Keep an eye on the list of contract reviews: it is late, and they asked twice."
)
NOTES = ((40, GRETA, "ccg", OF_THE_CCG), (25, AMARA, "area_team", OF_THE_AREA_TEAM))


def load() -> None:
    """Under the agreement with Aldermoor CCG, unless they are there already."""
    agreement = Agreement.objects.filter(state="in_force", origin="drafted").first()
    if agreement is None or HandoverNote.objects.exists():
        return
    for ago, name, slot, text in NOTES:
        party = next(party for party in agreement.sides if party.slot == slot)
        with days_ago(ago), by(name) as who:
            write_note(by=who, party=party, edit_no=0, text=text)
