"""What the pages of requests ask of the database, however many rows and parties there are."""

from __future__ import annotations

from agreements.models import Agreement
from performance.presenters.words import page_of
from performance.services.recording import record_request
from performance.services.steps import acknowledge
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.costs import BUDGET, queries_at, with_many
from tests.performance.stage import SUBJECT
from tests.reading import words_at


def with_requests(cast: Cast, agreement: Agreement, many: int) -> None:
    ours, *others = agreement.sides
    for number in range(many):
        made = record_request(
            by=acting(cast.manager), agreement=agreement, kind="query", subject=SUBJECT,
            asked_of=ours, asked_by=others[number % len(others)],
        )  # fmt: skip
        acknowledge(by=acting(cast.manager), request=made)


def test_ten_parties_and_nine_requests_ask_no_more_than_two_and_one(
    cast: Cast, client_of: ClientOf
) -> None:
    client, counts = client_of(cast.manager), []
    for others in (1, 9):
        agreement = with_many(cast, others)
        with_requests(cast, agreement, others)
        newest = agreement.requests.order_by("-pk")[0]
        reference = agreement.reference
        paths = {
            "list": f"/requests/?agreement={reference}", "page": page_of(newest),
            "own": f"/agreements/{reference}/requests/", "new": f"/requests/new/{reference}/",
            "consult": f"/requests/consult/{reference}/", "answer": page_of(newest, "answer"),
        }  # fmt: skip
        assert f"CCG 0 of {others}" in words_at(client, paths["list"])
        counts.append({name: queries_at(client, path) for name, path in paths.items()})
    assert counts[0] == counts[1]
    assert max(counts[1].values()) <= BUDGET


def test_one_request_more_asks_no_more_of_how_it_is_kept(cast: Cast, client_of: ClientOf) -> None:
    client, agreement = client_of(cast.manager), with_many(cast, 1)
    path, counts = f"/agreements/{agreement.reference}/kept/", []
    for many in (1, 8):
        with_requests(cast, agreement, many)
        counts.append(queries_at(client, path))
    assert counts[0] == counts[1] <= BUDGET
