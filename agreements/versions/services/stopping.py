from __future__ import annotations

from django.db import transaction

from agreements.core.access import write_access
from agreements.core.parties import require_role, side_of
from agreements.core.record import record
from agreements.core.tell import tell_managers
from agreements.models import AGREEMENT_LIFECYCLE, Agreement
from house.lifecycle import move
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Role


def stop_preparing(*, by: Acting, agreement: Agreement, because: str) -> None:
    """Ends work on an agreement that nobody will sign. Its texts and its history stay.

    Raises Refused while a version is frozen or out: recall it first, so that nobody signs it.
    """
    require_role(by, Role.MANAGER)
    side_of(agreement, by)
    with transaction.atomic():
        # The draft's row too: somebody may be freezing it at this moment.
        versions = list(agreement.versions.select_for_update())
        if any(version.is_under_way for version in versions):
            raise Refused("A version is under way. Recall it first, then stop.")
        move(agreement, "stop_preparing", lifecycle=AGREEMENT_LIFECYCLE, ended_how=because)
        write_access(agreement)
        happening = record(by=by, verb="stopped", agreement=agreement, because=because)
        tell_managers(of=happening, kind="preparing_stopped", by=by)
