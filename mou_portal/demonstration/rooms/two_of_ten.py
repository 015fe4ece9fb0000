"""Last year's MoU of a CCG and nine federations, signed on paper; two of the ten disagree."""

from __future__ import annotations

from datetime import timedelta

from agreements.contacts.services.naming import name_contacts
from agreements.models import Agreement, Party, TemplateVersion
from agreements.register.services import register_signed, say_of_copy
from escalations.models import Disagreement
from escalations.services.bringing_in import bring_in
from escalations.services.naming import name_person
from escalations.services.noting import add_note, say_wanted
from escalations.services.opening import open_disagreement
from escalations.services.settling import accept, propose, take_up
from house import clock
from mou_portal.demonstration.acts import by, days_ago
from mou_portal.demonstration.from_the_library import numbered
from mou_portal.demonstration.neighbours import CHAIRS, FEDERATIONS
from mou_portal.demonstration.paper import signed_paper
from mou_portal.demonstration.people import organisation_called, person_called

TITLE = "Commissioning roles of federations, first year"
ALDERMOOR = "Aldermoor CCG"
GRETA, HAMISH, JONAH = "Greta Holm", "Hamish Boyle", "Jonah Adeyemi"
# The chairs of the Curlew, the Dunlin and the Fieldfare Federation.
ALMA, BENEDIKT, CLARA = CHAIRS[:3]
CCG, FIELDFARE = "ccg", "federation-3"
LETTER, PROCEDURE = "letter", "procedure"
AGREED = (
    "Each federation helps the CCG to commission services for its practices.",
    "The CCG pays for the time of GPs and practice managers.",
    "Where we disagree we write a letter first, then use the CCG's procedure.",
)


def load() -> None:
    """Unless it is there already."""
    if Agreement.objects.filter(title=TITLE).exists():
        return
    agreement = registered()
    settled(agreement)
    under_way(agreement)


def registered() -> Agreement:
    """Registered by the CCG; one federation has confirmed that this is what was signed."""
    today = clock.today()
    signed_on = today - timedelta(days=330)
    with days_ago(200), by(GRETA) as greta:
        agreement = register_signed(
            by=greta,
            template_version=TemplateVersion.objects.get(template__key="ccg-and-federations"),
            title=TITLE,
            organisations={
                key: organisation_called(name)
                for key, name in ({CCG: ALDERMOOR} | numbered("federation", FEDERATIONS)).items()
            },
            file=signed_paper(TITLE, ALDERMOOR, *FEDERATIONS, signed_on=signed_on, agreed=AGREED),
            signed_on=signed_on,
            review_on=today + timedelta(days=35),
            end_on=today + timedelta(days=120),
            contacts={CCG: _held(mou_manager=GRETA, communications_team=JONAH)},
        )
    for number, chair in enumerate(CHAIRS, start=1):
        with days_ago(199), by(chair) as who:
            named = {f"federation-{number}": _held(mou_manager=chair)}
            name_contacts(by=who, agreement=agreement, contacts=named)
    with days_ago(198), by(ALMA) as alma:
        say_of_copy(by=alma, copy=agreement.registered_copy, agrees=True)
    return agreement


def settled(agreement: Agreement) -> None:
    """The Dunlin Federation and the CCG, about a late payment: settled by letter."""
    with days_ago(150):
        disagreement = _opened(
            agreement, BENEDIKT, [CCG], "Payment for two workshops",
            "The two workshops of the spring are paid, as agreed by telephone.",
        )  # fmt: skip
        _named(GRETA, disagreement, LETTER, HAMISH)
    with days_ago(140), by(BENEDIKT) as benedikt:
        proposal = propose(
            by=benedikt, disagreement=disagreement, at_level=LETTER,
            text="One workshop is paid now, the other with the next quarter.",
        )  # fmt: skip
    with days_ago(136), by(HAMISH) as hamish:
        accept(by=hamish, proposal=proposal)


def under_way(agreement: Agreement) -> None:
    """The CCG and the Curlew Federation, about a shared post; the Fieldfare Federation, which
    shares the post, was brought in."""
    with days_ago(30):
        disagreement = _opened(
            agreement, ALMA, [CCG], "Who pays the project manager in winter",
            "The CCG pays the project manager of the winter clinics until March.",
        )  # fmt: skip
        _named(GRETA, disagreement, LETTER, HAMISH)
    with days_ago(27), by(GRETA) as greta:
        say_wanted(
            by=greta, disagreement=disagreement,
            text="The federation pays from its own budget, as it did last winter.",
        )  # fmt: skip
        add_note(
            by=greta, disagreement=disagreement, own=True,
            text="We could pay half of it until the end of January.",
        )  # fmt: skip
    with days_ago(22), by(ALMA) as alma:
        bring_in(
            by=alma, disagreement=disagreement, at_level=LETTER,
            parties=_parties(agreement, [FIELDFARE]),
            because="The Fieldfare Federation shares the post since summer.",
        )  # fmt: skip
    with days_ago(18), by(CLARA) as clara:
        say_wanted(
            by=clara, disagreement=disagreement, text="We pay for the days on which we have him."
        )
    with days_ago(9), by(ALMA) as alma:
        take_up(
            by=alma, disagreement=disagreement, at_level=LETTER, target=PROCEDURE,
            because="Three letters each have changed nothing.",
        )  # fmt: skip


def _opened(
    agreement: Agreement, name: str, between: list[str], subject: str, wanted: str
) -> Disagreement:
    with by(name) as who:
        return open_disagreement(
            by=who, agreement=agreement, subject=subject, wanted=wanted,
            between=_parties(agreement, between),
        )  # fmt: skip


def _held(**roles: str) -> dict[str, dict[str, int]]:
    return {role: {"person": person_called(name).pk} for role, name in roles.items()}


def _parties(agreement: Agreement, keys: list[str]) -> list[Party]:
    return [party for party in agreement.sides if party.key in keys]


def _named(manager: str, disagreement: Disagreement, level: str, name: str) -> None:
    with by(manager) as who:
        name_person(by=who, disagreement=disagreement, level=level, person=person_called(name))
