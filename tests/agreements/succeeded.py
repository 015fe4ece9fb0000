"""Successions as the people of the cast record and agree to them."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements.succession.services.recording import agree, confirm, prepare
from jobs.sweep import work_due
from parties.models import Organisation, Role, Succession, User
from tests.cast import Cast, acting, organisation, user

BY = "the Northern Moors (Transfer) Order 2014"


def board_of(cast: Cast) -> tuple[Organisation, User, User]:
    """A board that takes over, its administrator and its MoU manager."""
    board = organisation("Northern Moors Board", Organisation.Kind.ICB, ods_code="QNM")
    return (
        board,
        user("Bea Board", board, Role.ADMINISTRATOR),
        user("Mo Board", board, Role.MANAGER),
    )


def recorded(
    by: User, old: Organisation, new: Organisation, on: date, *, full: bool = True
) -> Succession:
    """Recorded by the successor's administrator; the old organisation is asked."""
    who = acting(by, new)
    found = prepare(by=who, old=old, new=new, on=on, instrument=BY, full=full)
    return confirm(by=who, succession=found)


def succeeded(
    by: User, agreed_by: User, old: Organisation, new: Organisation, on: date, **more: Any
) -> Succession:
    """The same, agreed to, and done where its day has come."""
    found = agree(by=acting(agreed_by, old), succession=recorded(by, old, new, on), **more)
    work_due()
    found.refresh_from_db()
    return found
