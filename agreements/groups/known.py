"""Organisations as a list names them: by code or by name, read together for all of its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q
from django.db.models.functions import Lower

from agreements.terms import Slot
from house.refusals import Refused
from nhsuk.words import noun
from parties.models import Organisation, OrganisationName

Kind = Organisation.Kind


class Known:
    """The organisations that some words name (three queries, for any number of words)."""

    def __init__(self, words: Collection[str]) -> None:
        codes = {_as_code(word) for word in words}
        names = OrganisationName.objects.annotate(low=Lower("name"))
        called = names.filter(low__in={word.casefold() for word in words})
        which = Q(ods_code__in=codes) | Q(pk__in=called.values("organisation"))
        rows = list(Organisation.objects.filter(which).named())
        self._by_code = {each.ods_code: each for each in rows if each.ods_code}
        self._by_name: dict[str, list[Organisation]] = defaultdict(list)
        self._names: dict[int, set[str]] = {}
        for each in rows:
            self._names[each.pk] = {name.name.casefold() for name in each.names.all()}
            for name in self._names[each.pk]:
                self._by_name[name].append(each)

    def by_code(self, code: str) -> Organisation:
        if found := self._by_code.get(_as_code(code)):
            return found
        raise Refused(f"no organisation with the code “{code}” is known here. {NOT_KNOWN}")

    def one(self, said: str) -> Organisation:
        """By name or code. Raises Refused for none, and for more than one."""
        if found := self._by_code.get(_as_code(said)):
            return found
        called = self._by_name.get(said.casefold(), [])
        if len(called) > 1:
            raise Refused(f"several organisations are called “{said}”. Add the ODS code.")
        if not called:
            raise Refused(f"no organisation called “{said}” is known here. {NOT_KNOWN}")
        return called[0]

    def is_called(self, organisation: Organisation, said: str) -> bool:
        """Whether it is or was called so."""
        return said.casefold() in self._names[organisation.pk]


NOT_KNOWN = "Correct it, or ask a system administrator to bring it in."


def why_not(organisation: Organisation, slot: Slot) -> str:
    """Why this organisation cannot take the side; empty where it can."""
    if organisation.is_closed:
        return f"{organisation.name} is closed."
    if not organisation.is_legal_body:
        return f"{organisation.name} is no legal body, so it cannot agree to anything."
    if slot.organisation_kinds and organisation.kind not in slot.organisation_kinds:
        head, of, rest = str(Kind(organisation.kind).label).partition(" of ")
        kind = f"{noun(head)}{of}{rest}"
        return f"{organisation.name} is {kind}, which cannot be {slot.label} in this template."
    return ""


def _as_code(text: str) -> str:
    return text.replace(" ", "").upper()
