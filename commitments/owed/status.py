"""How a commitment stands now, in a state and a sentence; whether the clause is kept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from agreements.page.kept import WORST_FIRST
from commitments.models import Occurrence
from commitments.owed.reading import Owed, is_disputed
from commitments.owed.rules import Due
from commitments.owed.words import form_of_standing, page_of
from house.answers import Evidence, Keeping
from nhsuk.dates import day
from nhsuk.words import and_list, plural

Outcome = Occurrence.Outcome
# Of more commitments of one clause a sentence counts, and names the worst.
MOST_SENTENCES = 3
NONE_FOR_CLAUSE = "No commitment is recorded for this clause."
SAID_NOT_RIGHT = "another party says that this is not right"


class _Turn(NamedTuple):
    """What is owed by one day, and how each of it stands."""

    dues: Sequence[Due]
    states: Sequence[str]

    @property
    def on(self) -> str:
        return day(self.dues[0].on)


def keeping_of(owed: Owed) -> Keeping:
    """Whether it is kept: what is owed now was done, or what was owed last, and is shown."""
    if owed.commitment.is_standing:
        return _standing(owed)
    turns = _turns(owed)
    if not turns:
        return Keeping("nothing_yet", _nothing_due(owed))
    current = turns[-1] if turns[-1].dues[0].on >= owed.today else None
    before = next((turn for turn in reversed(turns) if turn is not current), None)
    if current and "due" not in current.states:
        return _done(owed, current)
    if before is None:
        assert current  # noqa: S101 - one of them is there
        return Keeping("due", _counted(current))
    follows = f" {_counted(current)}" if current else _next(owed)
    if {"missed", "late"} & {*before.states}:
        return Keeping("missed", _past(owed, before) + follows, _evidence(owed, before))
    kept = _done(owed, before)
    return Keeping(kept.state, kept.sentence + follows, kept.evidence)


def _turns(owed: Owed) -> list[_Turn]:
    by_day = groupby(owed.dues, key=lambda due: (due.on, due.first))
    grouped = (list(dues) for _, dues in by_day)
    return [_Turn(dues, [owed.state_of(each) for each in dues]) for dues in grouped]


def _done(owed: Owed, turn: _Turn) -> Keeping:
    """Of all that was owed by one day something is recorded, and nothing was late."""
    said = [found for due in turn.dues if (found := owed.of(due))]
    done = [each for each in said if each.outcome == Outcome.DONE]
    if "missed" in turn.states:
        return Keeping("missed", _past(owed, turn), _evidence(owed, turn))
    if not done:
        return Keeping("nothing_yet", f"Left out, due {turn.on}: {said[0].reason}.")
    sentence = f"Done on {and_list(day(each.done_on) for each in done)}, due {turn.on}"
    if any(map(is_disputed, said)):
        return Keeping("due", f"{sentence}; {SAID_NOT_RIGHT}.", _evidence(owed, turn))
    if not all(each.is_shown for each in done):
        return Keeping("due", f"{sentence}; nothing shows it yet.", _evidence(owed, turn))
    return Keeping("kept", f"{sentence}.", _evidence(owed, turn))


def _past(owed: Owed, turn: _Turn) -> str:
    """For a day that is over, of what was missed or late."""
    missed = [due for due, state in zip(turn.dues, turn.states, strict=True) if state == "missed"]
    if missed:
        said = next((found for due in missed if (found := owed.of(due))), None)
        if said:
            return f"Not done, due {turn.on}: {said.reason.rstrip('.')}."
        many = f"{len(missed)} of {len(turn.dues)} were" if len(turn.dues) > 1 else "It was"
        return f"{many} due on {turn.on}; nothing is recorded."
    late = [found for due in turn.dues if (found := owed.of(due)) and found.done_on]
    return f"Done late, on {and_list(day(each.done_on) for each in late)}, due {turn.on}."


def _counted(turn: _Turn | None) -> str:
    """What is due now."""
    if turn is None:
        return ""
    done = sum(state != "due" for state in turn.states)
    of = f"{done} of {len(turn.dues)} done. The others are" if len(turn.dues) > 1 else "It is"
    return f"{of} due by {turn.on}."


def _next(owed: Owed) -> str:
    following = owed.counting.after(owed.today)
    return f" The next is due by {day(following.on)}." if following else ""


def _nothing_due(owed: Owed) -> str:
    commitment = owed.commitment
    if commitment.by_timetable and not owed.timetable:
        return "The timetable that says its days is not here yet."
    if commitment.cadence == "once" and commitment.due_on is None:
        return "The day is still to be said."
    if following := owed.counting.after(owed.today):
        return f"The first is due by {day(following.on)}."
    return "Nothing was due yet."


def _standing(owed: Owed) -> Keeping:
    newest, form = owed.newest, form_of_standing(owed.commitment.agreement)
    asks = (Evidence("Say what was done", form),)
    if owed.is_unanswered:
        before = f" The last word is of {day(newest.last)}." if newest else ""
        return Keeping("due", f"Asked on {day(owed.asked_on)}, not answered yet.{before}", asks)
    if newest is None:
        return Keeping("nothing_yet", "Asked about at the next wider meeting or review.")
    if newest.outcome == Outcome.NOTHING:
        return Keeping("nothing_yet", f"Nothing to report, said on {day(newest.last)}.")
    sentence, page = f"Done, said on {day(newest.last)}", _page(owed, newest)
    if newest.outcome == Outcome.MISSED:
        return Keeping("missed", f"Not done, said on {day(newest.last)}: {newest.reason}.", page)
    if is_disputed(newest):
        return Keeping("due", f"{sentence}; {SAID_NOT_RIGHT}.", page)
    if not newest.is_shown:
        return Keeping("due", f"{sentence}; nothing shows it yet.", page)
    return Keeping("kept", f"{sentence}.", page)


def _evidence(owed: Owed, turn: _Turn) -> tuple[Evidence, ...]:
    found = (owed.of(due) for due in turn.dues)
    return tuple(evidence for said in found if said for evidence in _page(owed, said))


def _page(owed: Owed, said: Occurrence) -> tuple[Evidence, ...]:
    called = f"Recorded on {day(said.recorded_at)}"
    return (Evidence(called, f"{page_of(owed.commitment)}#occurrence-{said.pk}"),)


def keepings_of(found: Sequence[Owed]) -> dict[str, Keeping]:
    """The answer of each clause that something running is owed by, by `commitment:<key>`; of any
    other clause the general one."""
    by_clause: dict[str, list[Owed]] = {}
    for each in found:
        commitment = each.commitment
        if commitment.is_running and commitment.clause_key and not commitment.is_disputed:
            by_clause.setdefault(commitment.clause_key, []).append(each)
    answers = {f"commitment:{key}": together(owed) for key, owed in by_clause.items()}
    return {"commitment": Keeping("nothing_yet", NONE_FOR_CLAUSE), **answers}


def together(found: Sequence[Owed]) -> Keeping:
    """Of several of one clause the worst counts, and each is said while they are few."""
    kept = [(each, keeping_of(each)) for each in found]
    if len(kept) == 1:
        return kept[0][1]
    state = min((keeping.state for _, keeping in kept), key=WORST_FIRST.index)
    evidence = tuple(dict.fromkeys(e for _, keeping in kept for e in keeping.evidence))
    if len(kept) <= MOST_SENTENCES:
        said = " ".join(f"{_whose(each, found)}: {keeping.sentence}" for each, keeping in kept)
        return Keeping(state, said, evidence)
    worst = [each for each, keeping in kept if keeping.state == state]
    named = and_list(each.commitment.who_owes for each in worst[:MOST_SENTENCES])
    more = f" and {len(worst) - MOST_SENTENCES} more" if len(worst) > MOST_SENTENCES else ""
    said = f"{_tallied([keeping for _, keeping in kept])}: {named}{more}."
    return Keeping(state, said, evidence)


_CALLED = {"missed": "late or missed", "due": "due", "kept": "kept", "nothing_yet": "not due yet"}


def _tallied(kept: Sequence[Keeping]) -> str:
    """ "Of 12 commitments 2 late or missed, 10 kept; the first of them"."""
    counts = {state: sum(each.state == state for each in kept) for state in WORST_FIRST}
    parts = [f"{count} {_CALLED[state]}" for state, count in counts.items() if count]
    return f"Of {plural(len(kept), 'commitment')} {', '.join(parts)}. {parts[0].capitalize()}"


def _whose(owed: Owed, among: Sequence[Owed]) -> str:
    """Whose it is; of one party that owes several by the clause what it is."""
    whose = [each.commitment.who_owes for each in among]
    commitment = owed.commitment
    if whose.count(commitment.who_owes) == 1:
        return commitment.who_owes
    return f"{commitment.what}, {commitment.owed_to}" if commitment.owed_to else commitment.what
