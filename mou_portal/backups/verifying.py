"""Whether all that the portal keeps is as it was kept. Reads only.

What could not be looked at is neither right nor wrong, and said apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from agreements.core.texts import hash_of
from agreements.models import Agreement, Seal, Version
from agreements.signing.heads import heads_in_copies
from audit.heads import Noted
from audit.report import examine as examine_audit
from documents.models import Removal, StoredFile
from documents.seal import certificates
from documents.storage import FileDamaged, read
from documents.unnamed import unnamed_files
from mou_portal.health import is_behind
from nhsuk.words import plural

BATCH: Final = 200


@dataclass
class Result:
    """Of one kind of thing: how many are right, and a sentence for each that is not."""

    what: str
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    # What else is to be known of it.
    notes: list[str] = field(default_factory=list)

    def note(self, problem: str = "") -> None:
        if problem:
            self.wrong.append(problem)
        else:
            self.right += 1


def verify() -> Iterator[Result]:
    """One result after the other; to look at everything may take minutes."""
    with reading_only(connection):
        for what, look in CHECKS.items():
            result = Result(what)
            try:
                look(result)
            except Exception as problem:
                # Whatever keeps one look from its end, the others go on.
                result.unchecked.append(f"{type(problem).__name__}: {problem}")
            yield result


def _schema(result: Result) -> None:
    result.note("Migrations are missing. Run: python manage.py set_up" if is_behind() else "")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            found = cursor.execute("PRAGMA integrity_check(20)").fetchall()
            for (said,) in found:
                result.note("" if said == "ok" else f"SQLite says: {said}.")
        connection.check_constraints()


def _audit(result: Result) -> None:
    heads = [each for each in heads_in_copies() if isinstance(each, Noted)]
    report = examine_audit(heads)
    result.right = report.fault.seq - 1 if report.fault else report.links
    if report.fault:
        result.wrong.append(report.fault.sentence)
    else:
        result.notes += report.sentences()


def _files(result: Result) -> None:
    kept = StoredFile.objects.filter(removal=None)
    for file in kept.order_by("pk").iterator(chunk_size=BATCH):
        try:
            read(file)
        except FileDamaged as problem:
            result.note(str(problem))
        except OSError as problem:
            result.unchecked.append(f"The stored file {file.key}: {problem.strerror}.")
        else:
            result.note()
    if removed := Removal.objects.count():
        files = plural(removed, "file was", "files were")
        result.notes.append(f"{files} removed for good, with MoUs that were disposed of.")
    if unnamed := sum(1 for _ in unnamed_files()):
        files = plural(unnamed, "file is", "files are")
        result.notes.append(f"{files} named by no row. To see them: manage.py unnamed_files")


def _texts(result: Result) -> None:
    frozen = Version.objects.exclude(sha256="").select_related("agreement").order_by("pk")
    # Of what was disposed of the check code is left, and no text.
    frozen = frozen.exclude(agreement__state=Agreement.State.DISPOSED)
    for version in frozen.iterator(chunk_size=BATCH):
        changed = hash_of(version) != version.sha256
        reference = version.agreement.reference
        result.note(f"The text of {reference}, {version}, was changed." if changed else "")


def _seals(result: Result) -> None:
    # Half a second to import: for what reads signatures alone. Not in a child process as for a
    # stranger's file: these bytes are those that the portal sealed, or their hash says otherwise.
    from documents.examining import examine

    copies = StoredFile.objects.filter(seal__state=Seal.State.SEALED, removal=None).order_by("pk")
    ours: list[bytes] = []
    for copy in copies.select_related("seal__version__agreement").iterator(chunk_size=BATCH):
        ours = ours or certificates()
        reference = copy.seal.version.agreement.reference
        try:
            found = examine(read(copy), ours)
        except FileDamaged as problem:
            result.note(f"The signed copy of {reference}: {problem}")
            continue
        holds = all(found.get(each) for each in ("ours", "intact", "whole"))
        result.note("" if holds else f"The seal on the signed copy of {reference} does not hold.")


CHECKS: Final[dict[str, Callable[[Result], None]]] = {
    "Database and migrations": _schema,
    "Links of the audit": _audit,
    "Stored files": _files,
    "Frozen texts": _texts,
    "Seals": _seals,
}


@contextmanager
def reading_only(connection: Any) -> Iterator[None]:
    """The database itself refuses to write meanwhile."""
    on, off = {
        "postgresql": (
            "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
            "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
        ),
        "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(on)
        try:
            yield
        finally:
            cursor.execute(off)
