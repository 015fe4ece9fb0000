"""The way back: what the breadcrumbs of a page show, and where its list goes on."""

from __future__ import annotations

from typing import TypedDict

from django.http import QueryDict

# What each page on the way is called, and its path; the page itself is left out.
Steps = list[tuple[str, str]]


class About(TypedDict):
    """What each form about one thing shows above itself, and where it leads: for `save_form`."""

    caption: str
    way: Steps
    to: str


def page_href(query: QueryDict) -> str:
    """The page's own query, with {} where the number of another page goes."""
    kept = query.copy()
    kept.pop("page", None)
    written = kept.urlencode().replace("{", "{{").replace("}", "}}")
    return f"?{written}&page={{}}" if written else "?page={}"
