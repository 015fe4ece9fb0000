"""A national list of successions: what it means is shown before anything happens."""

from __future__ import annotations

from dataclasses import astuple
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import CharField, HiddenInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agreements.succession.judging import Judged, Line, judge
from agreements.succession.services.national import carry_out, read_successions
from house.refusals import Refused
from nhsuk import forms
from nhsuk.words import plural
from parties.acting import acting_of
from parties.forms.uploads import UploadForm
from parties.services.lists import Taken
from web.carrying_out import carried_out, posted, show_refusal
from web.kept_lists import kept, kept_in

MOST_SHOWN = 200


class TakeForm(forms.Form):
    list = CharField(widget=HiddenInput)


def upload(request: HttpRequest) -> HttpResponse:
    """The file, what its rows mean, then all of them at one press."""
    if "list" in request.POST:
        return _take(request)
    form = posted(request, UploadForm)
    if request.method == "POST" and form.is_valid():
        try:
            lines = read_successions(form.cleaned_data["file"])
            held = kept([astuple(line) for line in lines], _salt(request))
            return _understood(request, TakeForm(initial={"list": held}), judge(lines))
        except Refused as refusal:
            show_refusal(form, refusal)
    context = {"form": form, "cancel": reverse("successions:list"), "way": _way()}
    return render(request, "successions/upload.jinja", context, status=form.http_status)


def _take(request: HttpRequest) -> HttpResponse:
    data = kept_in(request, _salt(request))
    if data is None:
        return redirect(request.path)
    lines = [Line(*each) for each in data]
    form, taken = TakeForm(request.POST), list[Taken]()
    act = partial(carry_out, by=acting_of(request), lines=lines)
    if carried_out(request, form, lambda **_: taken.append(act())):
        messages.success(request, _done(taken[0]))
        return redirect("successions:list")
    return _understood(request, form, judge(lines))


def _understood(request: HttpRequest, form: TakeForm, judged: list[Judged]) -> HttpResponse:
    wrong = [each for each in judged if each.problem]
    rows = [*wrong, *(each for each in judged if not each.problem)]
    context: dict[str, Any] = {
        "form": form,
        "wrong": len(wrong),
        "new": sum(not each.problem and not each.is_known for each in judged),
        "rows": rows[:MOST_SHOWN],
        "count": len(judged),
        "more": max(0, len(rows) - MOST_SHOWN),
        "cancel": request.path,
        "way": _way(),
    }
    return render(request, "successions/understood.jinja", context, status=form.http_status)


def _way() -> list[tuple[str, str]]:
    return [("Home", reverse("home")), ("Successors", reverse("successions:list"))]


def _salt(request: HttpRequest) -> str:
    return f"agreements.successions:{acting_of(request).who.pk}"


def _done(taken: Taken) -> str:
    planned = plural(taken.new, "succession is", "successions are")
    known = plural(taken.known, "row was", "rows were")
    return (
        f"{planned} planned. Those whose day has come have begun; the others begin on their day."
        + (f"\n{known} on record already." if taken.known else "")
    )
