"""Several people at one moment, each in a thread with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

from django.db import connection, connections

from house.actor import acting_as
from house.refusals import Refused
from parties.models import User

ON_POSTGRES = connection.vendor == "postgresql"
ROUNDS = 6 if ON_POSTGRES else 2
Act = tuple[User, Callable[[], Any]]


def at_once(acts: Sequence[Act]) -> list[Any]:
    """Runs each act in a thread with a connection of its own, all from one moment on.

    Gives what each returned, or its refusal. Anything else that is raised fails the test.
    """
    barrier, answers = Barrier(len(acts)), [None] * len(acts)

    def run(place: int, who: User, act: Callable[[], Any]) -> None:
        try:
            with acting_as(who):
                barrier.wait(timeout=30)
                answers[place] = act()
        except BaseException as raised:
            answers[place] = raised  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(i, who, act)) for i, (who, act) in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for each in answers:
        if isinstance(each, BaseException) and not isinstance(each, Refused):
            raise each
    return answers


def refusals(answers: Sequence[Any]) -> list[str]:
    return [each.sentence for each in answers if isinstance(each, Refused)]
