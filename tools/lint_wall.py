"""Refuses, in what makes pages, reads that do not start from who is asking; and unescaped output.

In views and forms a model is read from `Model.objects.visible_to(...)` on, or through a related
manager of something that came through the wall (`organisation.teams`). What has to begin in another
way is a query or a service, which says whom it answers. Presenters and pages, which also make lines
of e-mails where nobody asks, read no whole model either. Templates show what was read. Markup is
made in documents/markdown.py alone.
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
# By the last word of a file's name, or by the folder that it is in.
BEGIN_AT_THE_WALL = {"views", "forms"}
SHOW_WHAT_WAS_READ = {"presenters", "pages"}
# Where views stand elsewhere: a test compares this with the rows of every room.
VIEWS_ELSEWHERE = {
    "agreements/contacts/links.py",
    "agreements/versions/deciding.py",
    "mou_portal/letting_in.py",
    "mou_portal/mailbox.py",
    "web/links.py",
}
# It keeps the forms that were sent, and has none.
NO_FORMS = "web/sent_forms.py"
MANAGERS = {"objects", "_default_manager", "_base_manager"}
# `none` reads nothing; `each_visible_to` is the wall row by row.
WALLED = {"visible_to", "each_visible_to", "none"}
WHOLE_MODEL = {"get", "all", "first", "last", "exclude"}
PAST_THE_WALL = {"cursor", "raw", "get_model"}
OR_404 = {"get_object_or_404", "get_list_or_404"}
BEGIN = "begin with visible_to"
MAKES_MARKUP = {"documents/markdown.py"}


def main() -> None:
    faults = [*pages(), *templates(), *markup()]
    if faults:
        sys.exit("\n".join(faults))


def pages() -> Iterator[str]:
    for room in ROOMS:
        for file in sorted(ROOT.glob(f"{room}/**/*.py")):
            for line, fault in _faults_of(file):
                yield f"{file.relative_to(ROOT)}:{line}: {fault}"


def _faults_of(file: Path) -> Iterator[tuple[int, str]]:
    if begins_at_the_wall(file):
        yield from faults_in(file.read_text())
    elif _stands_in(file, SHOW_WHAT_WAS_READ):
        yield from whole_models_in(file.read_text())


def begins_at_the_wall(file: Path) -> bool:
    """Whether it is of views or forms."""
    in_its_name = _stands_in(file, BEGIN_AT_THE_WALL) and file != ROOT / NO_FORMS
    return in_its_name or is_view(file)


def is_view(file: Path) -> bool:
    return _stands_in(file, {"views"}) or str(file.relative_to(ROOT)) in VIEWS_ELSEWHERE


def _stands_in(file: Path, names: set[str]) -> bool:
    last_word = file.stem.rpartition("_")[2]
    return bool({last_word, *file.relative_to(ROOT).parts[:-1]} & names)


def faults_in(code: str) -> Iterator[tuple[int, str]]:
    """Line and what is wrong there, for every read that does not begin at the wall."""
    nodes = list(ast.walk(ast.parse(code)))
    behind = {id(node.value): node.attr for node in nodes if isinstance(node, ast.Attribute)}
    for node in nodes:
        if isinstance(node, ast.Attribute) and _is_manager(node):
            if behind.get(id(node)) not in WALLED:
                yield node.lineno, BEGIN
        elif isinstance(node, ast.Call) and (fault := _fault_of(node)):
            yield node.lineno, fault


def whole_models_in(code: str) -> Iterator[tuple[int, str]]:
    """Line and fault for `Something.objects.all`, `.get` and the like."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Attribute) or node.attr not in WHOLE_MODEL:
            continue
        if isinstance(node.value, ast.Attribute) and _is_manager(node.value):
            yield node.lineno, BEGIN


def _is_manager(node: ast.Attribute) -> bool:
    """`Something.objects`, and `Something.history` of a class: called, handed on or renamed."""
    return node.attr in MANAGERS or (node.attr == "history" and _is_class(node.value))


def _fault_of(call: ast.Call) -> str:
    """Other ways to rows: a whole model to look in, a manager by its name, SQL."""
    called = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if called in OR_404 and call.args and _is_class(call.args[0]):
        return BEGIN
    if called == "getattr" and any(_names_a_manager(arg) for arg in call.args[1:2]):
        return BEGIN
    if called in PAST_THE_WALL and isinstance(call.func, ast.Attribute):
        return f"no {called} here: it knows no wall"
    if called.endswith("QuerySet") or called == "Manager":
        return BEGIN
    return "visible_to takes who asks" if called == "visible_to" and not call.args else ""


def _is_class(node: ast.AST) -> bool:
    """By its capital, as classes have it here."""
    name = getattr(node, "attr", getattr(node, "id", ""))
    return isinstance(node, ast.Name | ast.Attribute) and name[:1].isupper() and not name.isupper()


def _names_a_manager(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in MANAGERS | {"history"}


def templates() -> Iterator[str]:
    unescaped = re.compile(r"\|\s*safe\b|autoescape\s+(false|off)")
    manager = re.compile(rf"\.({'|'.join(MANAGERS)}|history\.(all|filter|get))\b")
    for file in ROOT.glob("templates/**/*.jinja"):
        for number, line in enumerate(file.read_text().splitlines(), start=1):
            if unescaped.search(line):
                yield f"{file.relative_to(ROOT)}:{number}: unescaped output"
            if manager.search(line):
                yield f"{file.relative_to(ROOT)}:{number}: a page shows what its view read"


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
