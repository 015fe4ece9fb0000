"""Who is told that somebody leaves: whoever takes something over, and the MoU managers."""

from __future__ import annotations

from collections.abc import Iterable

from mail.services import queue_mail
from parties.models import Departure, Person, Role, User
from parties.reader import holders


def tell_of_leaving(departure: Departure) -> None:
    """One e-mail to each, however much it is, but none to whoever did it. A manager who takes over
    hears besides where something is vacant."""
    known = {departure.by.email, _address(departure.person)}
    things = list(departure.things.select_related("successor__user"))
    for person in dict.fromkeys(each.successor for each in things if each.successor):
        _queue(departure, "taken_over", _address(person), known, person=person.pk)
    if any(each.is_vacant for each in things):
        known = {departure.by.email, _address(departure.person)}
    if things:
        for user in _managers(departure):
            _queue(departure, "somebody_leaves", user.email, known)


def _managers(departure: Departure) -> Iterable[User]:
    """The organisation's MoU managers; its administrators where it has none."""
    at = departure.organisation_id
    wanted: list[tuple[int, str]] = [(at, Role.MANAGER), (at, Role.ADMINISTRATOR)]
    held = holders(wanted)
    # Who leaves holds their role until the last day, and knows.
    found = ([u for u in held[key] if u.person_id != departure.person_id] for key in wanted)
    return next((users for users in found if users), [])


def _queue(departure: Departure, kind: str, address: str, known: set[str], **more: int) -> None:
    if not address or address in known:
        return
    known.add(address)
    queue_mail(
        kind=kind,
        address=address,
        organisation_id=departure.organisation_id,
        context={"departure": departure.pk, **more},
        dedupe=f"{kind}:{departure.pk}:{address}",
    )


def _address(person: Person) -> str:
    user = getattr(person, "user", None)
    return user.email if user else person.email
