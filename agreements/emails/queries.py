"""Things and the e-mails on them, through the wall and beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db.models import Model, Prefetch

from agreements.core.emailing import Things
from agreements.models import Agreement, EmailWord, SavedEmail
from parties.acting import Acting


def thing_of(things: Things[Any], pk: int) -> Model:
    """The thing with this id, for what is sent and written: who may see it was asked before."""
    found: Model = things.all_rows().get(pk=pk)
    return found


def emails_on(things: Things[Any], pk: int, acting: Acting) -> list[SavedEmail]:
    """The e-mails on one thing that the reader may read, the newest first (two queries)."""
    words = Prefetch("words", EmailWord.objects.order_by("at", "pk"))
    rows = SavedEmail.objects.on(things, pk, acting=acting).select_related("put_for")
    found = rows.defer("text", "recipients").prefetch_related("put_for__names", words)
    return list(found.order_by("-put_at", "-pk"))


def emails_of(agreement: Agreement, acting: Acting) -> list[SavedEmail]:
    """All e-mails on things of the agreement that the reader may read, the newest first."""
    words = Prefetch("words", EmailWord.objects.order_by("at", "pk"))
    rows = SavedEmail.objects.visible_to(acting).filter(agreement=agreement)
    found = rows.select_related("put_for").defer("text", "recipients")
    return list(found.prefetch_related("put_for__names", words).order_by("-put_at", "-pk"))


def counted_on(things: Things[Any], pks: Collection[int], acting: Acting) -> Counter[int]:
    """How many e-mails each of many things has, without those entered in error (one query)."""
    rows = SavedEmail.objects.on(things, *pks, acting=acting).filter(error_at=None)
    return Counter(rows.order_by().values_list("thing", flat=True))
