"""Chasing all that wait: one press, once a day, in working hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction

from agreements.contacts.services.proposing import ask_again
from agreements.core.parties import require_role
from agreements.core.telling import managers_by_party
from agreements.groups.services.preparing import note
from agreements.groups.standing import WAITING, lines_of, standings
from agreements.models import IssueLine, IssueShare, Party, read_parties
from deadlines.holidays import bank_holidays
from deadlines.rules.working_hours import no_earlier
from house import clock
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from mail.models import Delivery
from mail.services import delivery, queue_all
from parties.acting import Acting, with_roles_held
from parties.who import MANAGERS


def chase_all(*, by: Acting, share: IssueShare) -> tuple[int, list[str]]:
    """Reminds whoever has not done their part: how many, and who could not be reached.

    Raises Refused for a second time on a day. Out of hours they hear the next working morning.
    """
    require_role(by, MANAGERS)
    if share.organisation_id != by.organisation_id:
        raise NotYours("Each commissioner chases for its own agreements.")
    with transaction.atomic():
        require_role(with_roles_held(by), MANAGERS)
        current = lock(share)
        if current.chased_on == clock.today():
            raise Refused("They were chased today already. Once a day is enough.")
        waiting = waiting_of(current, by)
        if not waiting:
            raise Refused("Nobody has to be chased: all have answered.")
        letters = list(_letters(waiting))
        queue_all(each for _, found in letters for each in found)
        current.chased_on = clock.today()
        current.save(update_fields=["chased_on"])
        note(by, "chased a group", current.issue, lines=len(waiting))
    return len(waiting), [line.name for line, found in letters if not found]


def waiting_of(share: IssueShare, acting: Acting) -> list[IssueLine]:
    """The lines whose organisation has not done its part yet."""
    found = standings(lines_of(IssueLine.objects.filter(share=share)), acting)
    return [each.line for each in found if each.state in WAITING]


def _letters(lines: Iterable[IssueLine]) -> Iterator[tuple[IssueLine, list[Delivery]]]:
    """To its managers; where nobody there has an account, to whom the list names."""
    parties = dict(_parties(lines))
    managers = managers_by_party(parties.values())
    today, at = clock.today(), no_earlier(clock.now(), bank_holidays())
    for pk, party in parties.items():
        line = next(each for each in lines if each.pk == pk)
        found = [
            delivery(
                kind="group_chased", address=each.address, not_before=at,
                organisation_id=line.share.organisation_id,
                context={"line": pk, "party": party.pk, "why": each.why},
                dedupe=f"group_chased:{pk}:{today}:{each.address}",
            )
            for each in managers[party.pk]
        ]  # fmt: skip
        yield line, found or ask_again(party, on=today, not_before=at)


def _parties(lines: Iterable[IssueLine]) -> Iterator[tuple[int, Party]]:
    """Line -> the side of whoever gets it."""
    made = [(line, line.agreement) for line in lines if line.agreement]
    read_parties(agreement for _, agreement in made)
    for line, agreement in made:
        yield line.pk, next(p for p in agreement.sides if p.slot == line.issue.slot)
