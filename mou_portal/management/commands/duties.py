from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mou_portal.duties import DoesNotCount, known, last_run, register, shown, tests_of


class Command(BaseCommand):
    help = "Says which duties the last test run of this tree has shown, and which not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--where", metavar="ID", help="name the tests that show this duty")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["where"]:
            self._name_tests(options["where"])
        else:
            self._list_all()

    def _name_tests(self, duty: str) -> None:
        if duty not in known():
            raise CommandError(f"There is no duty {duty} in docs/duties.toml.")
        for test in tests_of(duty):
            self.stdout.write(test)

    def _list_all(self) -> None:
        try:
            runs = last_run()
        except DoesNotCount as why:
            raise CommandError(f"{why}. Run: make test") from why
        found, duties = shown(runs), register()
        total = sum(len(section) for section in duties.values())
        for section, names in duties.items():
            self.stdout.write(f"\n{section}")
            for duty, name in names.items():
                self.stdout.write(f"  {'shown' if duty in found else '     '}  {duty}  {name}")
        parts = ", ".join(run.part for run in runs)
        self.stdout.write(f"\n{len(found)} of {total} duties are shown. What ran: {parts}.")
