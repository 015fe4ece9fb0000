"""The e-mail that an MoU was disposed of."""

from __future__ import annotations

from typing import Any

from agreements.core.letters import HappeningLetter
from mail.kinds import Message, kind


@kind("agreement_disposed", "An MoU was disposed of")
def agreement_disposed(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    return about.message(
        f"disposed of on {about.on}",
        f"As all parties had agreed, the text and the files of {about.mou} were removed on "
        f"{about.on}. Nobody can bring them back.",
        "You need do nothing. A page says what the MoU was, between whom, and who decided this.",
        button="See what is left",
    )
