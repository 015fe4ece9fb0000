"""Somebody at their desk: what they read on the pages of a disagreement, and what they send."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client
from django.utils.html import strip_tags

from escalations.models import Disagreement
from parties.models import User
from tests.disagreements import url_of


class Desk:
    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)

    def reads(self, disagreement: Disagreement, page: str = "") -> str:
        """The words of a page. The person has to be let in."""
        answer = self.client.get(url_of(disagreement, page))
        assert answer.status_code == 200, answer.status_code
        return words_of(answer)

    def code(self, disagreement: Disagreement, page: str = "") -> int:
        return self.client.get(url_of(disagreement, page)).status_code

    def sends(self, disagreement: Disagreement, page: str, **said: Any) -> str:
        """Fills in a page and presses its button; the words that come next."""
        disagreement.refresh_from_db()
        said.setdefault("at_level", disagreement.level)
        return words_of(self.client.post(url_of(disagreement, page), said, follow=True))


def words_of(answer: Any) -> str:
    """What stands in the page's main part, with one space between two blocks."""
    main = answer.content.decode().split("<main")[1].split("</main>")[0]
    apart = re.sub(r"(</p>|<br>|</li>|</h\d>|</a>)", r" \1", main.partition(">")[2])
    return re.sub(r"\s+", " ", unescape(strip_tags(apart))).replace(" .", ".")
