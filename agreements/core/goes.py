"""Which files go with an agreement that is disposed of, for what each room declares of its own."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from agreements.models import Agreement


def behind(to_agreement: str) -> tuple[Callable[[int], Q], Callable[[int], Q]]:
    """Which rows of a model that belongs to one agreement let their files go: those of it; those of
    it and of all that were disposed of."""

    def of(agreement: int) -> Q:
        return Q(**{to_agreement: agreement})

    def gone(agreement: int) -> Q:
        return of(agreement) | Q(**{f"{to_agreement}__state": Agreement.State.DISPOSED})

    return of, gone
