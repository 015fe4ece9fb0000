"""A set-up in words: what was said so far, and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse

from agreements.core.choices import people_for_each
from agreements.drafting.forms.setting_up import Side, called
from agreements.drafting.last_time import LastTime, last_time
from agreements.drafting.services.making import organisations_of
from agreements.models import SetUp
from agreements.terms import ContactRole, Slot, keys_of, number_in, side_in
from deadlines.dates import both_or_all
from nhsuk.components import Tag, Task
from nhsuk.words import and_list, capital, plural
from parties.acting import Acting
from parties.models import Organisation, Person

DONE, LATER, NEEDED = Tag("Done", "green"), Tag("Can come later", "grey"), Tag("Needed", "yellow")
OLDER_ONES = 5


def unfinished(acting: Acting) -> Iterable[SetUp]:
    """The set-ups that the reader began and has not finished, the newest first."""
    begun = SetUp.objects.visible_to(acting).filter(agreement=None, made_by=acting.who)
    newest = begun.select_related("template_version__template").order_by("-created_at")
    return newest[:OLDER_ONES]


def sides_of(set_up: SetUp, acting: Acting) -> list[Side]:
    """The parties whose contacts are chosen now, with whom they can be chosen from.

    Of a side that many share each names its own, once the agreement is made: all their roles on one
    page nobody could fill in.
    """
    terms, taken = set_up.template_version.typed_terms, organisations_of(set_up)
    asked = {key: each for key, each in taken.items() if _is_asked(key, each, acting)}
    people = people_for_each(asked.values(), acting)
    return [
        Side(
            key=key,
            name=organisation.name,
            roles=terms.contact_roles_of(side_in(key)),
            people=people[organisation.pk],
            newcomers=set_up.answers.get("newcomers", {}).get(key, []),
        )
        for key, organisation in asked.items()
    ]


def last_time_of(set_up: SetUp, sides: Sequence[Side], acting: Acting) -> LastTime:
    """Whom the last MoU between the chosen parties offers for these sides."""
    said = set_up.answers
    return last_time(acting, sides, said.get("parties", {}), said.get("contacts", {}))


def _is_asked(key: str, organisation: Organisation, acting: Acting) -> bool:
    return not number_in(key) or organisation.pk == acting.organisation_id


def initial_parties(set_up: SetUp, acting: Acting) -> dict[str, Any]:
    """What was said before; at first the own organisation stands on the side that fits its kind."""
    said, slots = set_up.answers, set_up.template_version.typed_slots
    if "parties" not in said:
        return own_side(slots, acting)
    taken = {
        slot: [str(said["parties"][k]) for k in keys_of(slot, said["parties"])] for slot in slots
    }
    chosen = {slot.key: pks if slot.many else pks[0] for slot, pks in taken.items() if pks}
    return {"title": said.get("title", "")} | chosen


def own_side(slots: Iterable[Slot], acting: Acting) -> dict[str, Any]:
    """The own organisation on the first side that takes its kind, else on the first for any."""
    own = acting.on_behalf_of
    of_kind = [slot for slot in slots if own.kind in slot.organisation_kinds]
    for_any = [slot for slot in slots if not slot.organisation_kinds]
    if slot := next(iter([*of_kind, *for_any]), None):
        return {slot.key: [str(own.pk)] if slot.many else str(own.pk)}
    return {}


class Check:
    """The last page: everything that was said, with a way back to each page."""

    def __init__(self, set_up: SetUp, acting: Acting) -> None:
        self.set_up, self.said = set_up, set_up.answers
        self.version = set_up.template_version
        self.taken = organisations_of(set_up)
        # Whose contacts are chosen here.
        self.asked = {k: each for k, each in self.taken.items() if _is_asked(k, each, acting)}
        self.people = Person.objects.in_bulk(list(_ids(self.said.get("contacts", {}))))

    @property
    def title(self) -> str:
        return self.said.get("title") or "A new agreement"

    @property
    def has_parties(self) -> bool:
        return all(keys_of(slot, self.taken) for slot in self.version.typed_slots)

    @property
    def may_create(self) -> bool:
        return bool(self.said.get("title")) and self.has_parties

    @property
    def tasks(self) -> list[Task]:
        title = DONE if self.said.get("title") else NEEDED
        return [
            Task("Template", DONE, hint=self.version.template.name),
            Task("Title", title, self._url("new_parties")),
            Task("Parties", DONE if self.has_parties else NEEDED, self._url("new_parties")),
            self._contacts,
            *self._blanks,
        ]

    @property
    def _contacts(self) -> Task:
        terms, contacts = self.version.typed_terms, self.said.get("contacts", {})
        wanted = [
            role.key in contacts.get(key, {})
            for key in self.asked
            for role in terms.contact_roles_of(side_in(key))
            if role.required
        ]
        hint = f"{sum(wanted)} of {plural(len(wanted), 'role')} named"
        status = DONE if all(wanted) else LATER
        return Task("Key contacts", status, self._url("new_contacts"), hint=hint)

    @property
    def _blanks(self) -> Iterator[Task]:
        """Nothing of a text without blanks."""
        blanks, filled = len(self.version.typed_blanks), len(self.said.get("blanks", {}))
        if blanks:
            hint = f"{filled} of {blanks} filled in"
            status = DONE if filled >= blanks else LATER
            yield Task("Blanks in the text", status, self._url("new_contacts"), hint=hint)

    @property
    def facts(self) -> Iterator[tuple[str, str, str]]:
        """What is asked for, what was said, and the page that asks for it."""
        yield "Title", self.said.get("title", ""), "new_parties"
        for slot in self.version.typed_slots:
            names = and_list(self.taken[key].name for key in keys_of(slot, self.taken))
            yield capital(slot.all_of_them), names, "new_parties"
        for blank in self.version.typed_blanks:
            yield blank.label, self.said.get("blanks", {}).get(blank.key, ""), "new_contacts"

    @property
    def contacts(self) -> Iterator[tuple[str, list[tuple[str, list[str]]]]]:
        """Party by party: its roles and who is to hold each, with a deputy."""
        terms = self.version.typed_terms
        for key, organisation in self.asked.items():
            roles = terms.contact_roles_of(side_in(key))
            yield organisation.name, [(role.label, self._holders(key, role)) for role in roles]

    @property
    def name_their_own(self) -> str:
        """Of a side that many share, who names its contacts once the agreement is made."""
        keys = self.taken.keys() - self.asked.keys()
        sides = [slot for slot in self.version.typed_slots if keys_of(slot, keys)]
        if not sides:
            return ""
        called = capital(and_list(slot.all_of_them for slot in sides))
        return f"{called} name their own key contacts once the agreement is made."

    @property
    def both_or_all(self) -> str:
        return capital(both_or_all(len(self.taken)))

    def _holders(self, key: str, role: ContactRole) -> list[str]:
        said = self.said.get("contacts", {}).get(key, {}).get(role.key, {})
        if not (person := self._name(said.get("person"))):
            return []
        deputy = said.get("deputy")
        return [person, f"Deputy: {self._name(deputy)}"] if deputy else [person]

    def _name(self, said: Any) -> str:
        if isinstance(said, Mapping):
            return called(said)
        return self.people[said].name if said in self.people else ""

    def _url(self, page: str) -> str:
        return reverse(f"agreements:{page}", args=[self.set_up.key])


def _ids(contacts: Mapping[str, Any]) -> set[int]:
    said = [each for roles in contacts.values() for each in roles.values()]
    return {pk for each in said for pk in each.values() if isinstance(pk, int)}
