"""The agreements that a series serves: which they are, how others join and one leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from meetings.forms.series import JoinForm, LeaveForm
from meetings.models import SeriesAgreement
from meetings.queries.offers import InForce, agreements_called, agreements_of_many, many_for
from meetings.rules.who import require_holds_all, require_party, require_recorder
from meetings.services.joining import join_series, leave_series
from meetings.views.reached import about_series, series_of, told_under
from nhsuk.dates import day as written
from nhsuk.words import plural
from parties.acting import acting_of
from web.carrying_out import posted, save_form


def join(request: HttpRequest, key: UUID) -> HttpResponse:
    """Further agreements, all of a group or some by name, from a day on."""
    series, acting = series_of(request, key), acting_of(request)
    require_recorder(acting, series)
    require_holds_all(acting, series)

    def add(starts_on: date, agreements: Sequence[str], many: str = "") -> list[SeriesAgreement]:
        those = agreements_called(acting, agreements)
        those += agreements_of_many(acting, many) if many else []
        return join_series(by=acting, series=series, agreements=set(those), starts_on=starts_on)

    def done(rows: list[SeriesAgreement]) -> str:
        if not rows:
            return "Nothing was changed: these meetings are held for them already."
        number, first = plural(len(rows), "agreement"), rows[0].starts_on
        joined = f"{number} joined from {written(first)} on." if first else f"{number} joined."
        return f"{joined}\n{told_under([row.agreement for row in rows], acting)}"

    return save_form(
        request,
        posted(request, JoinForm, offer=InForce(acting), many=many_for(acting)),
        add,
        done=done,
        title="Add agreements",
        lead="Their parties meet here too. They owe these meetings from the first period that "
        "begins on that day or later. We tell them.",
        button="Add the agreements",
        **about_series(series),
    )


def leave(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """One agreement leaves."""
    acting = acting_of(request)
    rows = SeriesAgreement.objects.visible_to(acting).select_related("agreement")
    row = get_object_or_404(rows, pk=pk, series__key=key)
    row.series = series_of(request, key)
    require_recorder(acting, row.series)
    require_party(acting, [row.agreement])

    def act(ends_on: date) -> str:
        if not leave_series(by=acting, row=row, ends_on=ends_on):
            return "Nothing was changed: it has left already."
        said = f"{row.agreement.reference} leaves these meetings after {written(ends_on)}."
        return f"{said}\n{told_under([row.agreement], acting)}"

    return save_form(
        request,
        LeaveForm.of(row, request.POST or None),
        act,
        done=str,
        title=f"Take out {row.agreement.reference}",
        lead=f"{row.agreement.title}. We tell its other parties.",
        button="Take it out",
        warning=True,
        **about_series(row.series),
    )
