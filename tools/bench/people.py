"""For whom it is measured: people who see few, some, and many agreements."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.test import Client

from agreements.models import Access
from mou_portal.scale.spread import FEW, Spread
from parties.acting import Acting, acting_for
from parties.models import Role, User

ROLES = (Role.MANAGER, Role.ADMINISTRATOR, Role.SECRETARY, Role.SIGNATORY, Role.EDITOR)


@dataclass(frozen=True)
class Seer:
    """An organisation that sees "few", "some" or "many" agreements, and its people by role."""

    name: str
    sees: int
    organisation: int

    def __str__(self) -> str:
        return f"sees {self.name} ({self.sees:,})"

    def user(self, role: Role = Role.MANAGER) -> User:
        held = User.objects.filter(
            memberships__organisation=self.organisation, memberships__role=role
        )
        return held.order_by("pk")[0]

    def acting(self) -> Acting:
        return acting_for(self.user())

    def client(self, role: Role = Role.MANAGER) -> Client:
        """Logged in, in this process."""
        client = Client()
        client.force_login(self.user(role))
        return client


def seers(agreements: int) -> list[Seer]:
    """The organisations whose numbers are nearest to those of `load_scale`."""
    seen = Access.objects.values_list("organisation").annotate(sees=Count("pk")).order_by("sees")
    counts = list(seen)
    wanted = {"few": FEW, "some": Spread(agreements).middle, "many": agreements * 2 // 5}
    found = []
    for name, number in wanted.items():
        away = [(abs(sees - number), organisation, sees) for organisation, sees in counts]
        _, organisation, sees = min(away)
        found.append(Seer(name, sees, organisation))
    return found
