"""One area: `python -m tools.mutants.one deadlines 150 1` writes what became of its faults.

In a process of its own, because mutmut imports the portal from its copy in `mutants/`.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from mutmut import __main__ as tool
from mutmut.configuration import config
from mutmut.mutation import file_mutation
from mutmut.mutation.data import SourceFileMutationData
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

from tools.mutants.areas import Area, areas
from tools.mutants.kinds import counts, in_function

COPY = Path("mutants")
FOUND = COPY / "found.json"
CHILDREN = len(os.sched_getaffinity(0))
_all_mutations = file_mutation.create_mutations
Place = tuple[str, int]  # a file, and the how manieth fault of it


def main(name: str, at_most: int, seed: int) -> None:
    area = areas()[name]
    config().only_mutate = [str(path) for path in area.code]
    config().pytest_add_cli_args_test_selection = [str(path) for path in area.tests]
    places = list(_places(area))
    chosen = set(places)
    if len(places) > at_most:
        chosen = set(Random(f"{seed} {name}").sample(places, at_most))  # noqa: S311 - not a secret
    _fresh_copy()
    file_mutation.create_mutations = _only(chosen)
    tool._run((), CHILDREN)
    FOUND.write_text(json.dumps({"of": len(places), **_found()}))


def _places(area: Area) -> Iterator[Place]:
    for path in area.code:
        _, mutations, _, _ = _all_mutations(str(path), path.read_text())
        for place, mutation in enumerate(mutations):
            if in_function(mutation, str(path)) and counts(mutation):
                yield str(path), place


def _only(chosen: set[Place]) -> Callable[..., Any]:
    """mutmut's own maker of faults, which makes those of the sample alone."""

    def create_mutations(filename: str, *more: Any) -> tuple[Any, ...]:
        module, mutations, *ignored = _all_mutations(filename, *more)
        kept = [m for place, m in enumerate(mutations) if (filename, place) in chosen]
        return module, kept, *ignored

    return create_mutations


def _fresh_copy() -> None:
    """But for what is large, or was made for tests before: a migrated database takes a while."""
    shutil.rmtree(COPY, ignore_errors=True)
    for shared in (Path("node_modules"), Path("var/test-databases")):
        shared.mkdir(parents=True, exist_ok=True)
        (COPY / shared).parent.mkdir(parents=True, exist_ok=True)
        (COPY / shared).symlink_to(shared.resolve())


def _found() -> dict[str, object]:
    became: dict[str, str] = {}
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        became |= {key: status_by_exit_code[code] for key, code in data.exit_code_by_key.items()}
    survived = sorted(key for key, status in became.items() if status in ("survived", "no tests"))
    return {"became": Counter(became.values()), "survived": survived}


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
