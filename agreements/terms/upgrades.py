"""One small function for each step from a format of stored terms to the next.

A step takes and gives plain data, and uses nothing of today's terms: signed terms mean in ten years
what they mean now. It changes nothing in what it is given. A changed default is a step too: it
writes down what was meant before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

Stored = dict[str, Any]


def name_roles_of_levels(stored: Stored) -> Stored:
    """0 to 1: a level names by its key the contact role that acts; it was found by its label."""
    roles = stored.get("contact_roles", ())
    return stored | {"levels": [_with_roles(level, roles) for level in stored.get("levels", ())]}


def _with_roles(level: Stored, roles: Iterable[Stored]) -> Stored:
    found = {slot: _called(post, slot, roles) for slot, post in level["posts"].items()}
    return level | {"roles": {slot: key for slot, key in found.items() if key}}


def _called(post: str, slot: str, roles: Iterable[Stored]) -> str:
    for role in roles:
        if slot in role["slots"] and role["label"].lower() == post.lower():
            return str(role["key"])
    return "mou_manager" if post.lower() == "mou manager" else ""


def say_what_was_meant(stored: Stored) -> Stored:
    """1 to 2: what nobody wrote meant a usual term; from now on it means that nothing is said."""
    usual = {
        "minimum_months": 12,
        "lead_times": {"publication_hours": 72, "press_release_hours": 24},
        "meetings": {"per_year": 2, "sources": []},
        "review": {"after_months": 12, "offsets_days": [180, 120, 60, 30]},
    }
    return stored | {key: _filled(stored.get(key), meant) for key, meant in usual.items()}


def _filled(said: Any, meant: Any) -> Any:
    if isinstance(meant, dict):
        return meant | (said or {})
    return meant if said is None else said


def list_meetings_and_routes(stored: Stored) -> Stored:
    """2 to 3: one number of meetings is one series in a list; each approval has a key and a step.

    What it was stays beside the list for one version, which may have to serve again.
    """
    meetings = stored.get("meetings") or {}
    count, topics = meetings.get("per_year", 0), meetings.get("sources", [])
    series = [_wider(count, topics)] if count or topics else []
    routes = [_one_step(route) for route in stored.get("approval_routes", ())]
    return stored | {"meetings": meetings | {"series": series}, "approval_routes": routes}


def _wider(count: int, topics: Any) -> Stored:
    cadence = {0: "as_required", 1: "yearly", 2: "twice_a_year"}.get(count, "n_a_year")
    return {
        "key": "wider",
        "label": "Wider meeting",
        "cadence": cadence,
        "per_year": count if cadence == "n_a_year" else None,
        "topics": topics,
    }


def _one_step(route: Stored) -> Stored:
    return {"key": "approval", "step": 1} | route


def read_with_nothing(stored: Stored) -> Stored:
    """3 to 4: no text named the documents that it is read with, or at which level anybody
    commissions."""
    return stored | {"documents": [], "commissioning": []}


def leave_what_is_owed_unsaid(stored: Stored) -> Stored:
    """4 to 5: no terms listed what a party owes now and then, or said whether what is reported may
    be used to manage performance; a standard said neither who owes it, nor for what, nor how its
    days are counted."""
    silent: Stored = {
        "slots": [], "kind": None, "update_days": None, "calendar": "england_and_wales",
        "may_pause": False,
    }  # fmt: skip
    standards = [silent | each for each in stored.get("standards", ())]
    return stored | {"commitments": [], "never_performance": False, "standards": standards}


UPGRADES: Final[tuple[Callable[[Stored], Stored], ...]] = (
    name_roles_of_levels, say_what_was_meant, list_meetings_and_routes, read_with_nothing,
    leave_what_is_owed_unsaid,
)  # fmt: skip
