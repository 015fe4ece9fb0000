"""How one that is to be told stands, on the page of a heads-up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from communications.heads_ups.queries.telling import name_of, told_at
from communications.models import OwedTo, Told
from nhsuk.components import Link, Tag
from nhsuk.dates import moment
from nhsuk.words import and_list


@dataclass(frozen=True)
class ToldRow:
    """One that is to be told under one agreement: how it stands, and who of its people did what."""

    name: str
    under: str
    told: str
    people: str
    read: str
    tag: Tag | None
    link: Link | None = None


def told_row(
    row: OwedTo,
    people: Sequence[Told],
    troubled: Collection[int],
    sent_at: datetime | None,
    link: Link | None,
) -> ToldRow:
    """`people` are those of its addresses that the reader may know of, `troubled` those whose
    e-mail did not arrive."""
    at = told_at(row)
    tag = None
    if sent_at:
        in_time = at is not None and at <= sent_at
        tag = Tag("Before", "green") if in_time else Tag("Not before", "red")
    return ToldRow(
        name=name_of(row),
        under=row.concerned.agreement.reference,
        told=" ".join(filter(None, (moment(at) if at else _why_not(row, troubled), row.told_how))),
        people=and_list(each.name for each in people),
        read=read_by(people) or ("Not yet" if people else ""),
        tag=tag,
        link=link,
    )


def _why_not(row: OwedTo, troubled: Collection[int]) -> str:
    addresses = [each.pk for each in row.told.all()]
    if not addresses:
        return "Not yet: nobody here can be told"
    if set(addresses) <= set(troubled):
        return "Not yet: the e-mail did not arrive"
    return "Not yet: the e-mail is on its way"


def read_by(people: Sequence[Told]) -> str:
    """Who acknowledged or opened it, and when; empty while nobody did."""
    return and_list(_read(people))


def _read(people: Sequence[Told]) -> Iterator[str]:
    for each in people:
        if each.acknowledged_at:
            yield f"{each.acknowledged_as} {moment(each.acknowledged_at)}"
        elif each.read_at:
            yield f"{each.name} opened it {moment(each.read_at)}"
