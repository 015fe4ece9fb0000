"""Registrations to be put right: our own, and one of the other party's that we confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreements.models import RegisteredCopy
from agreements.register.changing import correct_registration
from agreements.register.facts import facts_of
from agreements.register.services import register_signed, say_of_copy
from documents.storage import keep
from documents.uploads import BroughtPdf, Mended
from house import clock
from parties.acting import Acting

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    own, theirs = _registered(world, world.us), _registered(world, world.other)
    say_of_copy(by=world.us, copy=theirs, agrees=True)
    facts = replace(facts_of(theirs), title="By another name")
    change = correct_registration(by=world.other, copy=theirs, facts=facts, because="A slip.")
    reference = theirs.agreement.reference
    return {
        "own_registered": {"reference": own.agreement.reference},
        "copy_change": {"reference": reference, "pk": change.pk},
    }


def _registered(world: World, by: Acting) -> RegisteredCopy:
    today, name = clock.today(), f"By {by.on_behalf_of}"
    source = world.template.versions.get(state="published")
    torn = Mended(name.encode() + b" torn", ("after",), 1)
    agreement = register_signed(
        by=by, template_version=source, title=name,
        organisations={"area_team": world.cast.area_team, "ccg": world.cast.ccg},
        file=keep(BroughtPdf(name.encode(), torn), name="mou.pdf"),
        signed_on=today, review_on=today + timedelta(days=365),
    )  # fmt: skip
    return agreement.registered_copy
