"""The letter: how every e-mail about agreements is addressed, in every room.

Its subject says what, when and with whom, then the agreement's title and last its reference. It
holds no other free text of an agreement (design record 0019).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings

from agreements.core.by_link import with_link, with_way_in
from agreements.core.parties import parties_of
from agreements.models import Agreement, Happening, Party, read_parties
from house.clock import london_day
from house.once import each_once
from house.text import shortened
from mail.kinds import Asker, Message, reads
from mail.links.purposes import Purpose
from nhsuk.dates import day
from nhsuk.words import capital, in_short, plural
from parties.models import Organisation, User
from parties.reader import members

# More references than this make a subject that nobody reads.
MOST_NAMED = 3
# What people call an organisation or an MoU is at times a paragraph; a subject shows its beginning.
LONGEST_PART = 60


def so_far(data: Mapping[str, Any], what: str, done: str) -> tuple[str, ...]:
    """ "7 of 10 signatures are given by now."; nothing of two, or of what was not counted."""
    given, wanted = data.get("given", 0), data.get("wanted", 0)
    if wanted <= 2:
        return ()
    are = "is" if given == 1 else "are"
    return (f"{given} of {plural(wanted, what)} {are} {done} by now.",)


class Letter:
    """What an e-mail says of the agreements that it is about, to one reader.

    `others` are the parties but the reader's; `page` is the path that its button opens; `why`
    completes "Why you get this: …". `asker` is who gets a reply, if somebody asked.
    """

    asker: Asker | None = None
    # Of the agreements that the reader knows of.
    parties: Sequence[Party] = ()

    def __init__(
        self, others: Sequence[str], agreements: Sequence[Agreement], *, page: str, why: str = ""
    ) -> None:
        first, *more = list(dict.fromkeys(others)) or ["the other party"]
        self.others, self.has_others = in_short([first, *more]), bool(more)
        self._with = f"with {in_short([shortened(first, LONGEST_PART), *more])}"
        self.references = [agreement.reference for agreement in agreements]
        # Of several agreements none is named by its title.
        self.title = agreements[0].title if len(agreements) == 1 else ""
        self.page, self.why = page, why

    @property
    def named(self) -> str:
        return references_in_short(self.references)

    def others_do(self, one: str, many: str) -> str:
        """ "Eastmoor CCG does", "Eastmoor CCG and 1 other do"."""
        return f"{self.others} {many if self.has_others else one}"

    @property
    def mous(self) -> str:
        """ "MoU with Eastmoor CCG"; of several agreements "MoUs with …"."""
        return f"{'MoU' if len(self.references) == 1 else 'MoUs'} with {self.others}"

    @property
    def mou(self) -> str:
        """ "your MoU with Eastmoor CCG"."""
        return f"your {self.mous}"

    def subject(self, what: str) -> str:
        """ "Sign version 1.0: with Eastmoor CCG, Working together (MOU-0001)"."""
        title = f", {shortened(self.title, LONGEST_PART)}" if self.title else ""
        return f"{capital(what)}: {self._with}{title} ({self.named})"

    @property
    def about(self) -> tuple[str, ...]:
        """Below the heading: "MoU with Eastmoor CCG", then "Working together (MOU-0001)"."""
        if not self.title:
            return (f"{self.mous} ({self.named})",)
        return self.mous, f"{self.title} ({self.named})"

    @property
    def in_short(self) -> str:
        """ "MoU with Eastmoor CCG (MOU-0001)": without a title, for a calendar."""
        mous = "MoU" if len(self.references) == 1 else "MoUs"
        return f"{mous} {self._with} ({self.named})"

    def replies_to(self, user: User | None, organisation_id: int | None) -> None:
        """A reply goes to the user, where they act for a party: the others may know of them."""
        sides = (each.organisation for each in self.parties)
        of_user = next((each for each in sides if each.pk == organisation_id), None)
        self.asker = asker_of(user, of_user) if of_user else None

    def message(
        self,
        what: str,
        *paragraphs: str,
        button: str,
        path: str = "",
        to: str = "",
        why: str = "",
        details: Sequence[str] = (),
    ) -> Message:
        """`what` is to be done or happened, with its date, for the subject and the heading.

        `path` leads to a page below the letter's own, or a place on it; `to` elsewhere.
        """
        return Message(
            subject=self.subject(what),
            heading=capital(what),
            about=self.about,
            in_short=self.in_short,
            paragraphs=paragraphs,
            why=why or self.why,
            button_text=button,
            button_url=f"{settings.SITE_URL}{to or self.page + path}",
            details=tuple(details),
            asker=self.asker,
        )


class AgreementLetter(Letter):
    """A letter about one agreement. `party` is the reader's side, if they have one. `among` are
    the parties that it concerns, where that is not all."""

    def __init__(
        self,
        agreement: Agreement,
        party: Party | None,
        *,
        why: str = "",
        among: Sequence[Party] | None = None,
    ) -> None:
        self.agreement, self.party = agreement, party
        self.parties = parties_of(agreement) if among is None else among
        others = [each.name for each in self.parties if each != party and not each.left_on]
        super().__init__(others, [agreement], page=f"/agreements/{agreement.reference}/", why=why)

    @property
    def own(self) -> Party:
        assert self.party  # noqa: S101 - queued for a party
        return self.party


class HappeningLetter(AgreementLetter):
    """A letter about what happened, to somebody who looks after the agreement for a party.

    Its context has the ids of the happening and of the reader's party.
    """

    def __init__(self, context: dict[str, Any]) -> None:
        self.happening = _happenings([context["happening"]])[context["happening"]]
        agreement = self.happening.agreement
        party = next((p for p in parties_of(agreement) if p.pk == context.get("party")), None)
        whose = party.name if party else "your organisation"
        why = context.get("why") or f"you look after this MoU for {whose}."
        super().__init__(agreement, party, why=why)
        self.person_id: int | None = context.get("person")
        self.replies_to(self.happening.actor, self.happening.organisation_id)
        self.data = self.happening.data
        self.label = self.data.get("label", "")
        self.on = day(london_day(self.happening.at))

    def message(
        self,
        what: str,
        *paragraphs: str,
        button: str = "Open the agreement",
        answers: tuple[Purpose, object] | None = None,
        **more: Any,
    ) -> Message:
        """`answers` is what a key contact without an account does about it by a link, and the id of
        what it is about."""
        made = super().message(what, *paragraphs, button=button, **more)
        if answers:
            return with_link(made, *answers, self.party, self.person_id)
        return with_way_in(made, self.agreement, self.party, self.person_id)


@reads("happening")
def read_happenings(happenings: Collection[int]) -> None:
    """Those of many e-mails, with their agreements and what these letters name."""
    read_named([each.agreement for each in _happenings(happenings).values()])


@each_once(Happening)
def _happenings(happenings: Collection[int]) -> dict[int, Happening]:
    rows = Happening.objects.select_related("agreement", "organisation", "actor__person")
    return rows.in_bulk(happenings)


def read_named(agreements: Iterable[Agreement]) -> None:
    """Keeps at hand what letters about these agreements name: the parties, and who belongs to them
    (four queries, for any number)."""
    found = list(agreements)
    read_parties(found)
    members(party.organisation.pk for agreement in found for party in agreement.sides)


def references_in_short(references: Sequence[str]) -> str:
    """ "MOU-0001, MOU-0002"; of many "MOU-0001 and 8 others"."""
    few = len(references) <= MOST_NAMED
    return ", ".join(references) if few else in_short(references)


def asker_of(user: User | None, organisation: Organisation) -> Asker | None:
    """Who gets a reply: a user who belongs there today; nobody for one who has left."""
    if user is None or user.person_id not in members([organisation.pk])[organisation.pk]:
        return None
    return Asker(user.get_full_name(), organisation.name, user.email)
