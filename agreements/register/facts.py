"""What a registration says of a signed MoU, and what is asked about it before it is believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from agreements.models import CopyChange, RegisteredCopy
from agreements.reviews.queries import first_date_of_review
from agreements.terms import Period
from house import clock
from house.clock import months_after
from house.refusals import Refused
from nhsuk.dates import day

# A date of review further from the sign-off, or an effect, is more often a slip than meant.
FAR, LATE_EFFECT = 120, 12
LABELS = {
    "title": "Title",
    "signed_on": "Date of sign-off",
    "effective_on": "With effect from",
    "review_on": "Date of review",
    "end_on": "Date on which it ends",
    "ends_when": "What ends it besides",
    "approval_sought_on": "Date on which approval was sought",
    "who_signed": "Who signed it",
    "who_approved": "Who approved it",
    "other_days": "Other days that it names",
}
# What is said in words; the rest are days.
WORDS = ("title", "ends_when", "who_signed", "who_approved", "other_days")
# What the row of the copy keeps; the rest the agreement itself has.
OF_COPY = (
    "effective_on", "approval_sought_on", "ends_when", "who_signed", "who_approved", "other_days",
)  # fmt: skip
FUTURE = "The date of sign-off cannot be in the future. Enter the day of the last signature."


@dataclass(frozen=True)
class Facts:
    """The title, the days and who stands on the paper; None for a day that the MoU does not name.

    Who signed and who approved it, and the other days that it names, stand one on each line.
    """

    title: str
    signed_on: date
    review_on: date | None = None
    effective_on: date | None = None
    end_on: date | None = None
    approval_sought_on: date | None = None
    ends_when: str = ""
    who_signed: str = ""
    who_approved: str = ""
    other_days: str = ""

    @property
    def end(self) -> Period:
        """What ends it, as terms say it."""
        return Period(ends_on=self.end_on, ends_when=self.ends_when)

    @property
    def of_copy(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in OF_COPY}

    @property
    def stored(self) -> dict[str, Any]:
        """As JSON: days as 2013-09-03."""
        found = asdict(self).items()
        return {key: each.isoformat() if isinstance(each, date) else each for key, each in found}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Facts:
        """From what was stored; what it does not say is not known."""
        words = {name: str(stored.get(name) or "") for name in WORDS}
        days = {each.name: stored.get(each.name) for each in fields(cls) if each.name not in WORDS}
        return cls(**words, **{k: date.fromisoformat(v) if v else None for k, v in days.items()})  # type: ignore[arg-type]


def facts_of(copy: RegisteredCopy) -> Facts:
    """What is registered now."""
    agreement = copy.agreement
    signed_on, review_on = agreement.start_on, first_date_of_review(agreement)
    assert signed_on  # noqa: S101 - it was registered with it
    of_copy = {name: getattr(copy, name) for name in OF_COPY}
    return Facts(agreement.title, signed_on, review_on, end_on=agreement.end_on, **of_copy)


def difference(before: Facts, after: Facts) -> list[tuple[str, str, str]]:
    """What differs: its label, what it said, and what it says instead."""
    one, other = before.stored, after.stored
    return [
        (label, _said(one[key]), _said(other[key]))
        for key, label in LABELS.items()
        if one[key] != other[key]
    ]


def rows_of(change: CopyChange) -> list[tuple[str, str, str]]:
    """What a correction puts right; nothing for a withdrawal."""
    if not change.after:
        return []
    return difference(Facts.read(change.before), Facts.read(change.after))


def in_words(change: CopyChange) -> str:
    """A change with its reason and its answer, as sentences."""
    kind, on = change.get_kind_display(), day(change.made_at)
    what = "; ".join(f"{label}: {new}, not {old}" for label, old, new in rows_of(change))
    said = f"{kind} by {change.made_by} for {change.made_for}, {on}. "
    said += f"{what}. {change.because}" if what else change.because
    if change.state == CopyChange.State.ASKED:
        return f"{said} It waits for another party to confirm it."
    if change.answered_for is None:
        return said
    verdict = "confirmed it" if change.state == CopyChange.State.MADE else "said it is not right"
    because = f": {change.answer}" if change.answer else "."
    who = change.answered_link or change.answered_by
    return f"{said} {who} {verdict} for {change.answered_for}{because}"


def _said(value: str | None) -> str:
    """A stored fact as people read it."""
    if not value:
        return "None"
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return "; ".join(value.splitlines())


def doubts(facts: Facts) -> dict[str, str]:
    """Field -> a question about a day that can hardly be meant."""
    return dict(_doubts(facts))


def _doubts(facts: Facts) -> Iterator[tuple[str, str]]:
    signed, review, end, effect = (
        facts.signed_on, facts.review_on, facts.end_on, facts.effective_on,
    )  # fmt: skip
    sign_off = f"the date of sign-off, {day(signed)}"
    if review and review < signed:
        yield "review_on", f"The date of review, {day(review)}, is before {sign_off}."
    elif review and review > months_after(signed, FAR):
        yield "review_on", f"The date of review, {day(review)}, is over ten years after {sign_off}."
    if end and end < signed:
        yield "end_on", f"It ends on {day(end)}, before {sign_off}."
    elif end and effect and end < effect:
        yield "end_on", f"It ends on {day(end)}, before it takes effect on {day(effect)}."
    if effect and effect > months_after(signed, LATE_EFFECT):
        yield "effective_on", f"It takes effect on {day(effect)}, over a year after {sign_off}."


def check_dates(facts: Facts, *, are_right: bool) -> None:
    """Raises Refused for a sign-off to come, and for what somebody has not said is right."""
    if facts.signed_on > clock.today():
        raise Refused(FUTURE, field="signed_on")
    for field, said in doubts(facts).items() if not are_right else ():
        raise Refused(f"{said} {ASK}", field=field)


ASK = "Put it right, or tick that the dates are right."
