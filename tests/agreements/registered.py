"""A signed MoU that was registered, for tests of what becomes of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements.models import Agreement, RegisteredCopy, TemplateVersion
from agreements.register.services import register_signed, say_of_copy
from documents.storage import store
from parties.models import Organisation, User
from tests.cast import Cast, acting
from tests.pdf import a_pdf_that_says
from tests.setting_up import library_template

SIGNED, REVIEW = date(2026, 2, 3), date(2027, 2, 3)


def registered(cast: Cast, *, words: str = "An MoU.", **more: Any) -> RegisteredCopy:
    """By the Area Team's manager, between it and Eastmoor CCG unless you say so."""
    source: TemplateVersion = more.pop("source", None) or library_template(cast)
    sides: dict[str, Organisation] = more.pop("sides", None) or {
        "area_team": cast.area_team, "ccg": cast.ccg,
    }  # fmt: skip
    file = store(a_pdf_that_says(words), name="mou.pdf", content_type="application/pdf")
    said: dict[str, Any] = {"title": "Quality", "signed_on": SIGNED, "review_on": REVIEW}
    agreement: Agreement = register_signed(
        by=acting(cast.manager), template_version=source, organisations=sides, file=file,
        **said | more,
    )  # fmt: skip
    return again(agreement.registered_copy)


def again(copy: RegisteredCopy) -> RegisteredCopy:
    """The copy as the database has it now."""
    rows = RegisteredCopy.objects.select_related("agreement", "recorded_for", "file")
    return rows.get(pk=copy.pk)


def confirm(by: User, copy: RegisteredCopy) -> RegisteredCopy:
    say_of_copy(by=acting(by), copy=again(copy), agrees=True)
    return again(copy)
