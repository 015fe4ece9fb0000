"""Changes that a party asks for before it approves: a task of whoever wrote the text."""

from __future__ import annotations

from agreements.core.carrying import changes_asked
from agreements.core.due import CHANGES_ASKED, key_of
from agreements.core.parties import parties_of
from agreements.core.situations import UNDER_WAY
from agreements.models import Agreement, Approval, Party
from deadlines.models import Deadline
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from parties.who import DRAFTERS

CHANGES_CHASED = ["since:+7", "since:+14", "since:+28", "since:+42"]


def keep_changes_asked(agreement: Agreement) -> None:
    """The changes that are still to be made are due, and the rest no longer is.

    Call it with the agreement's newest version locked, whenever one was numbered, decided on or
    recalled, came into force, or is no longer worked on.
    """
    asked = changes_asked(agreement)
    _close_others(agreement, {key_of(each) for each in asked})
    for approval in asked:
        set_deadline(
            kind=CHANGES_ASKED,
            subject_key=key_of(approval),
            schedule=CHANGES_CHASED,
            holders=_holders(agreement, approval),
            references=[agreement.reference],
        )


def _close_others(agreement: Agreement, asked: set[str]) -> None:
    """Met where a version was numbered since, which may have them; else no longer asked for."""
    concerned = Deadline.objects.still_open().filter(
        kind=CHANGES_ASKED, concerned__reference=agreement.reference
    )
    keys = sorted(set(concerned.values_list("subject_key", flat=True)) - asked)
    made = bool(keys) and agreement.versions.filter(state__in=UNDER_WAY).exists()
    for key in keys:
        close = meet_deadline if made else cancel_deadline
        close(kind=CHANGES_ASKED, subject_key=key)


def drafters(agreement: Agreement, approval: Approval) -> list[Party]:
    """The party that wrote the version; where it is none any more, all of them."""
    parties = parties_of(agreement)
    author = approval.version.author_organisation_id
    return [each for each in parties if author in each.held_by] or parties


def _holders(agreement: Agreement, approval: Approval) -> list[For]:
    wrote = drafters(agreement, approval)
    others = (each for each in parties_of(agreement) if each not in wrote)
    return [
        *(For(each.organisation, role=role) for each in wrote for role in DRAFTERS.roles),
        *(For(each.organisation, watches=True) for each in others),
    ]


def of_party(agreement: Agreement, party: Party, holder: For) -> list[For]:
    """It is the party's; the others see it and wait."""
    others = [each.organisation for each in parties_of(agreement) if each.pk != party.pk]
    return [holder, *(For(each, watches=True) for each in others)]
