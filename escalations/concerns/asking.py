"""What was typed about a concern is asked about where it looks like somebody's name or NHS number.

A performer's name is never stored. What it finds it asks about once, and it refuses nothing.
"""

from __future__ import annotations

from typing import Final

from parties.typed_names import names_typed, numbers_typed, quoted

NO_NAMES: Final = "Do not name a performer, a member of staff or a patient."


def odd_in(text: str, *, exempt: str = "") -> list[str]:
    """Sentences to ask about what was typed; `exempt` is what the practice is called there."""
    names, numbers = names_typed(text, exempt=exempt), numbers_typed(text)
    odd = []
    if names:
        verb = "looks" if len(names) == 1 else "look"
        odd.append(f"{quoted(names)} {verb} like somebody's name. No performer is named here.")
    if numbers:
        odd.append(f"{quoted(numbers)} can be an NHS number. No patient is named here.")
    return odd
