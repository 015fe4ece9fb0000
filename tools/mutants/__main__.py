"""`make mutants`: each area in a process of its own, and what was found into `docs/mutants.md`.

`.venv/bin/python -m tools.mutants walls signing --at-most 40 --seed 2` tries some areas, with
other samples; the page keeps what it says of the others.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tools.mutants import report
from tools.mutants.areas import areas

# Quick to copy for each fault. What only PostgreSQL does is tried by no fault here.
DATABASE = "sqlite:///var/mutants.sqlite3"
LOG = Path("var/mutants.log")


def main() -> None:
    asked = _asked()
    for name in asked.areas or areas():
        report.write(name, _tried(name, asked.at_most, asked.seed))
        print(report.in_a_line(name), flush=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.mutants")
    parser.add_argument("areas", nargs="*", help=f"of {', '.join(areas())}; all, unless named")
    parser.add_argument("--at-most", type=int, default=150, help="faults of an area, by lot")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if unknown := sorted(set(asked.areas) - set(areas())):
        parser.error(f"There is no area called {unknown[0]}: see tools/mutants/areas.toml.")
    return asked


def _tried(name: str, at_most: int, seed: int) -> dict[str, object]:
    command = [sys.executable, "-m", "tools.mutants.one", name, str(at_most), str(seed)]
    environment = os.environ | {"MODE": "test", "DATABASE_URL": DATABASE}
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("w") as log:
        run = subprocess.run(
            command, stdout=log, stderr=subprocess.STDOUT, env=environment, check=False
        )
    if run.returncode:
        sys.exit(f"The tests of {name} did not run without a fault. {LOG} says why.")
    return report.found() | {"seed": seed}


if __name__ == "__main__":
    main()
