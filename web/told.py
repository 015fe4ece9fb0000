"""Who was told, in words: for the banner that says what an action did."""

from __future__ import annotations

from collections.abc import Iterable

from nhsuk.words import and_list


def told_in_words(reached: Iterable[str], missed: Iterable[str]) -> str:
    """ "We told the MoU manager of Eastmoor CCG."; whom nobody could tell is named as well.

    Takes the names of organisations; one that stands twice is named once.
    """
    told = list(dict.fromkeys(reached))
    nobody = [name for name in dict.fromkeys(missed) if name not in told]
    sentences = []
    if told:
        managers = "MoU manager" if len(told) == 1 else "MoU managers"
        sentences.append(f"We told the {managers} of {and_list(told)}.")
    if nobody:
        verb = "has" if len(nobody) == 1 else "have"
        sentences.append(
            f"{and_list(nobody)} {verb} no MoU manager here yet, so we told nobody there."
        )
    return " ".join(sentences)
