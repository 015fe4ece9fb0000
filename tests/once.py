"""What a module's tests all begin with, made once for the module instead of for each test.

To put an agreement in force by the services takes half a second or more, which was most of the
time of the tests of the rooms above it. Each test still works on rows of its own: what it writes is
rolled back, and its cast is a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import wraps
from typing import Any, TypeVar

import pytest
from django.db import transaction
from django.db.models import Model

from tests.cast import Cast
from tests.put_back import put_back

Made = TypeVar("Made", bound=Model)


def once(make: Callable[..., Made]) -> Callable[..., Made]:
    """A maker that gives the same cast the same thing however often it is asked, as it is now.

    What is asked for in another way than by the cast alone is made anew.
    """
    first = put_back(make)

    @wraps(make)
    def made(cast: Cast, *how: Any, **more: Any) -> Made:
        if how or more:
            return make(cast, *how, **more)
        known = cast.made.get(made)
        if known is None:
            known = cast.made[made] = first(cast)
        found: Made = type(known)._base_manager.get(pk=known.pk)
        return found

    return made


def made_once(make: Callable[[Cast], Any]) -> tuple[Any, Any]:
    """Two fixtures for a conftest or a module: `made, cast = made_once(agreement_in_force)`.

    Where tests have transactions of their own each makes everything itself.
    """

    @pytest.fixture(scope="module")
    def made(
        request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
    ) -> Iterator[Cast]:
        if _has_own_transactions(request.node):
            yield Cast()
            return
        with django_db_blocker.unblock(), transaction.atomic():
            cast = Cast()
            put_back(make)(cast)
            yield cast
            transaction.set_rollback(True)

    @pytest.fixture
    def cast(made: Cast, db: None) -> Cast:
        return deepcopy(made)

    return made, cast


def _has_own_transactions(module: pytest.Module) -> bool:
    mark = module.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction"))
