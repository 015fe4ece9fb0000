"""What the list of associated documents answers to the rooms below and to the agreement's page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.urls import reverse

from agreements.associated.due import KEEPING, PROMISE, REVIEW, set_reviews
from agreements.associated.pages import SOON, section_of
from agreements.core.associated import listed, missing, promised, read_lists
from agreements.core.parties import versions_in_force
from agreements.core.reached import subpage_url
from agreements.core.texts import clauses_of, read_clauses
from agreements.models import Agreement, AssociatedDocument, DocumentVersion, Version
from agreements.models.associated import newest_versions
from deadlines.kinds import DeadlineKind
from house import clock
from house.answers import Evidence, Keeping, Section
from house.once import read_together
from house.room import Room
from house.rooms import register
from nhsuk.components import Link
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import Acting

# What the key of a document begins with that shows something.
SOURCE = "document:"
# So many documents stand as evidence one by one.
MOST_NAMED = 5
SENTENCES = {
    "document_added": "{actor} put “{title}” on the list of documents that the MoU is read with.",
    "document_changed": "{actor} changed “{title}”, which the MoU is read with.",
    "document_taken_off": "{actor} took “{title}” off the list of documents that the MoU is read "
    "with.",
}


NOT_ASKED = Keeping("nothing_yet", "No clause of the text asks for associated documents.")


def _asks(version: Version) -> bool:
    return any(KEEPING in clause.bindings for clause in clauses_of(version))


def _keeping(version: Version, there: Sequence[DocumentVersion], today: date) -> Keeping:
    evidence = _evidence(version.agreement, there)
    if gaps := missing(version.agreement, version.typed_terms):
        return Keeping("missed", " ".join(each.sentence for each in gaps), evidence)
    if promises := promised(version.agreement):
        passed = any(each.follows_by and each.follows_by < today for each in there)
        return Keeping("missed" if passed else "due", " ".join(promises), evidence)
    if not there:
        return Keeping("nothing_yet", "The list of associated documents is empty.")
    dated = sorted(each.review_on for each in there if each.review_on)
    late = [on for on in dated if on < today]
    if late:
        sentence = f"{plural(len(late), 'review')} of a document late, since {day(late[0])}."
        return Keeping("missed", sentence, evidence)
    if dated and dated[0] <= today + SOON:
        return Keeping("due", f"A document is to be reviewed by {day(dated[0])}.", evidence)
    follows = f" The next review is on {day(dated[0])}." if dated else ""
    said = f"{plural(len(there), 'document')} on the list, none missing.{follows}"
    return Keeping("kept", said, evidence)


def _evidence(agreement: Agreement, there: Iterable[DocumentVersion]) -> tuple[Evidence, ...]:
    url = subpage_url(agreement.reference, "versions") + "#associated"
    return tuple(Evidence(f"“{each.title}”", url) for each in list(there)[:MOST_NAMED])


def _link_of(version: DocumentVersion) -> Link:
    document = version.document
    url = reverse("agreements:document", args=[document.agreement.reference, document.pk])
    return Link(version.title, url)


class AssociatedRoom(Room):
    name, called = "agreements.associated", "Associated documents"

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        section = section_of(agreement, acting) if subpage == "versions" else None
        return [section] if section else []

    def keeping_kinds(self) -> dict[str, str]:
        return {KEEPING: "the associated documents"}

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        """Agreement id -> the answer, for those that were ever in force. The lists are read of
        those whose text asks for one (two queries at most)."""
        signed, today = versions_in_force(agreements), clock.today()
        with read_together():
            read_clauses(each.pk for each in signed)
            asking = [each for each in signed if _asks(each)]
            if asking:
                read_lists(each.agreement for each in asking)
            return {each.agreement_id: {KEEPING: NOT_ASKED} for each in signed} | {
                each.agreement_id: {KEEPING: _keeping(each, listed(each.agreement), today)}
                for each in asking
            }

    def came_into_force(self, agreement: Agreement, by: Acting) -> None:
        set_reviews(agreement)

    def text_replaced(self, agreement: Agreement, before: Version, by: Acting) -> None:
        set_reviews(agreement)

    def shows(self, agreement: Agreement, acting: Acting) -> dict[str, str]:
        there = (each for each in listed(agreement) if each.follows_by is None)
        return {f"{SOURCE}{each.document.pk}": f"Document: {each.title}" for each in there}

    def sources(self, keys: Collection[str], acting: Acting) -> dict[str, Link]:
        ours = [key.removeprefix(SOURCE) for key in keys if key.startswith(SOURCE)]
        seen = AssociatedDocument.objects.visible_to(acting).filter(pk__in=ours).values("pk")
        rows = newest_versions(document__in=seen).select_related("document__agreement")
        newest = rows if ours else ()
        return {f"{SOURCE}{each.document_id}": _link_of(each) for each in newest}

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [REVIEW, PROMISE]

    def sentences(self) -> dict[str, str]:
        return SENTENCES


register(AssociatedRoom())
