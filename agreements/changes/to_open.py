"""Which form and which service open a change of each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.http import Http404

from agreements.changes import forms as change_forms
from agreements.changes.pages import Changes
from agreements.changes.rules import Kind
from agreements.changes.services import notices, opening
from agreements.core.sides import stands_for
from agreements.models import Change
from house import clock
from nhsuk.forms import Form
from parties.acting import Acting

Act = Callable[..., Change]


def form_of(data: Any, kind: str, changes: Changes) -> tuple[Form, Act]:
    """The form with what was sent, and the service that it asks for, for the reader of the page."""
    by, agreement = changes.acting, changes.agreement
    who: Mapping[str, Any] = {"by": by, "agreement": agreement}
    if kind == Kind.EXTENSION:
        form = change_forms.ExtensionForm(data)
        return form, lambda because, **_: opening.propose_extension(
            **who, on=form.new_end, because=because
        )
    if kind in (Kind.WITHDRAWAL, Kind.NOT_EXTENDING):
        return _notice_form(data, kind, changes, who)
    if kind == Kind.TAKING_BACK:
        notice = _own_notice(changes, by)
        return change_forms.TakingBackForm(data), partial(notices.take_back, by=by, notice=notice)
    services: dict[str, tuple[Form, Act]] = {
        Kind.ENDING: (change_forms.EndingForm(data), opening.propose_end),
        Kind.EVENT: (change_forms.EventForm(data), opening.record_event),
        Kind.END: (change_forms.EndedForm(data), opening.record_end),
        Kind.STILL_WORKING: (change_forms.StillWorkingForm(data), opening.go_on_working),
    }
    filled, service = services[kind]
    return filled, partial(service, **who)


def _notice_form(
    data: Any, kind: str, changes: Changes, who: Mapping[str, Any]
) -> tuple[Form, Act]:
    withdraws = kind == Kind.WITHDRAWAL
    form = change_forms.WithdrawalForm if withdraws else change_forms.NotExtendingForm
    asks_notice = changes.period.notice_months is not None
    service: Act = notices.give_notice if withdraws else notices.say_not_extending
    return (
        form(data, asks_notice=asks_notice, initial={"given_on": clock.today()}),
        partial(service, **who),
    )


def _own_notice(changes: Changes, by: Acting) -> Change:
    for said in changes.said:
        change = said.change
        own = stands_for(changes.agreement, by.organisation_id, change.opened_for_id)
        if own and change.can_be_taken_back:
            return change
    raise Http404
