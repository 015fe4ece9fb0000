"""What an agreement waits for: on its page and on the home page alike."""

from __future__ import annotations

from agreements.core.situations import Situation
from agreements.core.steps import NextStep, own_first
from agreements.register.waiting import steps_of_copy
from agreements.versions.waiting import steps_of_version
from parties.acting import Acting


def steps_of(situation: Situation, acting: Acting) -> list[NextStep]:
    """The steps that are open, those of the reader first."""
    return own_first([*steps_of_version(situation, acting), *steps_of_copy(situation, acting)])
