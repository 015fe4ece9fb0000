"""A form with an address that several people may share."""

from __future__ import annotations

from typing import Any

from house.refusals import Refused
from nhsuk import forms
from parties.services.knowing import MailboxShared


class MailboxForm(forms.Form):
    """A form with an address that may be shared: it asks only where others have it already."""

    shares_label = "They are different people, who share this mailbox"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.add_prefix("shares") in self.data:
            self._ask_who()

    def add_refusal(self, refusal: Refused) -> None:
        super().add_refusal(refusal)
        if isinstance(refusal, MailboxShared):
            self._ask_who(behind=refusal.field or "")

    def _ask_who(self, behind: str = "email") -> None:
        """Behind the address in doubt, where the form has it so."""
        names = [name for name in self.fields if name != "shares"]
        self.fields["shares"] = forms.CheckboxField(label=self.shares_label, required=False)
        at = names.index(behind) + 1 if behind in names else len(names)
        self.order_fields([*names[:at], "shares", *names[at:]])
