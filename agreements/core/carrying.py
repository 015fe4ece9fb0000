"""An approval that carries to the next version: one that a named person finalises, or one that is
subject to changes, once they are confirmed (record 0022)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agreements.core.rejections import standings_of
from agreements.core.sides import parties_in
from agreements.core.states import ApprovalStanding, approvals_under
from agreements.models import Agreement, Approval, Party, Version
from parties.models import Person
from parties.reader import members

SUBJECT_TO_CHANGES = Approval.Decision.SUBJECT_TO_CHANGES


def carried_in(earlier: Iterable[Approval]) -> Approval | None:
    """The approval that still carries, from one party's decisions on earlier versions.

    A word on the changes leaves it as it was: whoever confirmed one version, or did not, may
    confirm the next. It ends when the party decides anew.
    """
    newest = max(earlier, key=lambda a: (a.version.seq, a.decided_on, a.pk), default=None)
    return newest.carries if newest is not None else None


def carried_to(version: Version, party: Party) -> Approval | None:
    """The party's approval of an earlier version that carries to this one, if it is confirmed."""
    given = _of_party(version.agreement_id, party)
    earlier = [each for each in given if _leads_to(each.version, version)]
    carried = (carried_in(own) for own in by_route(earlier).values())
    return next((each for each in carried if each), None)


def _leads_to(earlier: Version, version: Version) -> bool:
    """What was decided on the text that is being varied says nothing of the new one."""
    return earlier.seq < version.seq and earlier.change_id == version.change_id


def by_route(given: Iterable[Approval]) -> dict[str, list[Approval]]:
    """The decisions of one party by the key of their route: each carries by itself."""
    found: dict[str, list[Approval]] = {}
    for each in given:
        found.setdefault(each.of_route, []).append(each)
    return found


def waits_for_word(version: Version, given: Iterable[Approval]) -> Approval | None:
    """Of one party's decisions, the one on an earlier version that carries once it is confirmed."""
    for own in by_route(given).values():
        if not any(each.version_id == version.pk for each in own):
            earlier = (each for each in own if _leads_to(each.version, version))
            if carried := carried_in(earlier):
                return carried
    return None


def to_confirm(version: Version, party: Party) -> Approval | None:
    """The same while it waits to be confirmed: not once this version has a decision of its own."""
    if not version.is_under_way:
        return None
    return waits_for_word(version, _of_party(version.agreement_id, party))


def _of_party(agreement: int, party: Party) -> list[Approval]:
    return [each for each in approvals_under([agreement])[agreement] if each.party_id == party.pk]


def changes_asked(agreement: Agreement, newest: Version | None = None) -> list[Approval]:
    """The approvals, by party, whose changes are still to be made: no later version is out. Its
    newest version is read where it is not at hand."""
    newest = newest or agreement.versions.order_by("-seq").first()
    if agreement.is_over or newest is None or not (newest.is_draft or newest.is_under_way):
        return []
    out = newest.pk if newest.is_under_way else None
    found = []
    for party in parties_in(newest):
        given = _of_party(agreement.pk, party)
        for own in by_route(a for a in given if a.version.change_id == newest.change_id).values():
            carried = carried_in(own)
            asked = carried is not None and carried.decision == SUBJECT_TO_CHANGES
            if carried and asked and out in (None, carried.version_id):
                carried.party = party
                found.append(carried)
    return found


def asking_changes(version: Version) -> list[ApprovalStanding]:
    """The parties that approve this very version once it is changed (one query)."""
    return [row for row in standings_of(version) if row.asks_changes]


def confirmer_here(approval: Approval, party: Party) -> Person | None:
    """The person whom the decision names, where they can confirm here: then nobody records it."""
    there = members([party.organisation.pk])[party.organisation.pk]
    return approval.delegated_to if approval.delegated_to_id in there else None


def to_be_made(asked: Iterable[Approval]) -> Iterator[str]:
    """What the next version has to change, and that nobody has to meet about it again."""
    for approval in asked:
        label = approval.version.label_before_signature
        yield (
            f"{approval.party.name} approved version {label} subject to changes. {approval.asks} "
            f"Make only these: {approval.confirmer} then confirms them, without a second meeting."
        )


def why_you(approval: Approval, party: Party) -> str:
    """For an e-mail to whom the decision names."""
    if approval.decision == SUBJECT_TO_CHANGES:
        return f"{party.organisation} approved this MoU subject to changes, and you confirm them."
    return f"{party.organisation} asked you to finalise this MoU."


def what_to_do(approval: Approval, *, here: bool) -> str:
    """For an e-mail: to whom the decision names, `here`, or to who records what they said."""
    if not here:
        return (
            f"No second meeting is needed. When {approval.confirmer} has compared the two "
            "versions, record what they said."
        )
    if approval.decision == SUBJECT_TO_CHANGES:
        return (
            "Compare the two versions. If only the changes asked for were made, confirm it, and "
            "the approval holds. If not, say what is different."
        )
    return "Read the changes. If they are right, confirm them, and the approval holds."
