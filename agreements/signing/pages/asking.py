"""Which of a party's signatures can be asked for now."""

from __future__ import annotations

from functools import cached_property

from agreements.models import Party, SignatureRequest, Version
from agreements.terms import Signatory


class Slots:
    """The signatures of one party under one version."""

    def __init__(self, version: Version, party: Party) -> None:
        self.signatories = version.typed_terms.signatories_of(party.slot)
        self._requests = version.signature_requests.filter(party=party)

    @cached_property
    def by_slot(self) -> dict[str, SignatureRequest]:
        asked = self._requests.select_related("person", "party", "version__agreement")
        return {request.slot: request for request in asked}

    @property
    def asked(self) -> dict[str, SignatureRequest]:
        """Those that somebody was asked for and has not given: another may be asked instead."""
        return {s: r for s, r in self.by_slot.items() if r.state in {"asked", "not_ready"}}

    @property
    def open_ones(self) -> list[Signatory]:
        return [s for s in self.signatories if s.key not in self.by_slot or s.key in self.asked]

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(s.key, f"{s.label}{self._now(s.key)}") for s in self.open_ones]

    def _now(self, slot: str) -> str:
        return f" ({self.asked[slot].person} is asked now)" if slot in self.asked else ""
