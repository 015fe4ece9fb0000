"""A disagreement begins, at the first level of the terms (A24)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from agreements.core.parties import require_role, side_of
from agreements.models import Agreement, Version
from escalations.models import Disagreement, Step
from escalations.queries.people import People
from escalations.rules.levels import terms_first
from escalations.services.case import Case
from escalations.services.telling import tell_everybody
from escalations.services.waiting import wait
from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from nhsuk.words import noun
from parties.acting import Acting
from parties.who import DRAFTERS

Kind = Step.Kind


def open_disagreement(
    *,
    by: Acting,
    agreement: Agreement,
    subject: str,
    wanted: str,
    follows: Disagreement | None = None,
) -> Disagreement:
    """Opens a disagreement on an agreement in force, with what one's own side wants.

    With `follows` it takes up again one that was closed. Where the terms leave open who acts for
    one's side at the first level, whoever opens it does. Raises Refused where it cannot be opened.
    """
    require_role(by, DRAFTERS)
    side_of(agreement, by)
    with transaction.atomic():
        agreement = lock(agreement)
        version = _with_levels(agreement)
        _check_follows(agreement, follows)
        if known := _open_already(by, agreement, subject):
            return known
        disagreement = _create(by, version, subject, follows)
        case = Case(by, disagreement, People([disagreement]))
        _write(case, wanted)
        wait(disagreement, case.people.parties(disagreement))
    return disagreement


def _with_levels(agreement: Agreement) -> Version:
    version = agreement.in_force_version
    if not agreement.takes_acts or version is None:
        raise Refused("This agreement is not in force.")
    version.agreement = agreement
    terms = version.typed_terms
    if not terms.levels:
        raise Refused(f"The terms of this MoU name no levels for {noun(terms.disagreement_word)}.")
    return version


def _check_follows(agreement: Agreement, follows: Disagreement | None) -> None:
    if follows and (follows.agreement_id != agreement.pk or lock(follows).is_open):
        raise Refused("Only one of this agreement that is closed can be taken up again.")


def _open_already(by: Acting, agreement: Agreement, subject: str) -> Disagreement | None:
    """The same once more, as after a second press."""
    opened = agreement.disagreements.filter(state=Disagreement.State.OPEN, subject=subject)
    return opened.filter(
        steps__kind=Kind.OPENED, steps__by=by.who, steps__by_link=by.by_link
    ).first()


def _create(
    by: Acting, version: Version, subject: str, follows: Disagreement | None
) -> Disagreement:
    agreement, now = version.agreement, clock.now()
    last = agreement.disagreements.aggregate(last=Max("number"))["last"] or 0
    return Disagreement.objects.create(
        agreement=agreement,
        number=last + 1,
        version=version,
        subject=subject,
        level=terms_first(version.typed_terms),
        level_since=now,
        opened_at=now,
        opened_by=side_of(agreement, by),
        follows=follows,
    )


def _write(case: Case, wanted: str) -> None:
    opened = case.write(Kind.OPENED)
    case.write(Kind.WANTED, text=wanted)
    if case.on(case.level).is_vacant and case.by.who.person:
        case.write(Kind.NAMED, named=case.by.who.person)
        case.people = People([case.disagreement])
    case.record("disagreement_opened", opened, subject=case.disagreement.subject)
    tell_everybody(case, opened)
