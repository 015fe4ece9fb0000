from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count, Min, QuerySet

from house.refusals import Refused
from mail.holds import due_before, held_now, release, waiting
from mail.kinds import label_of
from mail.models import Delivery, Hold
from nhsuk.dates import moment
from parties.models import User


class Command(BaseCommand):
    help = (
        "After a restore e-mails are held. Without an option this shows what waits and changes "
        "nothing; with one it lets e-mails go again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        old = parser.add_mutually_exclusive_group()
        old.add_argument(
            "--leave-out-old",
            action="store_true",
            help="what was due before the restore is marked as not sent: most of it has gone out",
        )
        old.add_argument(
            "--send-old", action="store_true", help="what was due before the restore goes as well"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["leave_out_old"] or options["send_old"]):
            self._show(held_now())
            return
        try:
            old = release(actor=User.objects.system(), send_old=options["send_old"])
        except Refused as problem:
            raise CommandError(problem.sentence) from None
        became = "on their way" if options["send_old"] else "marked as not sent"
        self.stdout.write(f"E-mails go again. Due before the restore and {became}: {old}.")

    def _show(self, hold: Hold | None) -> None:
        if hold is None:
            self.stdout.write("No e-mails are held.")
            return
        self.stdout.write(
            f"E-mails are held since the portal was restored at {moment(hold.restored_at)} from "
            f"the back-up made at {moment(hold.as_of)}."
        )
        if hold.counted_to is None:
            self.stdout.write("What fell due since is not known yet: run manage.py set_up.")
        old = due_before(hold)
        self._list("Due before the restore, and perhaps sent once:", old)
        self._list("Other e-mails that wait:", waiting().exclude(pk__in=old.values("pk")))
        self.stdout.write("Release them with --leave-out-old or --send-old.")

    def _list(self, heading: str, deliveries: QuerySet[Delivery]) -> None:
        self.stdout.write(f"\n{heading}")
        kinds = deliveries.order_by("kind").values("kind")
        for each in kinds.annotate(number=Count("pk"), first=Min("next_try")):
            first = moment(each["first"])
            self.stdout.write(f"  {each['number']:6}  {label_of(each['kind'])}, from {first}")
        self.stdout.write(f"  {deliveries.count():6}  in all\n")
