"""What a text in print changes of the one before it; of a correction both readings (0065)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from agreements.drafting.corrections import readings
from agreements.drafting.pages.compare import ClauseChange, VersionComparison
from agreements.models import Change, Version
from nhsuk.dates import day
from nhsuk.words import in_sentence


def text_before(version: Version) -> Version | None:
    """The text that was in force when this one was drafted; None of a first text."""
    if version.change_id is None:
        return None
    earlier = version.agreement.versions.filter(seq__lt=version.seq)
    found = earlier.filter(state__in=Version.COMPLETE).order_by("-seq").first()
    if found:
        found.agreement = version.agreement
    return found


class Changed:
    """What a variation or correction changes, as its document prints it."""

    def __init__(self, before: Version, version: Version) -> None:
        self.before, self.version = before, version
        self.comparison = VersionComparison(before, version)

    @property
    def lead(self) -> str:
        assert self.version.change  # noqa: S101 - a text is before it
        what, since = self.version.change.get_kind_display(), day(self.before.holds_from)
        return f"{what} of version {self.before.label}, in force since {since}."

    @property
    def summary(self) -> str:
        return self.comparison.summary

    @cached_property
    def readings(self) -> list[tuple[str, str, str]]:
        """Of a correction: clause, how it read, how it reads now; none of a variation."""
        change = self.version.change
        if change is None or change.kind != Change.Kind.CORRECTION:
            return []
        return [
            (each.name, was, now) for each in self.comparison.clauses for was, now in _both(each)
        ]

    @property
    def clauses(self) -> Iterator[str]:
        """Of a variation each clause and each term that changed."""
        for each in self.comparison.clauses:
            yield f"{each.name}: {', '.join(in_sentence(tag.text) for tag in each.tags)}"
        for heading, _ in self.comparison.terms:
            yield f"Terms, {in_sentence(heading)}: changed"


def _both(clause: ClauseChange) -> Iterator[tuple[str, str]]:
    before, after = clause.before, clause.after
    if before and after:
        yield from readings(before.text.heading, after.text.heading)
        yield from readings(before.text.body, after.text.body)
