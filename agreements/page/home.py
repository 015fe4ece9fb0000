"""What the home page shows of agreements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from agreements.core.situations import Situation
from agreements.core.states import agreement_tag
from agreements.core.steps import NextStep
from agreements.core.with_whom import with_whom
from agreements.page.listing import next_words
from agreements.page.queries.listing import Listed
from agreements.page.steps import steps_of
from house import clock
from house.room import AgreementRow, Todo
from parties.acting import Acting


def todos_of(waiting: Iterable[Situation], acting: Acting) -> list[Todo]:
    """The open steps as sentences; those of the reader have nobody else to wait for."""
    return [_of_step(s, step, acting) for s in waiting for step in steps_of(s, acting)]


def _of_step(situation: Situation, step: NextStep, acting: Acting) -> Todo:
    others = [party.name for party in situation.others(acting.organisation_id)]
    return Todo(
        sentence=f"{step.text} of the MoU {with_whom(others)}",
        about=situation.agreement.title,
        url=step.url if step.mine else _page(situation.agreement.reference),
        button=step.button if step.mine else "Open",
        waits_for="" if step.mine else step.who or "either party",
    )


def rows_of(listed: Sequence[Listed]) -> list[AgreementRow]:
    today = clock.today()
    return [
        AgreementRow(
            reference=each.agreement.reference,
            title=f"{each.agreement.title}, {each.with_whom}",
            url=_page(each.agreement.reference),
            state_tag=agreement_tag(each.agreement.state),
            next_date=next_words(each, today),
        )
        for each in listed
    ]


def _page(reference: str) -> str:
    return reverse("agreements:agreement", args=[reference])
