"""What was rendered once is kept, by the hash of exactly what went in.

A text that has not changed is not rendered again, by whichever process and for whichever page. The
key says nothing of who may see it: whoever asks holds the text, and came to it through the wall.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

from documents.models import Rendering
from house import clock

# What nobody asked for in this time goes; that it was asked for is noted this often.
KEPT_FOR: Final = timedelta(days=90)
NOTED_EVERY: Final = timedelta(days=30)
# Whoever keeps something new drops at most so many.
DROPPED_AT_ONCE: Final = 200


def renderer(name: str, packages: Sequence[str], files: Iterable[Path]) -> str:
    """The name of a way to render: it changes with the packages' versions and the files' bytes."""
    versions = " ".join(f"{each} {version(each)}" for each in packages)
    rules = sha256(b"\0".join(file.read_bytes() for file in sorted(files))).hexdigest()
    return f"{name}: {versions} {rules}"


def each_rendered(
    sources: Iterable[str], *, by: str, make: Callable[[str], bytes]
) -> dict[str, bytes]:
    """Source -> what `make` gives for it: the kept outcome, or a new one, kept from now on.

    One query while all are kept, four at most. What `make` raises goes on to the caller.
    """
    keys = {source: sha256(f"{by}\0{source}".encode()).hexdigest() for source in set(sources)}
    today = clock.today()
    rows = Rendering.objects.filter(key__in=keys.values()).values_list("key", "output", "used_on")
    found = list(rows)
    kept = {key: bytes(output) for key, output, _ in found}
    made = {key: make(source) for source, key in keys.items() if key not in kept}
    _keep(made, today)
    _note([key for key, _, used_on in found if used_on < today - NOTED_EVERY], today)
    outcomes = kept | made
    return {source: outcomes[key] for source, key in keys.items()}


def _keep(made: dict[str, bytes], today: date) -> None:
    if not made:
        return
    rows = [Rendering(key=key, output=output, used_on=today) for key, output in made.items()]
    # Two may render the same at the same moment: the outcomes are equal.
    Rendering.objects.bulk_create(rows, ignore_conflicts=True)
    stale = Rendering.objects.filter(used_on__lt=today - KEPT_FOR).order_by("used_on")
    if unused := list(stale.values_list("pk", flat=True)[:DROPPED_AT_ONCE]):
        Rendering.objects.filter(pk__in=unused).delete()


def _note(keys: Sequence[str], today: date) -> None:
    if keys:
        Rendering.objects.filter(key__in=keys).update(used_on=today)
