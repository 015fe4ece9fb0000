"""`documents.child` for thousands of files: one process that forks for each, instead of a new one.

The fork sets itself the same limits and gives the same answer. Whoever asks hears as well what it
took. `python -m tests.documents.forking_child`, by `tests.documents.forks`.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import Any

from documents.child import OUT_OF_MEMORY, TASKS, TOO_DEEP, limit, pack, unpack


def main() -> None:
    for task in ("pdf", "sheet"):
        import_module(TASKS[task])
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        envelope = sys.stdin.buffer.read(asked["size"])
        answer, told = in_a_fork(asked["task"], envelope, asked["limits"])
        sys.stdout.buffer.write(json.dumps(told | {"size": len(answer)}).encode() + b"\n" + answer)
        sys.stdout.buffer.flush()


def in_a_fork(task: str, envelope: bytes, limits: list[int]) -> tuple[bytes, dict[str, Any]]:
    """The answer's envelope, the exit code, seconds of CPU, and bytes of memory at the most."""
    read, write = os.pipe()
    if not (child := os.fork()):
        os.close(read)
        os._exit(answered(task, envelope, limits, write))
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        answer = pipe.read()
    _, status, used = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    cpu = used.ru_utime + used.ru_stime
    return answer, {"code": code, "cpu": cpu, "memory": used.ru_maxrss * 1024}


def answered(task: str, envelope: bytes, limits: list[int], write: int) -> int:
    limit(*limits)
    try:
        data, files = unpack(envelope)
        with os.fdopen(write, "wb") as pipe:
            pipe.write(pack(*import_module(TASKS[task]).answer(data, files)))
    except MemoryError:
        return OUT_OF_MEMORY
    except RecursionError:
        return TOO_DEEP
    except BaseException:
        return 1
    return 0


if __name__ == "__main__":
    main()
