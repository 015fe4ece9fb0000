"""What goes of the records of shared data with an MoU that is disposed of."""

from __future__ import annotations

from typing import Final

from agreements.models import DataSharing, DataSharingEntry, DataSharingWord
from house.goes import Goes

WHAT: Final = "Records of shared data: what, from and to whom outside, why, safeguards, words on it"
GOES: Final = (
    Goes(WHAT, DataSharing, ("ended_because",)),
    Goes(
        WHAT, DataSharingEntry,
        ("what", "sender_outside", "receiver_outside", "purpose", "conditions", "confidentiality",
         "dpia", "safeguards", "because"),
    ),
    Goes(WHAT, DataSharingWord, ("reason",)),
)  # fmt: skip
