"""The page of a link with one form: what it is about, and one button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nhsuk.components import Link
from nhsuk.forms import Form
from web.carrying_out import carried_out


def link_form(
    request: HttpRequest,
    form: Form | None,
    act: Callable[..., object],
    *,
    done: Callable[[], str],
    title: str,
    caption: str,
    facts: Sequence[tuple[str, str]] = (),
    button: str = "Send your answer",
    lead: str = "",
    links: Sequence[Link] = (),
) -> HttpResponse:
    """Shows the facts and the form; without a form there is nothing to do, as `lead` says.

    `links` lead to what else the link opens, such as a file.
    """
    if form is not None and carried_out(request, form, act):
        messages.success(request, done())
        return redirect(request.path)
    context: dict[str, Any] = {
        "form": form, "title": title, "caption": caption, "facts": facts, "button": button,
        "lead": lead, "links": links,
    }  # fmt: skip
    return render(request, "web/link_form.jinja", context)
