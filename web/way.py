"""The way back: what the breadcrumbs of a page show."""

from __future__ import annotations

from typing import TypedDict

# What each page on the way is called, and its path; the page itself is left out.
Steps = list[tuple[str, str]]


class About(TypedDict):
    """What each form about one thing shows above itself, and where it leads: for `save_form`."""

    caption: str
    way: Steps
    to: str
