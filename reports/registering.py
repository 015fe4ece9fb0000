"""What an assurance report says of the MoUs that an organisation holds now (X15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from typing import Final

from agreements.core.texts import clauses_of, read_clauses
from agreements.models import Access, Agreement, Happening, read_parties, spells_today
from agreements.page.kept import Kept, merged
from house import clock
from house.answers import Keeping
from house.asked_together import ask_together
from house.clock import london_day, london_instant
from house.once import read_together
from house.rooms import rooms
from nhsuk.dates import day
from nhsuk.words import with_whom
from parties.acting import Acting
from reports.models import Register
from reports.register import MARKS, RegisterContent, Row
from reports.sources import counts, in_parts

# What a committee wants to know of since it last looked: verb -> in short.
NEWS: Final = {
    "in_force": "Came into force",
    "registered": "Registered",
    "varied": "A new text is in force",
    "review_recorded": "A review was recorded",
    "succeeded": "Another organisation took the place of a party",
    "party_left": "A party left",
    "end_passed": "Its last day passed",
    "ended": "Ended",
    "stopped": "Preparing it was stopped",
}
State = Agreement.State
# What each room says of how agreements are kept.
Answers = Sequence[Mapping[int, Mapping[str, Keeping]]]


def newest_issued(organisation_id: int) -> RegisterContent | None:
    """What the organisation's newest assurance report says (one query)."""
    rows = Register.objects.filter(assurance__organisation=organisation_id)
    newest = rows.order_by("-issued_at", "-pk").first()
    return RegisterContent.model_validate(newest.content) if newest else None


def content_for(by: Acting, since: date | None) -> RegisterContent:
    """The register as it is now: a fixed number of queries for each two hundred agreements."""
    organisation, today = by.on_behalf_of, clock.today()
    before = newest_issued(organisation.pk)
    known = {row.reference: row for row in before.rows} if before else {}
    held, ended = _held(organisation.pk, since)
    rows = [row for some in in_parts(held) for row in _rows(some, by, since, today)]
    gone = [row for some in in_parts(ended) for row in _rows(some, by, since, today)]
    compared = before.on if before else None
    return RegisterContent(
        organisation=organisation.name, on=today, since=since, compared_with=compared,
        rows=tuple(_with_turns(row, known) for row in rows), gone=tuple(gone),
    )  # fmt: skip


def _held(organisation_id: int, since: date | None) -> tuple[list[Agreement], list[Agreement]]:
    """What the organisation is a party to today and has not ended; and what ended since."""
    spells = spells_today(organisation_id).values("party__agreement")
    held = Agreement.objects.filter(pk__in=spells).select_related("in_force_version")
    begin = london_instant(since, time(0)) if since else clock.now()
    over = Happening.objects.filter(verb__in=["ended", "stopped"], at__gte=begin)
    ended = held.filter(state=State.ENDED, pk__in=over.values("agreement"))
    alive = held.exclude(state__in=[State.ENDED, State.DISPOSED])
    return list(alive.order_by("reference")), list(ended.order_by("reference"))


def _rows(
    agreements: Sequence[Agreement], by: Acting, since: date | None, today: date
) -> Iterator[Row]:
    with read_together():
        read_parties(agreements)
        missed, vacant = _missed(agreements, by), _vacant(agreements, by)
        news = _news(agreements, since)
        for each in agreements:
            others = [p.name for p in each.sides if p.organisation.pk != by.organisation_id]
            yield Row(
                reference=each.reference, title=each.title, with_whom=with_whom(others),
                state=each.get_state_display(), starts_on=each.runs_from, review_on=each.review_on,
                ends_on=each.last_day, marks=tuple(_marks(each, today)),
                missed=missed.get(each.pk, ()),
                vacant=vacant.get(each.pk, 0) if each.has_duties else 0,
                news=news.get(each.pk, ()),
                is_never_performance=bool(each.in_force_version) and not counts(each),
            )  # fmt: skip


def _marks(agreement: Agreement, today: date) -> Iterator[str]:
    if agreement.state == State.BEING_PREPARED:
        yield "unsigned"
    if agreement.has_duties and agreement.review_on and agreement.review_on < today:
        yield "past_review"
    if agreement.has_duties and agreement.last_day and agreement.last_day < today:
        yield "past_end"


def _missed(agreements: Sequence[Agreement], by: Acting) -> dict[int, tuple[str, ...]]:
    """Agreement id -> what is missed by its page “How it is kept”, each once."""
    asked = [each for each in agreements if each.has_duties and counts(each)]
    read_clauses(each.in_force_version_id for each in asked)
    answers = ask_together([room.asking_keepings(asked, by) for room in rooms()]) if asked else []
    return {each.pk: _missed_of(each, answers) for each in asked}


def _missed_of(agreement: Agreement, answers: Answers) -> tuple[str, ...]:
    version = agreement.in_force_version
    assert version  # noqa: S101 - only such agreements are asked about
    version.agreement = agreement
    known = merged([answer.get(agreement.pk, {}) for answer in answers])
    kept = Kept(clauses_of(version), known, agreement.sides)
    return tuple(line.name for line in kept.lines if line.state == "missed")


def _vacant(agreements: Sequence[Agreement], by: Acting) -> dict[int, int]:
    rows = Access.objects.filter(agreement__in=agreements, organisation=by.organisation_id)
    return dict(rows.values_list("agreement", "vacant_roles"))


def _news(agreements: Sequence[Agreement], since: date | None) -> dict[int, tuple[str, ...]]:
    """Agreement id -> what happened from the day on, in order (one query)."""
    if since is None:
        return {}
    found: dict[int, list[str]] = defaultdict(list)
    rows = Happening.objects.filter(
        agreement__in=agreements, verb__in=NEWS, at__gte=london_instant(since, time(0))
    )
    for pk, verb, at in rows.order_by("at", "pk").values_list("agreement", "verb", "at"):
        found[pk].append(f"{NEWS[verb]} on {day(london_day(at))}")
    return {pk: tuple(of_one) for pk, of_one in found.items()}


def _with_turns(row: Row, known: Mapping[str, Row]) -> Row:
    """What is wrong by now and was not in the report before, and the other way round."""
    if not known:
        return row
    before = known.get(row.reference)
    if before is None:
        return row.model_copy(update={"news": ("New in this register", *row.news)})
    turned = [f"Now {MARKS[m][0].lower()}" for m in row.marks if m not in before.marks]
    turned += [f"No longer {MARKS[m][0].lower()}" for m in before.marks if m not in row.marks]
    return row.model_copy(update={"news": (*row.news, *turned)})
