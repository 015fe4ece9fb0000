"""The one date of a heads-up: its planned sending. After it somebody is asked what came of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from django.db.models import Prefetch

from agreements.core.letters import Letter
from agreements.core.recipients import managers_by_party, read_managers
from agreements.models import Agreement, Party, read_parties
from communications.heads_ups.presenters.words import called, url_of
from communications.heads_ups.services.locking import SENDING
from communications.models import HeadsUp, HeadsUpAgreement
from communications.queries.agreements import others_of, sides_by_agreement
from communications.queries.readers import can_log_in
from deadlines.kinds import DeadlineKind, ReadOfMany, Recipient, of_person, of_role
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from house.once import each_once
from mail.kinds import Message
from nhsuk.dates import moment
from nhsuk.words import in_sentence
from parties.models import Role


def deadline_kinds() -> list[DeadlineKind]:
    return [
        DeadlineKind(
            key=SENDING,
            label="Say what came of a heads-up",
            recipients=recipients,
            compose=compose,
            lines=lines,
            together="Say what came of heads-ups",
            urgent=True,
            reads_people=read_people,
            reads=read_letters,
            noun="Planned sending",
            confidential=True,
            names=names_of,
        )
    ]


def lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """Before the planned sending what is coming, after it what has to be said (one query)."""
    found = HeadsUp.objects.in_bulk({int(deadline.subject) for deadline in deadlines})
    for deadline in deadlines:
        heads_up = found[int(deadline.subject)]
        mark = f"Record that the message of the {called(heads_up)} went out"
        ahead = Line(f"{mark}, once it has", url_of(heads_up), "Open", naming="nobody")
        past = replace(ahead, act=f"{mark}, move it or withdraw it", button="Say what came of it")
        yield replace(ahead, late=past)


def names_of(deadlines: Sequence[Deadline]) -> Mapping[int, str]:
    """Deadline id -> "Planned sending: heads-up “…”", for those who hold it (one query)."""
    found = HeadsUp.objects.in_bulk([int(each.subject) for each in deadlines])
    return {
        deadline.pk: f"Planned sending: {called(heads_up)}"
        for deadline in deadlines
        if (heads_up := found.get(int(deadline.subject)))
    }


def recipients(deadline: Deadline, _: Reminder) -> list[Recipient]:
    """Whoever gave it or followed them, and the owner's managers for these agreements; each
    address once."""
    heads_up = _of(deadline)
    own = _own_sides(heads_up)
    managers = managers_by_party(own)
    found = [*_keeper(heads_up), *chain(*(managers[party.pk] for party in own))]
    found = found or of_role(heads_up.owner, Role.MANAGER)
    return list({each.address: each for each in reversed(found)}.values())[::-1]


def compose(deadline: Deadline, _: Reminder, recipient: Recipient) -> Message:
    """The planned sending has passed, and nobody has said whether it went out."""
    heads_up = _of(deadline)
    agreements = _agreements(heads_up)
    sides, owner = sides_by_agreement(agreements), heads_up.owner_id
    others = {o.pk: o.name for each in sides.values() for o in others_of(each, owner)}
    told = Letter(list(others.values()), agreements, page=url_of(heads_up), why=recipient.why)
    what, planned = in_sentence(heads_up.get_kind_display()), moment(heads_up.planned_for)
    return told.message(
        f"say what came of your {what}, planned for {planned}",
        f"You gave a heads-up on a {what} to {told.others}. It was planned for {planned}. Nobody "
        "has recorded yet that it went out.",
        "Record when it went out, move it or withdraw it. Then the record shows how long before "
        "they were told.",
        button="Say what came of it",
    )


def read_people(reminders: Sequence[Reminder]) -> ReadOfMany:
    """Keeps at hand who is told of many reminders."""
    found = _read(reminders)
    return read_managers, chain(*map(_own_sides, found))


def read_letters(reminders: Sequence[Reminder]) -> None:
    """Keeps at hand what the e-mails of many reminders name."""
    _read(reminders)


def _read(reminders: Iterable[Reminder]) -> list[HeadsUp]:
    found = list(_heads_ups(reminder.deadline.subject for reminder in reminders).values())
    read_parties(list(chain(*map(_agreements, found))))
    return found


def _keeper(heads_up: HeadsUp) -> list[Recipient]:
    person, owner = heads_up.keeper, heads_up.owner
    if person is None or person.pk not in can_log_in(owner):
        return []
    did = "took over" if heads_up.kept_by_id else "gave"
    found = of_person(person, owner, f"you {did} this heads-up.")
    return [found] if found else []


def _own_sides(heads_up: HeadsUp) -> list[Party]:
    sides = sides_by_agreement(_agreements(heads_up))
    every = chain(*sides.values())
    return [party for party in every if party.organisation.pk == heads_up.owner_id]


def _agreements(heads_up: HeadsUp) -> list[Agreement]:
    return [row.agreement for row in heads_up.concerned.all()]


def _of(deadline: Deadline) -> HeadsUp:
    return _heads_ups([deadline.subject])[deadline.subject]


@each_once(HeadsUp, Agreement)
def _heads_ups(subjects: Collection[str]) -> dict[str, HeadsUp]:
    rows = HeadsUp.objects.select_related("owner", "given_by__person__user", "kept_by__user")
    concerned = HeadsUpAgreement.objects.select_related("agreement__in_force_version")
    with_those = Prefetch("concerned", concerned.order_by("agreement__reference"))
    return {
        str(each.pk): each for each in rows.filter(pk__in=subjects).prefetch_related(with_those)
    }
