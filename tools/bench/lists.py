"""S3: the first page of what somebody sees, beside the same rows by plain SQL."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from agreements.page.queries import found
from agreements.page.views import AGREEMENTS_A_PAGE
from tools.bench.cpu import typical
from tools.bench.figures import Figure
from tools.bench.people import Seer

_PLAIN = """
    SELECT a.agreement_id, a.state, a.next_due_on, a.next_due_kind, a.vacant_roles,
           g.reference, g.title, g.start_on, g.review_on
    FROM agreements_access a JOIN agreements_agreement g ON g.id = a.agreement_id
    WHERE a.organisation_id = %s
    ORDER BY a.next_due_on NULLS LAST, a.agreement_id LIMIT %s
"""


def measure_lists(seers: list[Seer], *, times: int) -> Iterator[Figure]:
    """As the view of the list asks for it, with the agreements at hand."""
    for seer in seers:
        acting = seer.acting()
        ours = typical(lambda: list(found(acting, {})[:AGREEMENTS_A_PAGE]), times=times)  # noqa: B023
        plain = typical(lambda: _rows(seer), times=times)  # noqa: B023 - called at once
        yield Figure(
            "S3", f"first page of the list, {seer}", ours.total, "ms CPU",
            limit=plain.total, beside="plain SQL", times=3,
        )  # fmt: skip


def _rows(seer: Seer) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_PLAIN, [seer.organisation, AGREEMENTS_A_PAGE])
        return list(cursor.fetchall())
