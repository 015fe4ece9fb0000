"""Who is told of a sending as a whole: the commissioners that are asked, and who sends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from agreements.models import IssueShare
from deadlines.kinds import Recipient, of_role
from mail.services import delivery, queue_all
from parties.acting import Acting
from parties.models import Organisation, Role


def managers_at(organisation: Organisation) -> list[Recipient]:
    """Its MoU managers; where it has none, its administrators."""
    held = of_role(organisation, Role.MANAGER)
    return held or of_role(organisation, Role.ADMINISTRATOR)


def tell_asked(share: IssueShare) -> None:
    """The commissioner's managers: whether it takes part is theirs to say."""
    _queue("group_asked", managers_at(share.organisation), share.organisation_id, share=share.pk)


def tell_sender(share: IssueShare, by: Acting) -> None:
    """What a commissioner answered, unless they answered themselves."""
    sender = share.issue.organisation
    told = [each for each in managers_at(sender) if each.address != by.who.email]
    _queue("group_answered", told, sender.pk, share=share.pk)


def _queue(kind: str, told: Iterable[Recipient], at: int, **context: Any) -> None:
    queue_all(
        delivery(
            kind=kind, address=each.address, organisation_id=at, context=context,
            dedupe=f"{kind}:{context['share']}:{each.address}",
        )
        for each in told
    )  # fmt: skip
