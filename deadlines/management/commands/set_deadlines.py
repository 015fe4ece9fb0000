from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from deadlines.services.lines import make_up_for_lines
from deadlines.services.planning_again import plan_into_working_hours
from house.rooms import rooms


class Command(BaseCommand):
    help = (
        "Sets the deadlines of agreements that have none yet, as after an upgrade, the lines of "
        "Home that deadlines lack, and moves reminders into working hours. What is due at once is "
        "told with the next sweep. A second time it changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        again = "Writes every open deadline's line anew, whatever is stored."
        parser.add_argument("--lines-again", action="store_true", help=again)

    def handle(self, *args: Any, **options: Any) -> None:
        references = {each for room in rooms() for each in room.make_up_for_missing()}
        moved = plan_into_working_hours()
        lines = sum(make_up_for_lines(again=options["lines_again"]))
        if references or options["verbosity"] > 1:
            self.stdout.write(f"Set the deadlines of {len(references)} agreements.")
        if moved or options["verbosity"] > 1:
            self.stdout.write(f"Moved {moved} reminders into working hours.")
        if lines or options["verbosity"] > 1:
            self.stdout.write(f"Looked at the lines of {lines} deadlines.")
