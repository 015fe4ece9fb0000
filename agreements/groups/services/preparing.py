"""Preparing to send one template to many: which, how, to whom. Nothing is made or sent yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from agreements.core.parties import require_role
from agreements.groups.known import why_not
from agreements.groups.reading import ReceiverLine
from agreements.models import MOST_LINES, Issue, IssueLine, IssueShare, TemplateVersion
from audit.services import write_entry
from house import clock
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import Organisation
from parties.services.lists import Taken
from parties.who import DRAFTERS


def begin(
    *,
    by: Acting,
    template_version: TemplateVersion,
    title: str,
    slot: str,
    text_is_fixed: bool,
) -> Issue:
    """Begins a sending; `slot` is the side of those to whom it goes.

    Raises Refused for a template that is not published, or has other than two sides.
    """
    require_role(by, DRAFTERS)
    if template_version.state != TemplateVersion.State.PUBLISHED:
        raise Refused("This template is not published yet. Publish it, or choose another.")
    slots = [each.key for each in template_version.typed_slots]
    if len(slots) != 2 or any(each.many for each in template_version.typed_slots):
        raise Refused(
            "Each agreement of a group is between two organisations. Choose a template with two "
            "sides.",
            field="template",
        )
    if slot not in slots:
        raise Refused("Choose which side those take to whom it goes.", field="slot")
    with transaction.atomic():
        issue = Issue.objects.create(
            organisation=by.on_behalf_of,
            made_by=by.who,
            template_version=template_version,
            title=title,
            slot=slot,
            text_is_fixed=text_is_fixed,
            created_at=clock.now(),
        )
        note(by, "began a group", issue)
    return issue


def fill_blanks(*, by: Acting, issue: Issue, values: Mapping[str, str]) -> None:
    """What stands in the blanks of all; what a line says of its own comes before it."""
    with transaction.atomic():
        current = _lock_to_prepare(by, issue)
        current.blanks = {key: value for key, value in values.items() if value}
        current.save(update_fields=["blanks"])
        note(by, "filled in the blanks of a group", current)
    issue.blanks = current.blanks


def add_lines(*, by: Acting, issue: Issue, lines: Sequence[ReceiverLine]) -> Taken:
    """Adds organisations. One that is there already gets what the line says anew.

    Raises Refused where one cannot take its side, and when they become too many.
    """
    with transaction.atomic():
        current = _lock_to_prepare(by, issue)
        found = _organisations(lines)
        there = {line.organisation_id: line for line in current.lines.all()}
        shares = _shares(current, (found[line.commissioner] for line in lines), found)
        for line in lines:
            _check_fits(current, line, found)
            kept = there.setdefault(line.organisation, IssueLine(
                issue=current, organisation=found[line.organisation]))  # fmt: skip
            _tell(kept, line, shares[line.commissioner])
        if len(there) > MOST_LINES:
            raise Refused(f"A group has up to {MOST_LINES} organisations. Send it in two parts.")
        changed = [there[pk] for pk in dict.fromkeys(line.organisation for line in lines)]
        new = sum(each.pk is None for each in changed)
        for each in changed:
            each.save()
        _drop_empty(current)
        note(by, "put organisations on the list of a group", current, lines=len(changed))
    return Taken(new=new, known=len(changed) - new)


def take_out(*, by: Acting, issue: Issue, line: IssueLine) -> None:
    """Nothing was made or sent for it: so nothing is kept of it."""
    with transaction.atomic():
        current = _lock_to_prepare(by, issue)
        current.lines.filter(pk=line.pk).delete()
        _drop_empty(current)
        note(by, "took an organisation off the list of a group", current)


def _lock_to_prepare(by: Acting, issue: Issue) -> Issue:
    require_role(by, DRAFTERS)
    current = lock(issue)
    if current.organisation_id != by.organisation_id:
        raise NotYours("Only the organisation that sends it may change this.")
    require_not_sent(current)
    return current


def require_not_sent(issue: Issue) -> None:
    """Raises Refused once it is sent."""
    if issue.is_sent:
        raise Refused("It is sent already. What was sent does not change.")


def _organisations(lines: Iterable[ReceiverLine]) -> dict[int, Organisation]:
    wanted = {pk for line in lines for pk in (line.organisation, line.commissioner)}
    return Organisation.objects.named().in_bulk(wanted)


def _shares(
    issue: Issue, commissioners: Iterable[Organisation], found: Mapping[int, Organisation]
) -> dict[int, IssueShare]:
    """Each commissioner's share, made with its first line."""
    there = {share.organisation_id: share for share in issue.shares.all()}
    for each in commissioners:
        if each.pk not in there:
            there[each.pk] = IssueShare.objects.create(issue=issue, organisation=found[each.pk])
    return there


def _check_fits(issue: Issue, line: ReceiverLine, found: Mapping[int, Organisation]) -> None:
    """As it is now: somebody may have closed one since the list was read."""
    slots = {slot.key: slot for slot in issue.template_version.typed_slots}
    receiver, commissioner = found[line.organisation], found[line.commissioner]
    sides = ((receiver, issue.slot), (commissioner, issue.commissioner_slot))
    for organisation, slot in sides:
        if problem := why_not(organisation, slots[slot]):
            raise Refused(problem)
    if receiver == commissioner:
        raise Refused(f"{receiver.name} cannot be its own commissioner.")


def _tell(kept: IssueLine, line: ReceiverLine, share: IssueShare) -> None:
    kept.share = share
    # What the list does not say stays as it was.
    if line.contact_name:
        kept.contact_name, kept.contact_email = line.contact_name, line.contact_email
        kept.contact_title = line.contact_title
    kept.blanks = {**kept.blanks, **line.blanks}


def note(by: Acting, verb: str, issue: Issue, **more: object) -> None:
    write_entry(
        actor=by.user, organisation_id=by.organisation_id, verb=verb, about=issue,
        payload={"title": issue.title, **more},
    )  # fmt: skip


def _drop_empty(issue: Issue) -> None:
    issue.shares.filter(lines=None).delete()
