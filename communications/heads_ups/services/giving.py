"""Giving a heads-up: to the named contacts of many parties and to the local medical committees at
once, before a message goes out or a decision is made; or after it, as it was (A11, A12, C11)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agreements.core.parties import require_role
from agreements.core.telling import record_each
from agreements.models import Agreement, read_parties
from communications.heads_ups.queries.agreements import committees_for, without_committee
from communications.heads_ups.rules import owed_parties
from communications.heads_ups.services.committees import keep_committee
from communications.heads_ups.services.locking import keep_date, note
from communications.heads_ups.services.telling import tell
from communications.models import HeadsUp, HeadsUpAgreement, OwedTo
from communications.queries.agreements import agreements_to_announce
from communications.services.locking import lock_agreements
from house import clock
from house.once import one_job
from house.refusals import Refused
from nhsuk.words import and_list, in_sentence
from parties.acting import Acting
from parties.who import DRAFTERS

PASSED = (
    "Choose a time in the future: this one has passed. If it went out already, record that it was "
    "sent first."
)
FUTURE = "Enter when it went out: that cannot be in the future."


@dataclass(frozen=True)
class Content:
    """What a heads-up says, and of what."""

    kind: str
    title: str
    text: str
    audience: str
    channel: str = ""


def give(
    *,
    by: Acting,
    content: Content,
    planned_for: datetime,
    agreements: Collection[Agreement],
    about: Collection[int] | None = None,
    committee: tuple[str, str] | None = None,
) -> HeadsUp:
    """Tells the contacts of the other parties, and the committees, of what is planned.

    `planned_for` is aware. `about` are the ids of the organisations whom it concerns, of agreements
    between more than two; without it all others. `committee` is the name and address of one that
    serves those agreements that promise it the heads-up and have none on the list yet.

    Given a second time with the same words it is the same one. Raises Refused for a time that has
    passed, and for an agreement that is not the organisation's own and in force.
    """
    if planned_for <= clock.now():
        raise Refused(PASSED, field="time")
    return _give(by, content, {"planned_for": planned_for}, agreements, about, committee)


def record_sent_first(
    *,
    by: Acting,
    content: Content,
    sent_at: datetime,
    because: str,
    agreements: Collection[Agreement],
    about: Collection[int] | None = None,
    committee: tuple[str, str] | None = None,
) -> HeadsUp:
    """Records what went out before anybody was told, with its reason, and tells them now.

    It counts as missed under each of the agreements. `sent_at` is aware and not in the future.
    """
    if sent_at > clock.now():
        raise Refused(FUTURE, field="time")
    if not because:
        raise Refused("Say why it went out first.", field="because")
    gone = {
        "planned_for": sent_at, "sent_at": sent_at, "because": because, "closed_by": by.who,
        "closed_at": clock.now(), "state": HeadsUp.State.SENT,
    }  # fmt: skip
    return _give(by, content, gone, agreements, about, committee)


def _give(
    by: Acting,
    content: Content,
    how: dict[str, Any],
    agreements: Collection[Agreement],
    about: Collection[int] | None,
    committee: tuple[str, str] | None,
) -> HeadsUp:
    require_role(by, DRAFTERS)
    with one_job():
        wanted = {agreement.pk for agreement in agreements}
        lock_agreements(wanted)
        chosen = _own_in_force(by, wanted)
        said = {"owner": by.on_behalf_of, "given_by": by.who, **vars(content)}
        # The agreements are locked: who presses twice comes here one press after the other.
        same = HeadsUp.objects.filter(**said, planned_for=how["planned_for"])
        if known := same.exclude(state=HeadsUp.State.WITHDRAWN).first():
            return known
        if committee:
            _keep_committee(by, committee, chosen)
        heads_up = HeadsUp.objects.create(**said, **how, given_at=clock.now())
        owed = _owed(heads_up, chosen, about)
        told = tell(heads_up, owed)
        if heads_up.is_open:
            keep_date(heads_up, [agreement.reference for agreement in chosen])
        _write_down(by, heads_up, owed, [each.pk for each in told])
    return heads_up


def _own_in_force(by: Acting, wanted: Collection[int]) -> list[Agreement]:
    if not wanted:
        raise Refused("Choose at least one agreement.", field="agreements")
    rows = agreements_to_announce(by).filter(pk__in=wanted)
    found = list(rows.select_related("in_force_version"))
    if len(found) < len(wanted):
        raise Refused(
            "Choose agreements that your organisation is a party to and that are in force.",
            field="agreements",
        )
    read_parties(found)
    return found


def _keep_committee(by: Acting, committee: tuple[str, str], chosen: Sequence[Agreement]) -> None:
    """For those that lack one; where none does, for all that are chosen."""
    name, address = committee
    serves = without_committee(by, chosen) or chosen
    keep_committee(by=by, name=name, address=address, agreements=serves)


def _owed(
    heads_up: HeadsUp, chosen: Sequence[Agreement], about: Collection[int] | None
) -> list[OwedTo]:
    """Writes down whom it is owed to under each agreement (two statements and a read)."""
    concerned = HeadsUpAgreement.objects.bulk_create(
        HeadsUpAgreement(heads_up=heads_up, agreement=agreement) for agreement in chosen
    )
    owner, found = heads_up.owner_id, list[OwedTo]()
    committees = committees_for(owner, [agreement.pk for agreement in chosen])
    tells_committees = heads_up.kind == HeadsUp.Kind.PRACTICES
    for row in concerned:
        parties = owed_parties(row.agreement, owner, about)
        found += [OwedTo(concerned=row, party=party) for party in parties]
        if tells_committees:
            listed = committees[row.agreement_id]
            found += [OwedTo(concerned=row, committee=committee) for committee in listed]
    return OwedTo.objects.bulk_create(found)


def _write_down(by: Acting, heads_up: HeadsUp, owed: Sequence[OwedTo], told: list[int]) -> None:
    """On the timeline of each agreement, without the title: there all parties read it, and what is
    planned is for those who were told."""
    by_agreement: dict[Agreement, list[OwedTo]] = {}
    for row in owed:
        by_agreement.setdefault(row.concerned.agreement, []).append(row)
    verb = "heads_up_given" if heads_up.is_open else "heads_up_sent_first"
    record_each(
        by=by, verb=verb, about=heads_up,
        told=[(agreement, _facts(heads_up, rows)) for agreement, rows in by_agreement.items()],
    )  # fmt: skip
    note(by, "told", heads_up, told=told)


def _facts(heads_up: HeadsUp, rows: Sequence[OwedTo]) -> dict[str, Any]:
    names = dict.fromkeys(row.committee.name if row.committee else row.party.name for row in rows)  # type: ignore[union-attr]
    whom = and_list(names) if len(names) <= 3 else f"{len(names)} parties and committees"
    facts = {"what": in_sentence(heads_up.get_kind_display()), "whom": whom}
    if heads_up.is_sent:
        facts |= {"title": heads_up.title, "because": heads_up.because}
    return facts
