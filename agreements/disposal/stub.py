"""What is left of an MoU that was disposed of, and how every page and command says so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from agreements.core.sides import names_ever
from agreements.disposal.queries import disposal_of
from agreements.models import Agreement, Disposal, Signature, Version
from nhsuk.dates import day
from nhsuk.words import and_list


def said_of(disposal: Disposal) -> str:
    """ "Disposed of on 9 April 2022 by Northern Moors Area Team and Eastmoor CCG."."""
    return f"Disposed of on {day(disposal.began_at)} by {and_list(_deciders(disposal))}."


def _deciders(disposal: Disposal) -> Iterator[str]:
    yield disposal.change.opened_for.name
    for answer in disposal.change.answers.all():
        if answer.agrees:
            yield answer.organisation.name


class Stub:
    """Read once, on its page (some eight queries)."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self.disposal = disposal_of(agreement)
        self.change = self.disposal.change

    @property
    def said(self) -> str:
        return said_of(self.disposal)

    @property
    def because(self) -> str:
        return self.change.because

    @property
    def went(self) -> list[tuple[str, int]]:
        return [(what, number) for what, number in self.disposal.went]

    @property
    def decided(self) -> Iterator[str]:
        opened = self.change
        yield (
            f"{opened.opened_by.get_full_name()} proposed it for {self._name(opened.opened_for_id)}"
            f" on {day(opened.opened_at)}."
        )
        for answer in opened.answers.select_related("user__person").order_by("at", "pk"):
            did = "accepted it" if answer.agrees else "did not accept it"
            name = self._name(answer.organisation_id)
            yield f"{answer.said_by} {did} for {name} on {day(answer.at)}."

    def _name(self, organisation_id: int) -> str:
        return self._names.get(organisation_id, "a former party")

    @cached_property
    def _names(self) -> dict[int, str]:
        return names_ever(self.agreement)

    @property
    def parties(self) -> list[str]:
        """As the last text that all signed called them; as they are called today without one."""
        version = self.agreement.in_force_version
        named = version.party_names if version else []
        return [each["name"] for each in named] or [party.name for party in self.agreement.sides]

    @property
    def days(self) -> Iterator[tuple[str, str]]:
        agreement = self.agreement
        if agreement.start_on:
            yield "Signed off", day(agreement.start_on)
        if agreement.effective_on:
            yield "With effect from", day(agreement.effective_on)
        yield "Ended", day(agreement.last_day)

    @cached_property
    def versions(self) -> list[Version]:
        """Those that had a number, with their check codes and the hashes of signed files."""
        rows = self.agreement.versions.exclude(sha256="").select_related("seal__file")
        return list(rows.order_by("seq"))

    def hash_of_copy(self, version: Version) -> str:
        """Of the sealed file, or of the one that was registered; empty where there was none."""
        sealed = getattr(version, "seal", None) or getattr(self.agreement, "registered_copy", None)
        return sealed.file.sha256 if sealed and sealed.file else ""

    @cached_property
    def signatures(self) -> list[str]:
        rows = Signature.objects.standing().filter(
            request__version__agreement=self.agreement, request__version__state__in=Version.COMPLETE
        )
        read = rows.select_related("request__person", "request__party", "request__version")
        return [
            f"{each.signed_as} signed version {each.request.version.label} on {day(each.signed_on)}"
            for each in read.order_by("request__version__seq", "request__party__position", "pk")
        ]
