"""The logs of one agreement on its page, what comes from other agreements, and what stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.urls import reverse

from agreements.core.associated import listed
from agreements.core.parties import version_of_terms
from agreements.core.texts import clauses_of
from agreements.models import Agreement
from commitments.logs import words
from commitments.logs.queries import of_agreement, passed_on_to
from commitments.logs.step_forms import LogFilter
from commitments.logs.words import BINDINGS, RECORD, form_of
from commitments.models import LogEntry
from commitments.rules import may_record
from house import clock
from house.answers import MOST_OPEN, OpenThing, OpenThings, Section
from nhsuk.components import Button, Link
from nhsuk.dates import day
from parties.acting import Acting

Kind = LogEntry.Kind


class LogList:
    """What was noted under one agreement, for one reader."""

    def __init__(self, agreement: Agreement, acting: Acting) -> None:
        self.agreement, self.acting = agreement, acting

    def form(self, asked: Any) -> LogFilter:
        documents = [(str(each.document.pk), each.title) for each in listed(self.agreement)]
        return LogFilter(asked or None, documents)

    def matching(self, wanted: Mapping[str, Any]) -> Any:
        return of_agreement(self.agreement, self.acting, wanted)

    @cached_property
    def passed_on(self) -> Any:
        """Shares of entries of other agreements."""
        return passed_on_to(self.agreement, self.acting)

    @property
    def kinds_asked(self) -> list[str]:
        """The kinds of which the text asks for a log, in the order of the text."""
        clauses = clauses_of(version_of_terms(self.agreement))
        bound = (key for clause in clauses for key in clause.bindings if key in BINDINGS)
        return list(dict.fromkeys(BINDINGS[key] for key in bound))

    @cached_property
    def records(self) -> list[Button]:
        """What can be recorded: what the text asks for first."""
        if not self.agreement.takes_acts or not may_record(self.acting, self.agreement):
            return []
        kinds = dict.fromkeys([*self.kinds_asked, *Kind.values])
        return [Button(RECORD[each], form_of(self.agreement, each)) for each in kinds]

    def tables(self, wanted: Mapping[str, Any]) -> list[Link]:
        """The workbook of each log, of one document where the list is narrowed to one."""
        document = wanted.get("document")
        narrowed = f"?document={document}" if document else ""
        kinds = [wanted["kind"]] if wanted.get("kind") else Kind.values
        return [
            Link(
                f"{Kind(kind).label} as a table (.xlsx)",
                reverse("commitments:log_table", args=[self.agreement.reference, kind]) + narrowed,
            )
            for kind in kinds
        ]


def sections_of(agreement: Agreement, acting: Acting) -> list[Section]:
    """The log, and what was passed on to it."""
    found = LogList(agreement, acting)
    context = {"list": found, "words": words, "is_late": is_late}
    records = found.records
    own = Section(
        "logs", "Logs", 1, "logs/section.jinja", context | {"more": records[1:]},
        records[0] if records else None,
    )  # fmt: skip
    others = Section("passed-on", "Passed on from other MoUs", 2, "logs/passed_on.jinja", context)
    return [own, others] if found.passed_on else [own]


def is_late(entry: LogEntry) -> bool:
    """Whether a risk should have been looked at again by now."""
    on = entry.review_on
    return entry.is_open and on is not None and on < clock.today()


def opened(agreement: Agreement, risks: Sequence[LogEntry]) -> list[OpenThings]:
    """The open risks of a day, as a page or a paper names them; nothing where there was none."""
    if not risks:
        return []
    named = tuple(
        OpenThing(str(each.number), each.what, _who(each), each.review_on, words.page_of(each))
        for each in risks[:MOST_OPEN]
    )
    url = words.list_of(agreement, kind=Kind.RISK)
    return [OpenThings("risk", "risks", named, len(risks), url)]


def _who(risk: LogEntry) -> str:
    return f"{risk.recorded_for}, found on {day(risk.happened_on)}"
