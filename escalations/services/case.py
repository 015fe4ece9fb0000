"""A disagreement in hand: locked, with who acts on it, and the one way to write its steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from agreements.contacts.services.newcomers import lock_for
from agreements.core.telling import record
from agreements.models import Party
from audit.services import write_entry
from escalations.models import ConcernedParty, Disagreement, Step
from escalations.queries.people import People
from escalations.rules.between import TOLD, told
from escalations.rules.levels import level_of
from escalations.rules.who import ReaderRights
from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from nhsuk.dates import day
from parties.acting import Acting


class Case(ReaderRights):
    """One disagreement in the hands of one person. Made by `case_of` or `opened_case`."""

    @property
    def by(self) -> Acting:
        return self.acting

    @property
    def steps(self) -> list[Step]:
        return list(self.disagreement.steps.order_by("at", "pk"))

    def must_be_open(self) -> None:
        if self.disagreement.is_open:
            return
        how = self.disagreement.get_state_display().lower()
        on = day(self.disagreement.closed_at)
        raise Refused(f"This {self.disagreement.word} was {how} on {on}. It is closed.")

    def must_be_at(self, level: str) -> None:
        """Raises Refused where somebody took it on after the page was opened."""
        self.must_be_open()
        if self.disagreement.level != level:
            raise Refused(
                f"This {self.disagreement.word} is at the level “{self.level.label}” now. "
                "Read what was said before you go on."
            )

    def repeated(self, kind: str, **said: Any) -> Step | None:
        """The same once more, as after a second press: their newest step of the kind says it."""
        newest = self.disagreement.steps.filter(
            kind=kind, by=self.by.who, by_link=self.by.by_link
        ).last()
        same = newest and all(getattr(newest, name) == value for name, value in said.items())
        return newest if same else None

    def write(self, kind: str, **said: Any) -> Step:
        return Step.objects.create(
            disagreement=self.disagreement,
            kind=kind,
            at=clock.now(),
            by=self.by.who,
            by_link=self.by.by_link,
            party=self.party,
            **{
                "level": self.disagreement.level,
                "people": self.who_acts(self.disagreement.parties) if kind in Step.LEAVING else {},
                **said,
            },
        )

    def who_acts(self, parties: Iterable[Party]) -> dict[str, str]:
        """At the level now: posts change hands, the record does not change with them."""
        return {
            str(party.pk): self.people.on(self.disagreement, self.level, party).names
            for party in parties
        }

    def name_parties(self, parties: Iterable[Party], step: Step) -> None:
        """Writes that it is between these too, by this step."""
        ConcernedParty.objects.bulk_create(
            ConcernedParty(disagreement=self.disagreement, party=party, step=step)
            for party in parties
        )

    def record(self, verb: str, step: Step, **facts: Any) -> None:
        """The timeline's row, which all parties of the agreement read, with the audit entry. Where
        it is not between all of them the row tells what the others may know, or there is none."""
        its, for_whom = self.disagreement, f" for {step.for_person.name}" if step.for_person else ""
        facts |= {"party": self.party.name, "for_whom": for_whom}
        if not its.concerns_all and verb not in TOLD:
            self.record_quietly(verb, step, **facts)
            return
        if not its.concerns_all:
            verb, facts = TOLD[verb], told(its, self.party, facts.get("brought", ""))
        record(
            by=self.by, verb=verb, agreement=its.agreement, about=step, word=its.word,
            number=its.number, **facts,
        )  # fmt: skip

    def record_quietly(self, verb: str, step: Step, **facts: Any) -> None:
        """The audit entry alone, for what not all parties may know."""
        if self.by.by_link:
            facts["by_link"] = self.by.by_link
        write_entry(
            actor=self.by.user,
            organisation_id=self.by.organisation_id,
            verb=verb,
            about=step,
            payload={"disagreement": str(self.disagreement), **facts},
        )

    def label_of(self, level: str) -> str:
        return level_of(self.disagreement.terms, level).label


@contextmanager
def case_of(*, by: Acting, disagreement: Disagreement, named: object = None) -> Iterator[Case]:
    """The disagreement under its lock, in one transaction. Raises NotYours for no party of it.

    The agreement's row comes first, as in every service that touches its deadlines; where somebody
    new is `named` for one's own side, that organisation's before.
    """
    with transaction.atomic():
        lock_for(by.on_behalf_of, named)
        agreement = lock(disagreement.agreement)
        current = lock(disagreement)
        current.agreement = agreement
        yield Case(by, current, People([current]))
