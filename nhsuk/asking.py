"""A form that asks about what looks odd, and takes it once somebody says that it is so."""

from __future__ import annotations

from nhsuk import forms


class AsksFirst(forms.Form):
    """What looks odd stands beside a box to tick; there is no box where nothing does.

    `field_order` of the form puts the box behind what is asked about.
    """

    as_it_is = forms.CheckboxField(label="Go on all the same", required=False)

    def ask_about(self, odd: list[str]) -> None:
        """Called once: sentences about what was typed, or about how things stand for a new form."""
        said = " ".join(odd)
        box = self.fields["as_it_is"]
        if not odd:
            del self.fields["as_it_is"]
        box.help_text = said
        if odd and self.is_bound and not self.cleaned_data.get("as_it_is"):
            self.add_error("as_it_is", f"{said} Tick this to go on")
