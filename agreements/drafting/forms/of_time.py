"""Pages of the terms about days: announcements, start and end, the review; and about reports."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from agreements.drafting.forms.part import Part, number
from agreements.drafting.forms.term_lines import numbers
from agreements.terms import Days, LeadTimes, Period, ReviewTerm
from nhsuk import forms
from nhsuk.dates import MONTHS

WAYS: Final = [
    ("none", "The agreement does not say"),
    ("after_months", "A number of months after the start"),
    ("on", "On a day"),
    ("in_month", "In a month"),
    ("within", "Within a period"),
]
# What each way needs: its boxes, with what is missing.
NEEDS: Final = {
    "after_months": {"review_after_months": "Enter the number of months"},
    "on": {"review_on": "Enter the day of the review"},
    "in_month": {"review_month": "Enter the month, for example December 2012"},
    "within": {"review_first": "Enter the first day", "review_last": "Enter the last day"},
}
_MONTH = re.compile(r"(?:(?P<number>\d{1,2})|(?P<name>[a-z]{3,}))[\s/.-]+(?P<year>\d{4})", re.ASCII)


class AnnouncementsPart(Part):
    """How early drafts of announcements are shared."""

    name = "Announcements"
    publication_hours = number("Drafts of publications: time before release", "hours", most=2_000)
    press_release_hours = number(
        "Drafts of press releases: time before release", "hours", most=2_000
    )

    def shown(self) -> dict[str, Any]:
        return dict(self.before.lead_times)

    def said(self) -> dict[str, Any]:
        return {"lead_times": LeadTimes(**self.cleaned_data)}


class PeriodPart(Part):
    """From when to when it runs."""

    name = "Start and end"
    starts_on = forms.DateField(
        label="With effect from",
        help_text="Leave it empty if the agreement starts with the last signature.",
        required=False,
    )
    minimum_months = number("Shortest time in force", "months", most=240)
    ends_on = forms.DateField(label="Day on which it ends", required=False)
    ends_when = forms.LineField(
        label="What ends it",
        help_text="After “when”. For example, the plan is delivered. With a day above, it ends "
        "with whichever is sooner.",
        required=False,
    )
    extension_by = forms.DateField(
        label="Day by which the parties agree whether to extend it", required=False
    )
    notice_months = number("Notice by which a party may end it", "months", least=1, most=60)

    def shown(self) -> dict[str, Any]:
        months = self.before.minimum_months or None
        return {**dict(self.before.period), "minimum_months": months}

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        start, end, extension = (said.get(n) for n in ("starts_on", "ends_on", "extension_by"))
        if start and end and end <= start:
            self.add_error("ends_on", "The end has to be after the start")
        if end and extension and extension > end:
            self.add_error("extension_by", "An extension is agreed before the agreement ends")
        return said

    def said(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        months = said.pop("minimum_months") or 0
        return {"minimum_months": months, "period": Period(**said)}


class ReviewPart(Part):
    """When the first review is."""

    name = "Review"
    when = forms.RadioField(label="When the first review is", choices=WAYS)
    review_after_months = number("Number of months after the start", "months", least=1, most=120)
    review_on = forms.DateField(label="Day of the review", required=False)
    review_month = forms.LineField(
        label="Month of the review", help_text="For example, December 2012", size=20, required=False
    )
    review_first = forms.DateField(label="First day of the period", required=False)
    review_last = forms.DateField(label="Last day of the period", required=False)
    reminder_days = forms.LineField(
        label="Reminders: days before the review is due",
        help_text="For example, 180, 120, 60, 30. In a month or a period it is due on the last "
        "day.",
        size=20, required=False,
    )  # fmt: skip

    def shown(self) -> dict[str, Any]:
        term = self.before.review
        if term is None:
            return {"when": "none"}
        way = next(way for way in NEEDS if getattr(term, way) is not None)
        within = dict(term.within) if term.within else {}
        return {
            "when": way,
            "review_after_months": term.after_months,
            "review_on": term.on,
            "review_month": f"{term.fixed_on:%B %Y}" if term.in_month else "",
            "review_first": within.get("first"),
            "review_last": within.get("last"),
            "reminder_days": ", ".join(map(str, term.offsets_days)),
        }

    def clean_reminder_days(self) -> str:
        typed: str = self.cleaned_data["reminder_days"]
        days = numbers(typed) if typed else []
        if days is None or not all(1 <= each <= 730 for each in days) or len(days) > 12:
            self.add_error(
                "reminder_days", "Enter up to 12 numbers of days from 1 to 730, with commas"
            )
        return typed

    def clean_review_month(self) -> str:
        """ "2012-12" of "December 2012"."""
        typed: str = self.cleaned_data["review_month"]
        if typed and not (month := month_in(typed)):
            self.add_error("review_month", "Enter the month like December 2012")
        return month if typed else ""

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        way = said.get("when", "none")
        for box, sentence in NEEDS.get(way, {}).items():
            if box not in self.errors and not said.get(box):
                self.add_error(box, sentence)
        if way == "none" and any(said.get(box) for box in (*BOXES, "reminder_days")):
            self.add_error("when", "Say when the review is, or empty the boxes below")
        first, last = said.get("review_first"), said.get("review_last")
        if way == "within" and first and last and last < first:
            self.add_error("review_last", "The last day has to be after the first")
        return said

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        days = tuple(numbers(said["reminder_days"]) or ())
        meant: dict[str, Any] = {
            "none": None,
            "after_months": said["review_after_months"],
            "on": said["review_on"],
            "in_month": said["review_month"],
            "within": said["when"] == "within"
            and Days(first=said["review_first"], last=said["review_last"]),
        }
        way = said["when"]
        if way == "none":
            return {"review": None}
        return {"review": ReviewTerm(offsets_days=days, **{way: meant[way]})}


BOXES: Final = tuple(box for needs in NEEDS.values() for box in needs)


def month_in(typed: str) -> str:
    """ "2012-12" of "December 2012", "dec 2012" and "12/2012"; empty for anything else."""
    found = _MONTH.fullmatch(typed.strip().lower())
    if not found:
        return ""
    names = [name.lower() for name in MONTHS]
    if found["name"]:
        number = next((n for n, m in enumerate(names, 1) if m.startswith(found["name"])), 0)
    else:
        number = int(found["number"])
    year = int(found["year"])
    return f"{date(year, number, 1):%Y-%m}" if 1 <= number <= 12 and 1990 <= year <= 2099 else ""


class ReportsPart(Part):
    """Whether what is reported may be used to manage performance (E18)."""

    name = "How reports are used"
    hint = "Leave the box empty if the agreement does not say."
    never_performance = forms.CheckboxField(
        label="What is reported is never used to manage performance",
        help_text="The portal then records no practice concern under it.",
        required=False,
    )

    def shown(self) -> dict[str, Any]:
        return {"never_performance": self.before.never_performance}

    def said(self) -> dict[str, Any]:
        return {"never_performance": self.cleaned_data["never_performance"]}
