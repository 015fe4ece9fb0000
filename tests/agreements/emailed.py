"""An agreement in force with things on which e-mails are put: a notice, a review, a decision."""

from __future__ import annotations

from datetime import UTC, date, datetime

from agreements.changes.services.notices import give_notice
from agreements.models import Agreement, Approval, Change, Review
from agreements.versions.services.approving import record_approval
from commitments.models import Action
from commitments.services.recording import record_action
from house import clock
from tests.agreements.reviewed import on, reviewed
from tests.cast import Cast, acting
from tests.on_terms import in_force_on
from tests.once import once

SIGNED = date(2014, 1, 6)


@once
def agreement_of(cast: Cast) -> Agreement:
    with on(SIGNED):
        return in_force_on(cast, minimum_months=0)


@once
def notice_of(cast: Cast) -> Change:
    """Given by Eastmoor CCG on 4 March 2014, the day of the e-mail."""
    with clock.at(datetime(2014, 3, 4, 16, tzinfo=UTC)):
        return give_notice(
            by=acting(cast.other_manager), agreement=agreement_of(cast), on=date(2015, 3, 31),
            given_on=date(2014, 3, 4), because="We merge.",
        )  # fmt: skip


def review_of(cast: Cast) -> Review:
    agreement = agreement_of(cast)
    with on(date(2014, 3, 3)):
        return reviewed(cast.manager, agreement, date(2014, 2, 3), date(2015, 2, 3))


def decision_of(cast: Cast) -> Approval:
    """Of Eastmoor CCG on the version in force, after it was signed."""
    version = agreement_of(cast).in_force_version
    assert version
    with on(date(2014, 3, 3)):
        return record_approval(
            by=acting(cast.other_manager), version=version, decision="approved",
            decided_on=date(2014, 2, 3),
        )  # fmt: skip


def action_of(cast: Cast) -> Action:
    agreement = agreement_of(cast)
    with on(date(2014, 3, 3)):
        return record_action(
            by=acting(cast.other_manager), agreement=agreement, what="Write to the practices",
            owner=agreement.parties.get(slot="ccg"),
        )  # fmt: skip
