"""Agreements of as many parties as a test wants, out for signature; signing as the page does it."""

from __future__ import annotations

from time import sleep
from typing import Any

from agreements.models import Seal, Signature, SignatureRequest, Version
from agreements.signing.services.asking import open_for_signature
from agreements.signing.services.signing import sign
from agreements.versions.services.versions import freeze
from house import clock
from parties.models import Organisation, Role, User
from tests.at_once import Act
from tests.cast import acting, organisation, person_of, user
from tests.stages import draft_of, make, template


class Signers:
    """Organisations with one person each, who manages and signs."""

    def __init__(self, number: int) -> None:
        sides = [f"side_{each}" for each in range(number)]
        self.people = {
            slot: user(
                f"Signer {slot}", organisation(f"Party {slot}"), Role.MANAGER, Role.SIGNATORY
            )
            for slot in sides
        }
        self.source = template(self._organisation(sides[0]), sides)

    def _organisation(self, slot: str) -> Organisation:
        return acting(self.people[slot]).on_behalf_of

    def frozen(self) -> Version:
        first, *_ = self.people.values()
        sides = {slot: self._organisation(slot) for slot in self.people}
        draft = draft_of(make(acting(first), self.source, sides, {"area": "here"}))
        return freeze(by=acting(first), version=draft, summary="First.")

    def out_for_signature(self) -> list[tuple[User, SignatureRequest]]:
        version = self.frozen()
        return [
            (
                somebody,
                open_for_signature(
                    by=acting(somebody), version=version, slot=f"{slot}_signs",
                    person=person_of(somebody), because="Agreed.",
                ),
            )
            for slot, somebody in self.people.items()
        ]  # fmt: skip


def signs(who: User, request: SignatureRequest, sha256: str) -> Act:
    """As the page does it: what was read is in hand, the rest is read anew."""
    name = str(who)

    def act() -> Signature:
        own = SignatureRequest.objects.select_related("version", "party", "person").get(
            pk=request.pk
        )
        return sign(by=acting(who), request=own, sha256=sha256, typed_name=name)

    return who, act


def after(seconds: float, act: Act) -> Act:
    """The same a moment later: what chance decides of who comes first."""
    who, does = act

    def later() -> Any:
        sleep(seconds)
        return does()

    return who, later


def put_off_for_want_of_time() -> bool:
    """Whether a signed copy waits for another try, as where the machine had no time to print it.

    The next try is due at once then. One that fails for good is not put off.
    """
    waiting = Seal.objects.filter(state=Seal.State.WAITING)
    return bool(waiting.update(next_try=clock.now()))
