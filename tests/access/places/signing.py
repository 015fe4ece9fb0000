"""A signature that was given while the other is awaited, and one that was recorded on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agreements.models import SignatureRequest
from agreements.signing.services.paper import record_paper
from agreements.signing.services.signing import sign
from house import clock
from tests.cast import acting
from tests.pdf import a_pdf

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    given, on_paper = world.asked(), world.asked()
    signatory = world.cast.signatory
    sign(
        by=acting(signatory), request=given, sha256=given.version.sha256, typed_name=str(signatory)
    )
    paper = record_paper(
        by=world.us, request=on_paper, scan=a_pdf(), signed_by="Sid Signatory",
        signed_on=clock.today(),
    )  # fmt: skip
    return {"given": _at(given), "own_paper": _at(on_paper) | {"pk": paper.pk}}


def _at(request: SignatureRequest) -> dict[str, Any]:
    return {"reference": request.version.agreement.reference, "pk": request.pk}
