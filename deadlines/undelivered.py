"""E-mails that did not arrive, for those who look after an organisation: what it was, what the
other server said, what to do. Never the text of an e-mail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from deadlines.digests import lines_of_digests
from deadlines.kinds import kinds
from deadlines.models import Reminder
from mail.kinds import label_of
from mail.models import Delivery
from parties.acting import Acting
from parties.addressees import Addressee, addressees
from parties.models import Role
from parties.who import MAIL_KEEPERS

# A page of more than this helps nobody; the newest are there first.
MOST = 100


@dataclass(frozen=True)
class Undelivered:
    """An e-mail that did not arrive."""

    delivery: Delivery
    what: str
    whose: Addressee | None
    may_correct: bool

    @property
    def problem(self) -> str:
        """What went wrong; a fault of our own is for our administrators to read."""
        if self._is_ours:
            return "The portal could not write this e-mail."
        return f"The other server said: {self.delivery.last_error}"

    @property
    def advice(self) -> str:
        """What to do about it."""
        if self._is_ours:
            return "Tell whoever runs the portal: they can see why."
        if self.new_address:
            return f"The address was corrected since then. Send it again, to {self.new_address}."
        if self.delivery.state == Delivery.State.MAYBE_SENT:
            return "It may have arrived. Ask, and send it again if it has not."
        if not self.delivery.last_error.startswith("5"):
            return "It was tried for a day. Send it again."
        return f"Their server takes no e-mail for this address. {self._correct}"

    @property
    def new_address(self) -> str:
        """Where *Send again* sends it to, when that is another address than before."""
        now = self.whose.address if self.whose else ""
        return now if now.lower() != self.delivery.address.lower() else ""

    @property
    def correct_url(self) -> str:
        """Where the address is put right; empty for who may not."""
        may = self.may_correct and self.whose and not self.whose.logs_in
        return self.whose.url if may and self.whose else ""

    @property
    def _is_ours(self) -> bool:
        return self.delivery.last_error.startswith("Could not be composed")

    @property
    def _correct(self) -> str:
        if self.whose is None:
            return "If it is wrong, put it right where it was entered. Then send it again."
        if self.whose.logs_in:
            return "If it is wrong, a system administrator corrects it: they log in with it."
        who = "correct it" if self.may_correct else "ask your administrator to correct it"
        return f"If it is wrong, {who}. Then send it again."


def undelivered(acting: Acting) -> QuerySet[Delivery]:
    """The organisation's e-mails that did not arrive, the newest first; none for other roles."""
    seen = Delivery.objects.visible_to(acting).troubled()
    return seen.order_by("-created_at", "-pk") if MAIL_KEEPERS.includes(acting) else seen.none()


def in_words(deliveries: Sequence[Delivery], acting: Acting) -> list[Undelivered]:
    """What the page shows of each (six queries at most, for any number)."""
    addresses = {delivery.address for delivery in deliveries}
    whose = addressees(acting.on_behalf_of, addresses)
    labels = _labels_of_reminders(deliveries)
    return [
        Undelivered(
            delivery,
            labels.get(delivery.pk) or label_of(delivery.kind),
            whose.get(delivery.address.lower()),
            may_correct=acting.has(Role.ADMINISTRATOR),
        )
        for delivery in deliveries
    ]


def _labels_of_reminders(deliveries: Iterable[Delivery]) -> dict[int, str]:
    """Delivery -> "Reminder: Review", where it tells one alone."""
    of = {each.pk: each.context["reminder"] for each in deliveries if each.kind == "reminder"}
    digests = {each.pk: each.context.get("digest", "") for each in deliveries}
    lines = lines_of_digests(filter(None, digests.values()))
    of |= {
        pk: lines[key][0].reminder_id for pk, key in digests.items() if len(lines.get(key, ())) == 1
    }
    declared = kinds()
    rows = Reminder.objects.filter(pk__in=of.values()).values_list("pk", "deadline__kind")
    said = {pk: f"Reminder: {declared[key].one}" for pk, key in rows if key in declared}
    return {pk: said[reminder] for pk, reminder in of.items() if reminder in said}
