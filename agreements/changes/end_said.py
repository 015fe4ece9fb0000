"""What is said of an MoU's last day, ahead of it and after it: in the reminder and on Home."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from agreements.core.asked_again import is_over_by_notice
from agreements.core.due import DeadlineLetter
from agreements.models import Agreement
from deadlines.kinds import Recipient
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from house import clock
from house.once import each_once
from mail.kinds import Message
from nhsuk.dates import day
from nhsuk.words import capital
from parties.who import MANAGERS

PASSED: Final = Line(
    "Say whether you extend, ended or still work to", "changes/", "Say which", may=MANAGERS.roles
)
AHEAD: Final = Line(
    "Decide what follows at the end of", "changes/", "See how it ends", may=MANAGERS.roles,
    late=PASSED,
)  # fmt: skip


def about_end(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    about = DeadlineLetter(deadline, recipient)
    end_on = about.agreement.last_day
    assert end_on  # noqa: S101 - set with an end
    if end_on >= clock.today():
        return about.message(
            f"it ends on {day(end_on)}",
            *_ahead(about, day(end_on)),
            button="See how it ends",
            path="changes/",
        )
    meanwhile = "it stays as it is, and what it asks for is still due."
    if is_over_by_notice(about.agreement):
        meanwhile = "it stays as it is. We remind you of nothing else that its text asks for."
    return about.message(
        f"say what became of it, its end was {day(end_on)}",
        f"The last day of {about.mou}, {day(end_on)}, has passed.",
        f"Say whether it is extended, has ended, or you still work to it. Until then {meanwhile}",
        button="Say what became of it",
        path="changes/",
    )


def _ahead(about: DeadlineLetter, on: str) -> tuple[str, ...]:
    """What an end to come means: by the agreement of all, by a notice, or by the text."""
    if about.agreement.end_is_agreed:
        return (
            f"All parties agreed that {about.mou} ends on {on}.",
            "It does so by itself. Until then what it asks for is due.",
        )
    if about.agreement.end_is_noticed:
        return (
            f"By a notice that was given, {about.mou} ends on {on}.",
            "Until then what it asks for is due. It can be taken back if all parties agree.",
        )
    agree = f"agree with {about.others} whether you extend it."
    return (f"{capital(about.mou)} ends on {on}. Nothing ends by itself: {agree}",)


def end_lines(deadlines: Sequence[Deadline]) -> Iterator[Line | None]:
    """Of an end that had passed when the MoU was registered nothing is to come; of one that all
    agreed to nothing is to be decided."""
    found = _ending(deadline.subject for deadline in deadlines)
    for deadline in deadlines:
        if found[deadline.subject].end_is_agreed:
            yield None
        else:
            yield AHEAD if deadline.due_on else PASSED


@each_once(Agreement)
def _ending(subjects: Collection[str]) -> dict[str, Agreement]:
    return {str(pk): each for pk, each in Agreement.objects.in_bulk(list(subjects)).items()}
