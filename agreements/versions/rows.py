"""The versions of an agreement as the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from agreements.core.states import version_tag
from agreements.models import Agreement, Version
from agreements.versions.queries import versions_of
from house.room import Section
from nhsuk.components import Cell, Column
from nhsuk.dates import day

COLUMNS = [Column(text) for text in ("Version", "State", "Date", "What changed", "Compare")]


def section_of(agreement: Agreement) -> Section:
    """All versions, as a section of the agreement's page."""
    rows = version_rows(agreement, versions_of(agreement))
    return Section(
        anchor="versions",
        heading="Text and versions",
        position=6,
        template="agreements/versions_section.jinja",
        context={"columns": COLUMNS, "rows": rows},
    )


def version_rows(agreement: Agreement, versions: Sequence[Version]) -> list[list[Cell]]:
    """The newest first, as `versions` are given."""
    return [
        _row(agreement, version, _before(version, versions[place + 1 :]))
        for place, version in enumerate(versions)
    ]


def _row(agreement: Agreement, version: Version, before: Version | None) -> list[Cell]:
    return [
        _name(agreement, version),
        Cell(tag=version_tag(version.state)),
        Cell(day(version.frozen_at) or "Not frozen yet"),
        Cell(_what_changed(version), under=f"By {version.author}" if version.label else ""),
        _compare(agreement, version, before),
    ]


def _name(agreement: Agreement, version: Version) -> Cell:
    reference = agreement.reference
    if version.is_draft:
        return Cell("Draft", href=reverse("agreements:text", args=[reference]))
    before = version.label_before_signature
    was = f"Approved as {before}" if before and before != version.label else ""
    href = reverse("agreements:version", args=[reference, version.seq])
    return Cell(f"Version {version.label}", href=href, under=was)


def _what_changed(version: Version) -> str:
    if version.withdrawn_because:
        return f"Recalled: {version.withdrawn_because}"
    return version.summary or ("Being edited" if version.is_draft else "Nothing noted")


def _before(version: Version, earlier: Sequence[Version]) -> Version | None:
    """The version that this one was made from, else the one before it."""
    return next((v for v in earlier if v.pk == version.based_on_id), None) or next(
        (v for v in earlier if v.label), None
    )


def _compare(agreement: Agreement, version: Version, before: Version | None) -> Cell:
    if before is None or not before.label:
        return Cell("Nothing before")
    args = [agreement.reference, before.seq, version.seq]
    label = before.label_before_signature or before.label
    return Cell(f"Show changes since {label}", href=reverse("agreements:compare", args=args))
