"""What happened to a meeting or a series is recorded, and the other parties' managers are told.

What is common to all agreements of a series is told to all who meet; what is about some of them,
to the parties of these alone (record 0055).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from agreements.core.in_groups import put_in_digest
from agreements.core.recipients import managers_by_party
from agreements.core.telling import record
from agreements.models import Agreement, Happening, Party
from commitments.models import Action
from deadlines.kinds import Recipient, of_person
from house import clock
from mail.models import Delivery
from mail.services import delivery, queue_all
from meetings.models import Meeting, Series
from meetings.queries.sides import agreements_at, agreements_of, parties_under
from parties.acting import Acting

# What a party that looks after many agreements in a group reads once a day.
ONCE_A_DAY = frozenset({"meeting_confirmed"})


def tell_of_meeting(
    meeting: Meeting,
    verb: str,
    *,
    by: Acting,
    under: Sequence[Agreement] | None = None,
    agreed: Iterable[Action] = (),
    once: str = "",
    **facts: object,
) -> None:
    """On the timeline of each agreement, in the audit, and by e-mail.

    `under` are the agreements that it concerns, where these are not all for which it was held;
    `once` tells it from another of its kind that changes nothing of the meeting itself.
    """
    agreements = agreements_at(meeting) if under is None else under
    happened = {
        agreement.pk: record(
            by=by, verb=verb, agreement=agreement, about=meeting, series=meeting.series.name,
            on=meeting.day.isoformat(), key=str(meeting.key), **facts,
        )
        for agreement in agreements
    }  # fmt: skip
    told = _others(agreements, by)
    if verb in ONCE_A_DAY:
        told = list(_put_in_digests(told, happened))
    once = once or f"{meeting.edit_no}"
    news = News("meeting_news", verb, meeting.pk, once, _limited(under))
    queue_all(news.letters(_managers(told), by, agreed))


def mail_of_meeting(
    meeting: Meeting,
    verb: str,
    *,
    by: Acting,
    under: Sequence[Agreement],
    once: str,
    agreed: Iterable[Action] = (),
) -> None:
    """One e-mail to each: the other parties' MoU managers, and whom an action names."""
    news = News("meeting_news", verb, meeting.pk, once, _limited(under))
    queue_all(news.letters(_managers(_others(under, by)), by, agreed))


def tell_of_series(
    series: Series,
    verb: str,
    *,
    by: Acting,
    under: Sequence[Agreement] | None = None,
    **facts: object,
) -> None:
    """The same of a series."""
    agreements = agreements_of(series) if under is None else under
    for each in agreements:
        record(by=by, verb=verb, agreement=each, about=series, series=series.name, **facts)
    news = News("series_news", verb, series.pk, clock.now().isoformat(), _limited(under))
    queue_all(news.letters(_managers(_others(agreements, by)), by))


def managers_under(agreements: Sequence[Agreement]) -> list[Recipient]:
    """The MoU managers of every party of these agreements, each address once."""
    found: dict[str, Recipient] = {}
    for recipient in _managers(parties_under(agreements)):
        found.setdefault(recipient.address, recipient)
    return list(found.values())


@dataclass(frozen=True)
class News:
    """One thing that happened, as e-mails tell it: `once` tells it from the next of its kind."""

    kind: str
    verb: str
    pk: int
    once: str
    # The ids of the agreements that it is about; without it all.
    under: list[int] | None

    def letters(
        self, found: Iterable[Recipient], by: Acting, agreed: Iterable[Action] = ()
    ) -> Iterator[Delivery]:
        """One e-mail to each address of each organisation, but none to whoever did it: people of
        two practices answer for each of them."""
        told = set()
        for each in chain(_workers(agreed), found):
            key = (each.address, each.organisation_id)
            if each.address != getattr(by.user, "email", "") and key not in told:
                told.add(key)
                yield self._letter(each, by)

    def _letter(self, to: Recipient, by: Acting) -> Delivery:
        about = {} if self.under is None else {"under": self.under}
        return delivery(
            kind=self.kind,
            address=to.address,
            organisation_id=to.organisation_id,
            context={
                "verb": self.verb, "pk": self.pk, "on": clock.today().isoformat(), "why": to.why,
                "by": by.organisation_id, "user": by.user.pk,
                "organisation": to.organisation_id, "person": to.person_id, **about,
            },
            dedupe=f"{self.kind}:{self.verb}:{self.pk}:{self.once}:{to.organisation_id}:{to.address}",
        )  # fmt: skip


def _others(agreements: Sequence[Agreement], by: Acting) -> list[Party]:
    """The sides of every other organisation."""
    return [p for p in parties_under(agreements) if p.organisation.pk != by.organisation_id]


def _managers(parties: Sequence[Party]) -> list[Recipient]:
    return list(chain(*managers_by_party(parties).values()))


def _put_in_digests(parties: Iterable[Party], of: Mapping[int, Happening]) -> Iterator[Party]:
    """Tells parties that are told once a day; gives those that are told at once."""
    for party in parties:
        if party.told_daily:
            put_in_digest(of[party.agreement_id], _managers([party]))
        else:
            yield party


def _limited(under: Sequence[Agreement] | None) -> list[int] | None:
    return None if under is None else [agreement.pk for agreement in under]


def _workers(actions: Iterable[Action]) -> Iterator[Recipient]:
    for action in actions:
        if action.person:
            organisation = action.owner.organisation
            why = f"an action is yours, for {organisation}."
            if found := of_person(action.person, organisation, why):
                yield found
