"""The kinds of dates of a request: who is reminded, what is said, what stands on Home."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

from agreements.core.by_link import with_link
from agreements.core.due import asked_by, due_in_short, due_in_words, read_letters
from agreements.core.letters import AgreementLetter
from agreements.core.recipients import managers_of, read_managers
from agreements.models import Party, read_holders
from deadlines.kinds import DeadlineKind, ReadOfMany, Recipient
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from house.once import each_once
from mail.kinds import Message, NotNeeded
from nhsuk.words import capital
from parties.reader import there
from performance.by_link import ANSWERS, GIVES_VIEW
from performance.models import Consultation, Request
from performance.presenters.words import ACTS, one, page_of
from performance.queries import put_parties
from performance.services.clocks import ACKNOWLEDGE, ANSWER, DECIDE, SCHEDULE, VIEW
from performance.services.telling import told_for

LAST = SCHEDULE[-1]


def _party_of(deadline: Deadline, request: Request) -> Party:
    """Whoever has to act."""
    return request.consultation.source if deadline.kind == VIEW else request.asked_of


def _recipients(deadline: Deadline, _: Reminder) -> list[Recipient]:
    request = _of(deadline)
    party = _party_of(deadline, request)
    return managers_of(party) if deadline.kind == VIEW else told_for(request, party)


def _compose(deadline: Deadline, reminder: Reminder, recipient: Recipient) -> Message:
    request = _of(deadline)
    if not request.is_open or deadline.due_on is None:
        raise NotNeeded
    party = _party_of(deadline, request)
    letter = AgreementLetter(request.agreement, party, why=recipient.why)
    act, link = _act(deadline, request), GIVES_VIEW if deadline.kind == VIEW else ANSWERS
    named = f"{capital(one(request))} under your {letter.mous}"
    paragraphs = [f"{named} waits for you. The next step {due_in_words(deadline.due_on)}."]
    if reminder.offset == LAST:
        paragraphs.append("This is the last reminder. The request stays on your home page.")
    made = letter.message(
        f"{act.lower()} {one(request)}, {due_in_short(deadline.due_on)}",
        *paragraphs,
        button="Open the request",
        to=page_of(request),
        details=(*asked_by(deadline, request.agreement), *filter(None, [deadline.working])),
    )
    if deadline.kind == DECIDE:
        return made
    return with_link(made, link, request.pk, party, recipient.person_id, "Answer")


def _act(deadline: Deadline, request: Request) -> str:
    """What is to be done, with a verb; of a date that is promised what the standard asks for."""
    own = {ACKNOWLEDGE: "acknowledge", VIEW: "view", DECIDE: "decide"}
    return ACTS[own.get(deadline.kind, "answer")]


def _lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """One query. Of what the public or a party asked the line on Home holds the subject."""
    rows = Request.objects.in_bulk([int(deadline.subject) for deadline in deadlines])
    for deadline in deadlines:
        request = rows[int(deadline.subject)]
        act = f"{_act(deadline, request)} {one(request)}: {request.subject}"
        yield Line(act, page_of(request), "Open the request", naming="nobody")


def _names(deadlines: Sequence[Deadline]) -> Mapping[int, str]:
    rows = Request.objects.in_bulk([int(deadline.subject) for deadline in deadlines])
    return {
        each.pk: f"{_act(each, rows[int(each.subject)])} {one(rows[int(each.subject)])}"
        for each in deadlines
    }


def _of(deadline: Deadline) -> Request:
    return _requests([deadline.subject])[deadline.subject]


@each_once(Request, Consultation)
def _requests(subjects: Collection[str]) -> dict[str, Request]:
    """By the keys of their deadlines, with their parties."""
    rows = Request.objects.select_related(
        "agreement__in_force_version", "person__user", "asked_of", "asked_by",
        "consultation__source",
    )  # fmt: skip
    found = {str(each.pk): each for each in rows.filter(pk__in=subjects)}
    for each in found.values():
        for party in _every(each):
            party.agreement = each.agreement
    return found


def _every(request: Request) -> list[Party]:
    source = request.consultation.source if request.is_foi else None
    return [each for each in (request.asked_of, request.asked_by, source) if each]


def _read(reminders: Sequence[Reminder]) -> None:
    read_letters(reminders)
    for each in _requests(reminder.deadline.subject for reminder in reminders).values():
        put_parties(each, {party.pk: party for party in each.agreement.sides})


def _read_people(reminders: Sequence[Reminder]) -> ReadOfMany:
    """Who answers, and the managers of those who have named nobody."""
    found = _requests(reminder.deadline.subject for reminder in reminders)
    parties = [_party_of(each.deadline, found[each.deadline.subject]) for each in reminders]
    read_holders(parties)
    there(
        (each.person_id, each.asked_of.organisation.pk)
        for each in found.values() if each.person_id
    )  # fmt: skip
    return read_managers, parties


_kind = partial(
    DeadlineKind, recipients=_recipients, compose=_compose, lines=_lines, names=_names,
    reads_people=_read_people, reads=_read,
)  # fmt: skip
KINDS = [
    _kind(
        key=ACKNOWLEDGE, label="Requests to acknowledge", noun="Acknowledgement of a request",
        together="Acknowledge requests",
    ),
    _kind(
        key=ANSWER, label="Requests to answer", noun="Answer to a request",
        together="Answer requests",
    ),
    _kind(
        key=VIEW, label="Views asked for before a disclosure", noun="View on a disclosure",
        together="Give your views before disclosures",
    ),
    _kind(
        key=DECIDE, label="Freedom-of-information requests to decide",
        noun="Decision on a disclosure", together="Decide on disclosures",
    ),
]  # fmt: skip
