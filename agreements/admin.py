"""The administration pages of agreements: all of them to look at only."""

# Written by the colleague for templates: please leave.

from __future__ import annotations
