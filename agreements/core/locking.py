"""The first locks of every service that changes a version (the order: docs/how-we-build.md)."""

from __future__ import annotations

from agreements.models import Version
from house.lifecycle import lock


def lock_version(version: Version) -> Version:
    """The version as it is now, locked behind its agreement, which it has at hand.

    Always in this order: what changes about a version changes dates, which stand beside the
    agreement.
    """
    agreement = lock(version.agreement)
    current = lock(version)
    current.agreement = agreement
    return current
