"""S1 and S4: every page that is read, by processor time, queries and size."""

from __future__ import annotations

from collections.abc import Iterator

from tools.bench.cpu import queries_of, typical
from tools.bench.crawl import Page, names_of_rows, pages_of
from tools.bench.figures import Figure
from tools.bench.people import Seer

LIST, HOME, OVERVIEW = "agreements:list", "home", "agreements:agreement"
LARGEST_KB, GROWTH = 200, 1.3
# Milliseconds of portal and database together: for who sees some, for who sees many.
GOALS = {LIST: (12, 15), HOME: (40, 60), OVERVIEW: (25, 25)}
OF_AN_AGREEMENT, OTHER = 35, 50
QUERIES = {LIST: 10, HOME: 30}
MOST_QUERIES = 20


def measure_pages(seers: list[Seer], *, times: int) -> Iterator[Figure]:
    """Each page for each person."""
    reached = set()
    for place, seer in enumerate(seers):
        for page in pages_of(seer):
            reached.add(page.name)
            yield from _measure(page, seer, times, many=place == len(seers) - 1)
    missing = sorted(names_of_rows() - reached)
    yield Figure("S1", f"rows without a page to read: {', '.join(missing)}", len(missing), "rows")


def _measure(page: Page, seer: Seer, times: int, *, many: bool) -> Iterator[Figure]:
    what = f"{page.name}, {seer}"
    cost = typical(page.get, times=times)
    growth = GROWTH if page.name in GOALS or _is_of_an_agreement(page) else None
    yield Figure(
        "S1", what, cost.total, "ms CPU", goal=_goal(page, many), over_growth=growth,
        limit=cost.database, beside="of it in the database",
    )  # fmt: skip
    size = len(page.get().content) / 1_000
    yield Figure("S1", what, size, "KB", goal=LARGEST_KB)
    most = QUERIES.get(page.name, MOST_QUERIES)
    yield Figure("S4", what, queries_of(page.get), "queries", goal=most)


def _goal(page: Page, many: bool) -> float:
    if page.name in GOALS:
        return GOALS[page.name][many]
    return OF_AN_AGREEMENT if _is_of_an_agreement(page) else OTHER


def _is_of_an_agreement(page: Page) -> bool:
    return page.path.startswith("/agreements/MOU-")
