"""A disagreement begins, at the first level of the terms (A24)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Max

from agreements.core.parties import parties_of, require_role, side_of
from agreements.models import Agreement, Party, Version
from escalations.models import Disagreement, Step
from escalations.queries.people import People
from escalations.rules.between import other_parties
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
    between: Collection[Party] = (),
    follows: Disagreement | None = None,
) -> Disagreement:
    """Opens a disagreement on an agreement in force, with what one's own side wants.

    Of more than two parties `between` names the others that it concerns. With `follows` it takes up
    again one that was closed. Where the terms leave open who acts for one's side at the first
    level, whoever opens it does. Raises Refused where it cannot be opened.
    """
    require_role(by, DRAFTERS)
    side_of(agreement, by)
    with transaction.atomic():
        agreement = lock(agreement)
        version = _with_levels(agreement)
        _check_follows(by, agreement, follows)
        parties = _named(by, agreement, between)
        if known := _open_already(by, agreement, subject, parties):
            return known
        disagreement = _create(by, version, subject, parties, follows)
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


def _check_follows(by: Acting, agreement: Agreement, follows: Disagreement | None) -> None:
    if follows is None:
        return
    own = follows.agreement_id == agreement.pk and follows.concerns(side_of(agreement, by))
    if not own or lock(follows).is_open:
        raise Refused("Only one of this agreement that is closed can be taken up again.")


def _named(by: Acting, agreement: Agreement, between: Collection[Party]) -> list[Party]:
    """The parties that it is between, one's own among them: of two parties both."""
    others = other_parties(agreement, by)
    named = others if len(others) == 1 else [party for party in others if party in between]
    if not named:
        raise Refused("Choose who else it is between.", field="between")
    own = side_of(agreement, by)
    return [party for party in parties_of(agreement) if party == own or party in named]


def _open_already(
    by: Acting, agreement: Agreement, subject: str, parties: list[Party]
) -> Disagreement | None:
    """The same once more, as after a second press."""
    opened = agreement.disagreements.filter(
        state=Disagreement.State.OPEN, subject=subject,
        steps__kind=Kind.OPENED, steps__by=by.who, steps__by_link=by.by_link,
    )  # fmt: skip
    keys = [party.key for party in parties]
    return next((each for each in opened if each.between in ([], keys)), None)


def _create(
    by: Acting, version: Version, subject: str, parties: list[Party], follows: Disagreement | None
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
        between=[party.key for party in parties],
        follows=follows,
    )


def _write(case: Case, wanted: str) -> None:
    opened = case.write(Kind.OPENED)
    case.name_parties(case.disagreement.parties, opened)
    case.write(Kind.WANTED, text=wanted)
    if case.on(case.level).is_vacant and case.by.who.person:
        case.write(Kind.NAMED, named=case.by.who.person)
        case.people = People([case.disagreement])
    case.record("disagreement_opened", opened, subject=case.disagreement.subject)
    tell_everybody(case, opened)
