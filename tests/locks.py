"""The one order in which services lock rows, and what watches it while the tests run.

Two services that lock the same rows in two orders wait for each other for ever.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from django.db import connection

# From above: who somebody is, then agreements by their references, then what may serve several,
# then what belongs to one, then its dates. Tables on one line are never locked together, or in an
# order of their own. One that is missing here has no place yet: give it one.
ORDER: tuple[str, ...] = (
    "web_sentform",
    "mfa_authenticator parties_membership",
    "agreements_setup agreements_counter parties_invitation",
    "parties_organisation",
    "parties_succession",
    "parties_person parties_body",
    "parties_team parties_teammember parties_seat parties_post parties_absence",
    "parties_checkedaddress",
    "agreements_template",
    "agreements_templateversion",
    "agreements_templateclause",
    "agreements_issue",
    "agreements_issueshare",
    "agreements_agreement",
    "agreements_issueline",
    "agreements_associateddocument agreements_datasharing",
    "reports_report",
    "communications_announcement communications_headsup meetings_series escalations_disagreement",
    "agreements_version agreements_registeredcopy agreements_review agreements_contactproposal",
    "agreements_keycontact agreements_clausetext agreements_signaturerequest agreements_copychange",
    "mail_sentlink",
    "agreements_change agreements_hold agreements_byhand",
    "agreements_papersignature agreements_seal meetings_meeting",
    "communications_concernedagreement communications_share communications_told meetings_note",
    "communications_teamasked",
    "communications_owedto communications_localcommittee",
    "commitments_action",
    "agreements_inboundemail",
    "agreements_savedemail",
    "performance_request",
    "escalations_practiceconcern",
    "escalations_concernaction",
    "deadlines_deadline",
    "deadlines_reminder deadlines_holder deadlines_feed",
    "mail_hold mail_delivery",
    "jobs_job",
    "jobs_jobrow",
)
PLACES = {table: place for place, tables in enumerate(ORDER) for table in tables.split()}
ROOT = Path(__file__).resolve().parent.parent
# What a service calls, and a test by itself, without the locks that the service takes first.
_ALONE = ("/deadlines/services/", "/due.py")
_LIBRARIES = str(ROOT / ".venv")
# Who calls service after service in one transaction, with nobody else there.
_CALLERS = (str(ROOT / "tests"), str(ROOT / "mou_portal" / "demonstration"))
# Nobody can wait for an agreement that the transaction made itself.
_MADE = 'INSERT INTO "agreements_agreement"'
_LOCKED = re.compile(r'FROM "(\w+)".* FOR (NO KEY )?UPDATE', re.DOTALL)


class Locks:
    """What one test's services lock, transaction by transaction."""

    def __init__(self) -> None:
        # A test is a transaction itself, so those of its services are savepoints in it.
        self.around = len(connection.savepoint_ids)
        self.held: list[str] = []
        # What the calls before it hold in the same transaction.
        self.before: set[str] = set()
        self.has_made_agreement = False
        self.faults: list[str] = []
        self.service: FrameType | None = None

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if sql.startswith("RELEASE SAVEPOINT") and len(connection.savepoint_ids) <= self.around:
            self.held.clear()
            self.before.clear()
            self.has_made_agreement = False
        elif sql.startswith(_MADE):
            self.has_made_agreement = True
        elif " UPDATE" in sql and "SKIP LOCKED" not in sql and (found := _LOCKED.search(sql)):
            self._take(found[1])
        return execute(sql, params, many, context)

    def _take(self, table: str) -> None:
        service = _service()
        called = service[0] if service else None
        if called and any(each in called.f_code.co_filename for each in _ALONE):
            return
        if called is not self.service:  # what one test calls in a transaction of its own
            self.service = called
            self.before |= set(self.held)
            self.held.clear()
        if table not in PLACES:
            self.faults.append(f"{table} has no place in the order of locks (tests/locks.py).")
        elif table not in {*self.held, *self.before} and not self._is_new(table):
            above = [each for each in self.held if PLACES[each] > PLACES[table]]
            where = " > ".join(f"{Path(f.f_code.co_filename).name}:{f.f_lineno}" for f in service)
            self.faults += [f"{table} is locked after {each} in {where}." for each in above]
            self.held.append(table)

    def _is_new(self, table: str) -> bool:
        return table == "agreements_agreement" and self.has_made_agreement


def _service() -> list[FrameType]:
    """The portal's own frames of what a test or the demonstration called, from there inwards."""
    frames, frame = list[FrameType](), sys._getframe()
    while found := frame.f_back:
        frame, file = found, found.f_code.co_filename
        if frames and file.startswith(_CALLERS):
            break
        if file.startswith(str(ROOT)) and not file.startswith((_LIBRARIES, *_CALLERS)):
            frames.insert(0, frame)
    return frames


@contextmanager
def in_order() -> Iterator[Locks]:
    """Watches the locks of the block; its `faults` say what was locked in another order."""
    locks = Locks()
    with connection.execute_wrapper(locks):
        yield locks
