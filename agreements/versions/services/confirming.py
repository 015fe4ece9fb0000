"""The changes in the next version, confirmed by whom the decision names (record 0022)."""

from __future__ import annotations

from datetime import date

from agreements.core.carrying import SUBJECT_TO_CHANGES, confirmer_here, to_confirm
from agreements.core.parties import require_role, sides_of
from agreements.core.rejections import standing_of
from agreements.models import Approval, Party, Version
from agreements.versions.services.approving import is_that_right, keep, lock_to_decide, part_of
from deadlines.services.setting import set_together
from house import clock
from house.once import one_job
from house.refusals import NotYours, Refused
from nhsuk.dates import day
from parties.acting import Acting
from parties.who import MANAGERS

SAY_DIFFERENT = "Say what is different from the changes asked for"


def confirm_changes(
    *, by: Acting, version: Version, rests_on: Approval, agrees: bool = True, because: str = ""
) -> Approval:
    """The person whom the decision names confirms the differences shown, or says what is different.

    Confirmed, the approval of the earlier version holds for this one. If not, this one needs a
    decision of its own. Raises NotYours for anybody else, Refused where it has one by now.
    """
    party = _own(by, version, rests_on)
    if getattr(by.user, "person_id", None) != rests_on.delegated_to_id:
        raise NotYours(f"Only {rests_on.confirmer} may confirm these changes.")
    word = Approval(confirmed_by=by.who.get_full_name(), decided_on=clock.today(), note=because)
    return _keep(by, version, party, rests_on, word, agrees=agrees)


def record_confirmation(
    *,
    by: Acting,
    version: Version,
    rests_on: Approval,
    agrees: bool,
    confirmed_by: str,
    confirmed_on: date,
    note: str,
    before_text: bool = False,
) -> Approval:
    """The party's own MoU manager records the word of somebody who cannot give it here.

    `note` says how it is known, or what is different. Raises Refused for a day to come or before
    the decision, and for a person who can confirm it here.
    """
    require_role(by, MANAGERS)
    party = _own(by, version, rests_on)
    if person := confirmer_here(rests_on, party):
        raise NotYours(f"Only {person} may confirm these changes.")
    _check_day(rests_on, confirmed_on)
    if rests_on.delegated_to:
        confirmed_by = rests_on.delegated_to.name
    word = Approval(confirmed_by=confirmed_by, decided_on=confirmed_on, note=note)
    return _keep(by, version, party, rests_on, word, agrees=agrees, before_text=before_text)


def _own(by: Acting, version: Version, rests_on: Approval) -> Party:
    """The party whose decision it is. Raises NotYours for any other."""
    own = (each for each in sides_of(version.agreement, by) if each.pk == rests_on.party_id)
    if party := next(own, None):
        return party
    raise NotYours("Each party confirms the changes that it asked for itself.")


def _check_day(rests_on: Approval, confirmed_on: date) -> None:
    if confirmed_on > clock.today():
        raise Refused(
            "Enter the day of the confirmation: it cannot be in the future.", field="confirmed_on"
        )
    if confirmed_on < rests_on.decided_on:
        raise Refused(
            f"The changes were asked for on {day(rests_on.decided_on)}: they cannot be confirmed "
            "before that day.",
            field="confirmed_on",
        )


def _keep(
    by: Acting,
    version: Version,
    party: Party,
    rests_on: Approval,
    word: Approval,
    *,
    agrees: bool,
    before_text: bool = False,
) -> Approval:
    if not agrees and not word.note:
        raise Refused(f"{SAY_DIFFERENT}.", field="because")
    with one_job(), set_together():
        current = lock_to_decide(version)
        _check_open(current, party, rests_on)
        word.version, word.party = current, party
        word.decision = _decision(rests_on, agrees=agrees)
        word.minute_reference = rests_on.minute_reference
        word.delegated_to, word.rests_on = rests_on.delegated_to, rests_on
        if word.is_before_text and not before_text:
            raise Refused(is_that_right(current, word.decided_on), field="before_text")
        keep(by, word, part_of(standing_of(current, party), rests_on.of_route).route)
    return word


def _decision(rests_on: Approval, *, agrees: bool) -> str:
    if not agrees:
        return Approval.Decision.NOT_AS_ASKED
    asked = rests_on.decision == SUBJECT_TO_CHANGES
    return Approval.Decision.CHANGES_MADE if asked else Approval.Decision.BY_DELEGATE


def _check_open(version: Version, party: Party, rests_on: Approval) -> None:
    """Raises Refused where somebody confirmed it, or the party decided anew, meanwhile."""
    left = to_confirm(version, party)
    if left is not None and left.pk == rests_on.pk:
        return
    if now := part_of(standing_of(version, party), rests_on.of_route).latest:
        raise Refused(
            f"This version has a decision of its own by now: {now.in_words}, {now.dated}, recorded "
            f"by {now.recorded_by}. Nothing was recorded."
        )
    raise Refused(
        f"The approval of version {rests_on.version.label_before_signature} holds for this version "
        "no longer. Look at where it stands. Nothing was recorded."
    )
