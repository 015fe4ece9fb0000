"""Whether what the text says of its end and of notice is kept."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from agreements.changes.queries import Said, changes_in, said_again
from agreements.changes.rules import Kind
from agreements.core.asked_again import end_as_it_stands
from agreements.core.parties import versions_in_force
from agreements.core.reached import subpage_url
from agreements.core.state_in_words import period_of
from agreements.core.states import is_passed
from agreements.models import Agreement, Change, Version
from house import clock
from house.answers import Evidence, Keeping
from nhsuk.dates import day
from nhsuk.words import plural

NOTICE, END_OF_TERM = "notice", "end_of_term"


def keepings(agreements: Sequence[Agreement]) -> dict[int, dict[str, Keeping]]:
    """Agreement id -> the answers, for those that were ever in force (two queries)."""
    versions = versions_in_force(agreements)
    said = changes_in(version.agreement for version in versions)
    return {
        version.agreement_id: {
            NOTICE: _of_notice(version.agreement, said[version.agreement_id]),
            END_OF_TERM: _of_end(version, said[version.agreement_id]),
        }
        for version in versions
    }


def _of_notice(agreement: Agreement, said: Sequence[Said]) -> Keeping:
    """Shorter notice is what the text does not give; that it was contested is said besides."""
    given = [each for each in said if each.change.is_notice and _counts(each.change)]
    if not given:
        return Keeping("nothing_yet", "No notice was given.")
    evidence = tuple(_evidence(agreement, each.change) for each in given)
    words = plural(len(given), "notice was given", "notices were given")
    if short := sum(each.change.is_short for each in given):
        return Keeping("missed", f"{words}, {short} shorter than the text asks for.", evidence)
    if any(each.refusals for each in given):
        return Keeping("due", f"{words}; one is contested.", evidence)
    return Keeping("kept", f"{words}.", evidence)


def _of_end(version: Version, said: Sequence[Said]) -> Keeping:
    agreement, today = version.agreement, clock.today()
    made = tuple(
        _evidence(agreement, each.change)
        for each in said
        if each.change.kind in (Kind.EXTENSION, Kind.ENDING, Kind.EVENT, Kind.END)
        and each.change.state == Change.State.DONE
    )
    if agreement.is_over:
        page = Evidence("How it ended", subpage_url(agreement.reference, "changes"))
        return Keeping("kept", f"It ended on {day(agreement.last_day)}.", (page, *made))
    if is_passed(agreement.last_day, today):
        return Keeping("due", end_as_it_stands(agreement, said_again(said))[0], made)
    by = period_of(agreement, version.typed_terms).extension_by
    extended = any(each.change.kind == Kind.EXTENSION for each in said if _counts(each.change))
    if is_passed(by, today) and not extended and agreement.last_day:
        return Keeping("due", f"Whether to extend it was to be agreed by {day(by)}.", made)
    if agreement.last_day is None:
        return Keeping("nothing_yet", "It has no last day.")
    ends = f"It ends on {day(agreement.last_day)}."
    return Keeping("kept", f"Extended. {ends}", made) if made else Keeping("nothing_yet", ends)


def _counts(change: Change) -> bool:
    return change.state in (Change.State.RUNNING, Change.State.AGREED, Change.State.DONE)


def _evidence(agreement: Agreement, change: Change) -> Evidence:
    page = reverse("agreements:change", args=[agreement.reference, change.pk])
    return Evidence(f"{change.get_kind_display()}, {day(change.opened_at)}", page)
