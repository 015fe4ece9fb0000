"""The page of a group that is being prepared: what will be made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from agreements.groups.forms.preparing import blanks_of
from agreements.groups.pages.frame import GroupFrame
from agreements.models import IssueLine
from nhsuk.words import plural


class PreparingPage(GroupFrame):
    """What will be made: nothing is made or sent before *Make and send*."""

    @cached_property
    def by_commissioner(self) -> list[tuple[str, int]]:
        return sorted(Counter(line.commissioner for line in self.lines).items())

    @property
    def sentence(self) -> str:
        """ "3 agreements will be made: 2 with Eastmoor CCG, 1 with Westmoor CCG"."""
        if not self.lines:
            return "Nobody is on the list yet."
        each = ", ".join(f"{count} with {name}" for name, count in self.by_commissioner)
        return f"{plural(len(self.lines), 'agreement')} will be made: {each}."

    @property
    def others(self) -> list[str]:
        """The other commissioners, which are asked first."""
        mine = self.acting.organisation_id
        return [each.organisation.name for each in self.shares if each.organisation_id != mine]

    @property
    def notes(self) -> Iterator[str]:
        """What is worth knowing before it goes."""
        for blank in blanks_of(self.issue):
            lacking = [line for line in self.lines if not self._says(line, blank.key)]
            if lacking and self.lines:
                whose = "all" if len(lacking) == len(self.lines) else str(len(lacking))
                yield f"“{blank.label}” is not filled in for {whose} of them: they fill it in."
        without = [line for line in self.lines if not line.contact_email]
        if without:
            yield (
                f"{plural(len(without), 'organisation')} without an address: only who has an "
                "account there is told by e-mail."
            )

    def _says(self, line: IssueLine, key: str) -> bool:
        return bool(line.blanks.get(key) or self.issue.blanks.get(key))

    @property
    def may_send(self) -> bool:
        return self.is_sender and self.is_manager and bool(self.lines)

    @property
    def has_blanks(self) -> bool:
        return bool(blanks_of(self.issue))
