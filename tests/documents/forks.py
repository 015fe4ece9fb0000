"""In place of `documents.limited.run`: the same for thousands of files, and what each took."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from documents.child import pack, unpack
from documents.limited import ROOT, Answer, Limits, Stopped, _environment, _reason


@dataclass
class Forks:
    """What the dearest file took: seconds of CPU and bytes of memory."""

    process: subprocess.Popen[bytes]
    cpu: float = 0
    memory: int = 0

    def run(
        self, task: str, data: dict[str, Any], files: Sequence[bytes], limits: Limits, **_: Any
    ) -> Answer:
        envelope = pack(data, files)
        four = [limits.memory, limits.cpu, limits.wall, limits.answer]
        asked = json.dumps({"task": task, "limits": four, "size": len(envelope)})
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(asked.encode() + b"\n" + envelope)
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline())
        answer = self.process.stdout.read(told["size"])
        self.cpu, self.memory = max(self.cpu, told["cpu"]), max(self.memory, told["memory"])
        if told["code"] != 0:
            raise Stopped(_reason(told["code"], len(answer), limits))
        return unpack(answer)


@contextmanager
def forks() -> Iterator[Forks]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.documents.forking_child"],
        cwd=ROOT, env=_environment("/tmp"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,  # noqa: S108
    )  # fmt: skip
    try:
        yield Forks(process)
    finally:
        assert process.stdin
        process.stdin.close()
        process.wait(timeout=30)
