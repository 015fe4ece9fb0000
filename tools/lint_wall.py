"""Refuses, in views, reads that do not start from who is asking; and unescaped output anywhere.

In a views module a query begins with `visible_to`, or names the organisation it is about;
`.objects.get` and `.objects.all` do neither. Markup is made in documents/markdown.py alone.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "root_packages"
]
UNWALLED = {"get", "all", "first", "last", "exclude"}
MAKES_MARKUP = {"documents/markdown.py"}


def main() -> None:
    faults = [*views(), *templates(), *markup()]
    if faults:
        sys.exit("\n".join(faults))


def views() -> Iterator[str]:
    for room in ROOMS:
        for file in [*ROOT.glob(f"{room}/**/views.py"), *ROOT.glob(f"{room}/**/views/**/*.py")]:
            for node in ast.walk(ast.parse(file.read_text())):
                if _is_unwalled(node):
                    yield f"{file.relative_to(ROOT)}:{node.lineno}: begin with visible_to"  # type: ignore[attr-defined]


def _is_unwalled(node: ast.AST) -> bool:
    """`Something.objects.get`, whether called or handed on."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr in UNWALLED
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "objects"
    )


def templates() -> Iterator[str]:
    unescaped = re.compile(r"\|\s*safe\b|autoescape\s+(false|off)")
    for file in ROOT.glob("templates/**/*.jinja"):
        for number, line in enumerate(file.read_text().splitlines(), start=1):
            if unescaped.search(line):
                yield f"{file.relative_to(ROOT)}:{number}: unescaped output"


def markup() -> Iterator[str]:
    for room in ROOMS:
        for file in ROOT.glob(f"{room}/**/*.py"):
            name = str(file.relative_to(ROOT))
            if name in MAKES_MARKUP:
                continue
            for number, line in enumerate(file.read_text().splitlines(), start=1):
                if re.search(r"\bmark_safe\(|\bMarkup\(", line):
                    yield f"{name}:{number}: make HTML with documents.markdown.to_html"


if __name__ == "__main__":
    main()
