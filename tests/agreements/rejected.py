"""A version that one of its parties rejected while signatures were asked for."""

from __future__ import annotations

from agreements.models import SignatureRequest
from tests.cast import Cast
from tests.stages import approve, asked

HELD = "Nobody can sign it for Eastmoor CCG"


def both_asked_and_theirs_rejected(cast: Cast) -> tuple[SignatureRequest, SignatureRequest]:
    ours, theirs = asked(cast)
    approve(cast.other_manager, theirs.version, "rejected")
    return ours, theirs
