"""Reaching those to whom it went: asking to sign by links, chasing who has not answered."""

from __future__ import annotations

from typing import Any, Final

from agreements.contacts.services.proposing import ask_again
from agreements.core.asking_for import STILL_ASKED, asks_for
from agreements.core.parties import parties_of
from agreements.core.recipients import managers_of
from agreements.core.situations import UNDER_WAY
from agreements.groups.services.deciding import begin_for, own_share, version_of
from agreements.groups.services.making import acting_in, line_of
from agreements.groups.standing import WAITING, lines_of, standings
from agreements.models import IssueLine, IssueShare, Party, SignatureRequest, Version
from agreements.signing.services.asking_by_link import ask_by_link, send_again_by_link
from deadlines.holidays import bank_holidays
from deadlines.rules.working_hours import no_earlier
from house import clock
from house.refusals import Refused
from jobs.kinds import JobKind, Work, register
from jobs.models import Job, JobRow
from mail.services import delivery, queue_all
from parties.acting import Acting
from parties.models import CheckedAddress
from parties.reader import members

LINKS: Final = "groups.links"
CHASE: Final = "groups.chase"


def ask_by_links(*, by: Acting, share: IssueShare) -> Job:
    """Asks each organisation that has nobody here to sign, by a link to whom the list names.

    Raises Refused where no address was looked through by a second person.
    """
    with own_share(by, share) as current:
        lines = to_link(current)
        if not lines:
            raise Refused(
                "Nobody can be asked by a link now: somebody else of your organisation looks "
                "through the addresses first."
            )
        return begin_for(by, current, LINKS, lines)


def to_link(share: IssueShare) -> list[IssueLine]:
    """Those with nobody here, whose address is checked and whose signature nobody asked for."""
    lines = share.lines.filter(end="", agreement__versions__state__in=UNDER_WAY)
    asked = SignatureRequest.objects.newest().filter(
        party__agreement__issue_line__share=share, party__slot=share.issue.slot
    )
    right = CheckedAddress.objects.right().filter(kept_by=share.organisation_id)
    known = set(right.values_list("organisation", "email"))
    open_ones = list(lines.exclude(agreement__in=asked.values("party__agreement")).order_by("pk"))
    there = members(line.organisation_id for line in open_ones)
    return [
        line
        for line in open_ones
        if not there[line.organisation_id]
        and (line.organisation_id, line.contact_email.lower()) in known
    ]


def chase_all(*, by: Acting, share: IssueShare) -> Job:
    """Reminds whoever has not done their part, in working hours.

    Raises Refused for a second time on a day.
    """
    with own_share(by, share) as current:
        if current.chased_on == clock.today():
            raise Refused("They were chased today already. Once a day is enough.")
        waiting = waiting_of(current, by)
        if not waiting:
            raise Refused("Nobody has to be chased: all have answered.")
        current.chased_on = clock.today()
        current.save(update_fields=["chased_on"])
        at = no_earlier(clock.now(), bank_holidays())
        return begin_for(by, current, CHASE, waiting, not_before=at)


def waiting_of(share: IssueShare, acting: Acting) -> list[IssueLine]:
    """The lines whose organisation has not done its part yet."""
    found = standings(lines_of(IssueLine.objects.filter(share=share)), acting)
    return [each.line for each in found if each.state in WAITING]


# --- One row of each ------------------------------------------------------------------------


def _party(line: IssueLine, version: Version) -> Party:
    """The side of whoever gets it."""
    return next(p for p in parties_of(version.agreement) if p.slot == line.issue.slot)


def _ask(row: JobRow, _: Any) -> None:
    line, by = line_of(row), acting_in(row.job)
    version = version_of(line, UNDER_WAY)
    if version is None or line.end:
        return
    party = _party(line, version)
    right = CheckedAddress.objects.right().filter(
        kept_by=line.share.organisation_id, organisation=line.organisation_id,
        email=line.contact_email.lower(),
    )  # fmt: skip
    address = right.first()
    if address is None or not asks_for(by, version, [party]):
        return  # they have people here by now, who ask their own signatory
    asked = SignatureRequest.objects.newest().filter(version=version, party=party)
    have = set(asked.values_list("slot", flat=True))
    for signatory in version.typed_terms.signatories_of(party.slot):
        if signatory.key not in have:
            ask_by_link(by=by, version=version, party=party, slot=signatory.key, address=address)


def _chase(row: JobRow, _: Any) -> None:
    """Whom a link asked gets it again; else its managers are told, or whom the list names."""
    line, by = line_of(row), acting_in(row.job)
    version = version_of(line, [*UNDER_WAY, Version.State.DRAFT])
    if version is None or line.end:
        return
    party = _party(line, version)
    asked = SignatureRequest.objects.filter(version=version, party=party, state__in=STILL_ASKED)
    linked = list(asked.exclude(address=None).select_related("address", "person"))
    for request in linked:
        request.version, request.party = version, party
        send_again_by_link(by=by, request=request)
    if not linked:
        _tell(line, party)


def _tell(line: IssueLine, party: Party) -> None:
    today = clock.today()
    letters = [
        delivery(
            kind="group_chased", address=each.address,
            organisation_id=line.share.organisation_id,
            context={"line": line.pk, "party": party.pk, "why": each.why},
            dedupe=f"group_chased:{line.pk}:{today}:{each.address}",
        )
        for each in managers_of(party)
    ]  # fmt: skip
    letters = letters or ask_again(party, on=today, not_before=clock.now())
    if not letters:
        raise Refused("Nobody there can be told by e-mail: telephone them.")
    queue_all(letters)


register(JobKind(LINKS, each=Work(act=_ask)))
register(JobKind(CHASE, each=Work(act=_chase)))
