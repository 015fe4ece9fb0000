"""From a form or a button to the service that it asks for, and what a refusal shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from house.refusals import ChangedMeanwhile, NotYours, Refused
from nhsuk import forms
from nhsuk.forms import Form
from web.sent_forms import once

T = TypeVar("T")
F = TypeVar("F", bound=Form)


def carried_out(request: HttpRequest, form: Form, act: Callable[..., object]) -> bool:
    """Whether the form was sent, is right, and the service did it. A refusal goes to the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        once(request, lambda: act(**form.cleaned_data))
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True


def show_refusal(form: Form, refusal: Refused) -> None:
    """At its field. What a role does not allow is no matter of the form: the page answers 403."""
    if isinstance(refusal, NotYours):
        raise refusal
    form.add_refusal(refusal)
    if isinstance(refusal, ChangedMeanwhile):
        over(form, refusal.edit_no)


def over(form: F, edit_no: int) -> F:
    """The form with what was typed, now over what somebody else saved under this number."""
    data = form.data.copy()  # type: ignore[attr-defined]
    data["edit_no"] = str(edit_no)
    form.data = data
    return form


def save_form(
    request: HttpRequest,
    form: Form,
    act: Callable[..., Any],
    *,
    done: Callable[[Any], str],
    to: str,
    leads_to: Callable[[Any], str] | None = None,
    template: str = "form.jinja",
    **context: Any,
) -> HttpResponse:
    """Shows the form; when it is filled in rightly, acts, says what was done and leads on.

    It leads to `to`, or to what `leads_to` makes of the service's answer; "Cancel" leads to `to`.
    What every form about a thing shares (`to`, `caption`, `way`) a room gives as a `web.way.About`.
    """
    results: list[Any] = []
    if carried_out(request, form, lambda **said: results.append(act(**said))):
        messages.success(request, done(results[0]))
        return redirect(leads_to(results[0]) if leads_to else to)
    shown = {"form": form, "cancel": to, **context}
    return render(request, template, shown, status=form.http_status)


def posted(request: HttpRequest, form: type[BaseForm], **options: Any) -> Any:
    """The form with what was sent, or empty. A list with nothing ticked is sent too."""
    if request.method == "POST":
        return form(request.POST, request.FILES, **options)
    return form(**options)


def tried(request: HttpRequest, act: Callable[[], T]) -> T | None:
    """For a button without a form: what the act gives; None, and a banner why, for a refusal."""
    try:
        return once(request, act)
    except NotYours:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return None


def act_at_once(
    request: HttpRequest, act: Callable[[], Any], *, done: str, to: str
) -> HttpResponse:
    """The same where the page is one, whatever comes of it: says what was done or why not."""

    def act_and_say() -> None:
        act()
        messages.success(request, done)

    tried(request, act_and_say)
    return redirect(to)


class ReasonForm(forms.Form):
    """Why somebody does something that others want to understand."""

    def __init__(self, *args: Any, label: str, hint: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["because"] = forms.TextField(
            label=label, help_text=hint, rows=4, max_length=500
        )


class NoForm(forms.Form):
    """A page that only asks whether to go on."""
