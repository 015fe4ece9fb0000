"""Every check of the code: style, types, import rules, templates, migrations, the wall's lint.

Runs them all, shows what the failing ones said, and fails when one fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
ROOMS: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "root_packages"
]
CODE = [*ROOMS, "tools", "tests"]

CHECKS = {
    "style": [str(BIN / "ruff"), "check", "."],
    "format": [str(BIN / "ruff"), "format", "--check", "."],
    "types": [str(BIN / "mypy"), *CODE],
    "imports": [str(BIN / "lint-imports")],
    "templates": [str(BIN / "djlint"), "templates", "-e", "jinja", "--lint", "--quiet"],
    "wall": [PYTHON, "tools/lint_wall.py"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "production settings": [PYTHON, "tools/check_deploy.py"],
}


def main() -> None:
    environment = os.environ | {"MODE": "test"}
    failed = []
    for name, command in CHECKS.items():
        started = time.monotonic()
        result = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        print(
            f"{name:20} {'ok' if not result.returncode else 'FAILED'} "
            f"{time.monotonic() - started:5.1f} s",
            flush=True,
        )
        if result.returncode:
            failed.append(name)
            print(result.stdout + result.stderr, flush=True)
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
