"""What key contacts without an account do by a link: answer a request, give a view (record 0052).

To ask is a page below the link that every e-mail about an agreement in force gives them.
"""

from __future__ import annotations

from typing import Final

from agreements.core.by_link import for_contacts

ANSWERS: Final = for_contacts(
    "answers_request", "A request to answer", "acknowledge or answer a request under an MoU"
)
GIVES_VIEW: Final = for_contacts(
    "gives_view", "A view asked for before a disclosure",
    "say what your organisation thinks of disclosing information",
)  # fmt: skip
