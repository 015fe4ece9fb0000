"""Child processes for files as forks of this one, in which everything is loaded already.

For tests that print or seal hundreds of times: what the child does is the same, to the limits that
it sets itself, but no interpreter is started and no library loaded for it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pytest

from documents import child, limited, typesetting
from documents.limited import Limits


@contextmanager
def children_are_forks() -> Iterator[None]:
    assert typesetting  # loaded here, once, and not in each child
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limited, "_wait", _wait)
        yield


def _wait(
    task: str, limits: Limits, folder: str, question: BinaryIO, answer: BinaryIO, log: BinaryIO
) -> int:
    parent, number = str(os.getpid()), os.fork()
    if not number:
        code = 1
        try:
            for place, stream in enumerate((question, answer, log)):
                os.dup2(stream.fileno(), place)
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(limited._environment(folder))
            sys.stdin = os.fdopen(0)
            own = limits.memory * 4  # it begins with the size of this process
            numbers = map(str, (own, limits.cpu, limits.wall, limits.answer))
            code = child.main(parent, task, *numbers)
        finally:
            os._exit(code)
    _, status = os.waitpid(number, 0)
    return os.waitstatus_to_exitcode(status)
