"""A page with every kind of field and every component, for the browser to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from house.answers import NavigationEntry
from house.room import Room
from mou_portal import urls
from nhsuk import components as c
from nhsuk import forms

TEMPLATE = Path(__file__).with_name("sample.jinja")


PRACTICES = [(str(number), f"Dale Surgery {number}") for number in range(100)]


class SampleForm(forms.Form):
    title = forms.LineField(label="Title", help_text="As both parties call it.")
    email = forms.EmailField(label="E-mail address", required=False)
    password = forms.PasswordField(label="Password")
    lead = forms.WholeNumberField(label="Lead time", suffix="working days", min_value=1)
    body = forms.TextField(label="Text of the clause", required=False)
    kind = forms.RadioField(
        label="How decisions are made",
        choices=[("joint", "Level 2 (joint)"), ("delegated", "Level 3 (delegated)")],
        widget=forms.Radios(hints={"joint": "Both parties decide together."}),
    )
    route = forms.SelectField(
        label="Approval route", choices=[("", "Choose a route"), ("body", "Governing Body")]
    )
    parties = forms.ChecklistField(
        label="Parties", choices=[("1", "NHS Northmoor CCG"), ("2", "NHS Eastvale CCG")]
    )
    signed_on = forms.DateField(label="Date of sign-off", help_text="For example, 3 9 2013")
    copy = forms.UploadField(label="Signed copy", accept=".pdf", help_text="A PDF, up to 20 MB.")
    agree = forms.CheckboxField(label="I am authorised to sign for NHS Northmoor CCG and I agree")
    practice = forms.PickField(label="Practice", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["practice"].offer(PRACTICES)  # type: ignore[attr-defined]


class SampleFilter(forms.FilterForm):
    q = forms.LineField(label="Words in the title")
    state = forms.SelectField(label="State", choices=[("", "Any"), ("draft", "Draft")])
    sort = forms.SelectField(label="Sort by", choices=[("next", "Next date"), ("title", "Title")])


@dataclass(frozen=True)
class Person:
    name: str
    is_authenticated: bool = True

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class SampleOrganisation:
    pk: int = 7

    def __str__(self) -> str:
        return "NHS Northmoor CCG"


@dataclass(frozen=True)
class SampleActing:
    organisation: SampleOrganisation = SampleOrganisation()
    choices: tuple[str, ...] = ("NHS Northmoor CCG", "NHS Eastvale CCG")


RECORDS: dict[str, Any] = {
    "crumbs": [("Home", "/"), ("Agreements", "/agreements/")],
    "tags": [c.Tag(colour.capitalize(), colour) for colour in get_args(c.Colour)],
    "steps": [
        c.RailStep("Approval", "past", people=(c.OnStep("NHS Northmoor CCG", "Governing Body"),)),
        c.RailStep("Signatures", "here", c.Tag("Now", "blue"), "Since 3 September 2013."),
        c.RailStep("In force"),
    ],
    "columns": [
        c.Column("Agreement", sort_href="?sort=title", sorted="ascending"),
        c.Column("State"),
        c.Column("Next date", sort_href="?sort=next"),
        c.Column("Clauses", numeric=True),
    ],
    "rows": [
        (
            "Commissioning of primary care",
            "#a",
            "With NHS Eastvale CCG",
            c.Tag("In force", "green"),
        ),
        ("Shared formulary", "#b", "With 8 practices", c.Tag("Waiting for signature", "yellow")),
    ],
    "change": c.Link("Change", "#d", "date of review"),
    "tasks": [
        c.Task("Parties and who acts for them", "Completed", "#1"),
        c.Task("Contacts and dates", c.Tag("In progress", "blue"), "#2", "Two roles are vacant."),
        c.Task("Check", "Cannot start yet"),
    ],
    "entries": [
        c.TimelineEntry(datetime(2013, 9, 3, 8, tzinfo=UTC), "Signed by both parties", "Ann Lee"),
        c.TimelineEntry(
            date(2013, 8, 1),
            "Approved",
            "Governing Body",
            "Minute 12.",
            c.Link("Read it", "#m"),
        ),
        c.TimelineEntry(date(2013, 7, 1), "Meeting held", "Ben Okoro"),
    ],
    "index": [
        c.IndexEntry("How it is kept", "kept", "2 missed"),
        c.IndexEntry("Dates", "dates"),
    ],
    "words": [
        c.Words("same", "The parties meet "),
        c.Words("deleted", "twice"),
        c.Words("inserted", "four times"),
        c.Words("same", " a year."),
    ],
    "actions": [
        c.Button("Approve version 0.3", "#go"),
        c.Button("Withdraw", post_to="/", kind="secondary"),
    ],
}


class SampleRoom(Room):
    name = "sample"

    def navigation(self, acting: Any) -> list[NavigationEntry]:
        return [NavigationEntry("Accessibility", "accessibility", 5)]


def sample(request: HttpRequest) -> HttpResponse:
    request.user = Person("Ann Lee")  # type: ignore[assignment]
    request.acting = SampleActing()  # type: ignore[attr-defined]
    form = SampleForm(request.POST or None, request.FILES or None)
    if "done" in request.GET:
        messages.success(request, "Version 0.3 was sent for approval.\nWe told Ben Okoro.")
    page = Paginator(range(200), 10).page(4)
    context = {"form": form, "filters": SampleFilter(prefix="filter"), "c": RECORDS, "pages": page}
    template = engines.all()[0].from_string(TEMPLATE.read_text())
    return HttpResponse(template.render(context, request))


urlpatterns = [path("sample/", sample, name="sample"), *urls.urlpatterns]
