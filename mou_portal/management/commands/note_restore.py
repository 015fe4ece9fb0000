from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from audit.heads import note_restore
from parties.acting import Acting
from parties.models import User


class Command(BaseCommand):
    help = (
        "Says in the audit that a back-up was restored, so that heads from the time that is lost "
        "are known as such. Run it once, after the restore and before the portal works again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        links = note_restore(by=Acting(user=User.objects.system()))
        self.stdout.write(f"The audit says that a back-up with {links} links was restored.")
