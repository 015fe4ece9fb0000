"""The first locks of every service that changes a version (the order: docs/how-we-build.md)."""

from __future__ import annotations

from agreements.models import Agreement, Version
from house.lifecycle import lock
from house.refusals import Refused
from house.rooms import rooms


def lock_version(version: Version) -> Version:
    """The version as it is now, locked behind its agreement, which it has at hand.

    Always in this order: what changes about a version changes dates, which stand beside the
    agreement.
    """
    agreement = lock(version.agreement)
    if version.change_id:
        for room in rooms():
            room.lock_of_terms(agreement)
    current = lock(version)
    current.agreement = agreement
    return current


def check_not_fixed(agreement: Agreement) -> None:
    """Raises Refused for a text that went to many organisations and is the same for all."""
    if agreement.has_fixed_text:
        raise Refused(
            "This text was sent to several organisations and is the same for all of them, so "
            "nobody changes it. Ask a question, or decline and say why."
        )
