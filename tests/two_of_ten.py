"""Eastmoor CCG and nine federations, and a disagreement between the CCG and the Ash Federation.

Olga Other is the CCG's manager; "Mo Ash" is the Ash Federation's, "Si Ash" its signatory,
and so on.
"""

from __future__ import annotations

from datetime import timedelta

from agreements.models import Agreement, Party
from agreements.register.services import register_signed
from documents.storage import store
from escalations.models import Disagreement
from escalations.services.opening import open_disagreement
from escalations.services.settling import propose
from house import clock
from parties.models import User
from tests import federations
from tests.cast import Cast, acting
from tests.once import once
from tests.pdf import a_pdf

TITLE, SUBJECT, WANTED = "Roles of federations", "Money for clinics", "The CCG pays in winter."


@once
def of_ten(cast: Cast) -> Agreement:
    """In force, registered by the CCG."""
    today = clock.today()
    agreement = register_signed(
        by=acting(cast.other_manager), template_version=federations.template(cast.ccg),
        title=TITLE, organisations=federations.sides(cast),
        file=store(a_pdf(), name="mou.pdf", content_type="application/pdf"),
        signed_on=today, review_on=today + timedelta(days=365),
    )  # fmt: skip
    federations.people_of(agreement)
    return agreement


def somebody(name: str) -> User:
    """ "Mo Ash"."""
    return User.objects.get(person__name=name)


def parties(agreement: Agreement, *keys: str) -> list[Party]:
    return [party for party in agreement.sides if party.key in keys]


def with_ash(
    cast: Cast, agreement: Agreement | None = None, subject: str = SUBJECT
) -> Disagreement:
    """Opened by the CCG's manager, with the Ash Federation alone."""
    agreement = agreement or of_ten(cast)
    return open_disagreement(
        by=acting(cast.other_manager), agreement=agreement, subject=subject, wanted=WANTED,
        between=parties(agreement, "federation-1"),
    )  # fmt: skip


def proposal_to(cast: Cast, disagreement: Disagreement) -> Disagreement:
    """The same with a proposal of the CCG."""
    propose(
        by=acting(cast.other_manager), disagreement=disagreement, at_level="managers",
        text="Half each.",
    )  # fmt: skip
    return disagreement
