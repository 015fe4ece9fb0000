"""The forms by which a team is asked about a draft, and answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from communications.models import TeamAsked
from nhsuk import forms
from parties.models import Team


class AskTeamForm(forms.Form):
    """Whose answer is awaited."""

    team = forms.PickField(
        label="Which team",
        help_text="It reads the newest draft, and nothing else, by a link in an e-mail.",
        error_messages={"required": "Choose a team"},
    )

    def __init__(self, *args: Any, teams: Sequence[Team]) -> None:
        super().__init__(*args)
        self.teams = {str(team.pk): team for team in teams}
        field: Any = self.fields["team"]
        field.offer([(pk, f"{team.name} ({team.organisation})") for pk, team in self.teams.items()])

    def clean_team(self) -> Team:
        return self.teams[self.cleaned_data["team"]]


class TeamAnswerForm(forms.Form):
    """What the team says."""

    answer = forms.RadioField(
        label="What your team says",
        choices=TeamAsked.Answer.choices,
        error_messages={"required": "Choose what your team says"},
    )
    words = forms.TextField(
        label="What is to change, or why you object",
        help_text="The organisation that announces it reads this.",
        rows=5,
        max_length=2_000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answer, words = self.cleaned_data.get("answer"), self.cleaned_data.get("words")
        needs_words = answer and answer != TeamAsked.Answer.NO_OBJECTION
        if needs_words and not words and "words" not in self.errors:
            self.add_error("words", "Say what is to change, or why you object")
        return self.cleaned_data
