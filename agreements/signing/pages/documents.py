"""The files of an agreement: the final signed copy, or the copy that was registered."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from agreements.models import Agreement, RegisteredCopy, Seal, Version
from agreements.signing.services.sealing import REJECTED
from documents.models import Repair, StoredFile
from documents.uploads import damages_of
from nhsuk.dates import day, moment
from nhsuk.words import plural


@dataclass(frozen=True)
class FileOnPage:
    """A file, or what is known of it while it is not there."""

    title: str
    sentence: str
    href: str = ""
    # A sentence about something that is wrong.
    problem: str = ""


def signed_copy(agreement: Agreement, seal: Seal | None) -> FileOnPage | None:
    """The final signed copy with its state: being made, ready, or failed."""
    if seal is None:
        return None
    title = "Final signed copy"
    if seal.state == Seal.State.SEALED and seal.file:
        return FileOnPage(
            title,
            f"PDF, {size(seal.file)}, sealed at {moment(seal.sealed_at)}. "
            "Anybody can check it on the page Check a signed copy.",
            href=reverse("agreements:signed_pdf", args=[agreement.reference]),
        )
    if seal.state == Seal.State.FAILED:
        return FileOnPage(
            title,
            "The agreement is in force all the same.",
            problem="The file could not be made. Ask your system administrator to look into it.",
        )
    if seal.problem == REJECTED:
        return FileOnPage(title, f"It is not made yet. {REJECTED}")
    if seal.problem or seal.attempts > 1:
        return FileOnPage(title, "It could not be made yet. The portal tries again by itself.")
    return FileOnPage(title, "It is being made. Usually it is here within a minute.")


def former_copy(version: Version, seal: Seal | None) -> FileOnPage | None:
    """The signed copy of a text that another has replaced; None where it was never made."""
    if seal is None or not seal.file:
        return None
    args = [version.agreement.reference, version.seq]
    return FileOnPage(
        f"Final signed copy of version {version.label}",
        f"PDF, {size(seal.file)}. Another text has replaced this one.",
        href=reverse("agreements:signed_version", args=args),
    )


def registered_files(copy: RegisteredCopy) -> list[FileOnPage]:
    """What counts, and what was uploaded, where that is another file."""
    repair = copy.file.copy_of
    return [_registered(copy), *([_as_uploaded(copy, repair)] if repair else [])]


def _registered(copy: RegisteredCopy) -> FileOnPage:
    who = copy.recorded_by.get_full_name()
    return FileOnPage(
        "Registered copy",
        f"PDF, {size(copy.file)}. {who} registered it on {day(copy.recorded_at)}."
        f"{_made_of(copy.file.copy_of, who)}{_life(copy)}",
        href=""
        if copy.withdrawn_at
        else reverse("agreements:registered_pdf", args=[copy.agreement.reference]),
    )


def _as_uploaded(copy: RegisteredCopy, repair: Repair) -> FileOnPage:
    url = reverse("agreements:registered_original", args=[copy.agreement.reference])
    return FileOnPage(
        "The file as it was uploaded",
        f"PDF, {size(repair.original)}. {damage_in(repair)}",
        href="" if copy.withdrawn_at else url,
    )


def damage_in(repair: Repair) -> str:
    """What is wrong with the file that was brought, as a sentence."""
    what = damages_of(repair.faults)
    said = f"It is damaged: {what}." if what else "It is locked against changes."
    signed = " The digital signatures in it can be checked here only."
    return f"{said}{signed if 'signed' in repair.faults else ''}"


def _made_of(repair: Repair | None, who: str) -> str:
    if repair is None:
        return ""
    kind = "repaired copy of" if damages_of(repair.faults) else "copy without the lock of"
    pages = plural(repair.pages, "page")
    return f" It is a {kind} the file below, with {pages}. {who} said that it has everything."


def _life(copy: RegisteredCopy) -> str:
    """From when it has effect, where the MoU says so; that it was registered in error."""
    if copy.withdrawn_at:
        return f" The registration was withdrawn on {day(copy.withdrawn_at)}: it was an error."
    return f" With effect from {day(copy.effective_on)}." if copy.effective_on else ""


def size(file: StoredFile) -> str:
    """A file's size for people: "160 KB", "1.2 MB"."""
    if file.size < 1_000_000:
        return f"{max(1, round(file.size / 1000))} KB"
    return f"{file.size / 1_000_000:.1f} MB"
